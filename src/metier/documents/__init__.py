"""Bytes to text with layout: PDF, DOCX, HTML, text; hidden text is found here."""
