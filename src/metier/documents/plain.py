"""Plain text and Markdown."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from metier.documents.encoding import decode
from metier.documents.lines import LineBuilder
from metier.errors import UnreadableDocumentError
from metier.records.document import Document

_HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*#*$")
_RULE = re.compile(r"^\s*(?:[-=*_~|:]\s*){3,}$")
_EMPHASIS = re.compile(r"(\*\*|__)(?=\S)(.{1,300}?)(?<=\S)\1|(?<![\w*])\*(?=\S)([^*\n]{1,300}?)(?<=\S)\*(?![\w*])")
_LINK = re.compile(r"!?\[([^\[\]\n]{0,300})\]\(([^()\s]{1,2000})(?:\s[^()]{0,300})?\)")
_ROW = re.compile(r"^\s*\|(.+)\|\s*$")
_CONTROL = bytes(set(range(0x20)) - set(b"\t\n\r\f\x1b"))
_BINARY_SHARE = 0.05
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)


@dataclass(frozen=True, slots=True)
class PlainReader:
    """Reads text of any encoding; Markdown marks become kinds of lines."""

    def read(self, data: bytes, source: str) -> Document:
        """Read line by line.

        Raises:
            UnreadableDocumentError: The file is empty, or not text.
        """
        text = decode(data)
        if not text.strip():
            raise UnreadableDocumentError(f"{source} is empty", hint="Give a file with text.")
        controls = len(data) - len(data.translate(None, _CONTROL))
        if controls > _BINARY_SHARE * len(data) and not data.startswith(_WIDE):
            raise UnreadableDocumentError(f"{source} is not text", hint="Give PDF, DOCX, HTML, Markdown or text.")
        is_markdown = source.lower().endswith((".md", ".markdown")) or bool(
            re.search(r"^#{1,4} \S", text, re.MULTILINE)
        )
        builder = LineBuilder()
        for line in text.split("\n"):
            _add(builder, line, is_markdown=is_markdown)
        if builder.is_empty():
            raise UnreadableDocumentError(f"{source} has no words", hint="Give a file with text.")
        return builder.document(source=source, media_type="text/markdown" if is_markdown else "text/plain")


def _add(builder: LineBuilder, line: str, *, is_markdown: bool) -> None:
    if _RULE.match(line) or not line.strip():
        return
    if not is_markdown:
        builder.add(line.strip())
        return
    heading = _HEADING.match(line.strip())
    bare = heading.group(2) if heading else line.strip()
    is_bold = bare.startswith(("**", "__"))
    row = _ROW.match(bare)
    if row:
        bare = "   ".join(cell.strip() for cell in row.group(1).split("|"))
    bare = _LINK.sub(
        lambda link: link.group(1) if link.group(1) in link.group(2) else f"{link.group(1)} {link.group(2)}", bare
    )
    bare = _EMPHASIS.sub(lambda mark: mark.group(2) or mark.group(3), bare).replace("`", "")
    level = len(heading.group(1)) if heading else 0
    builder.add(bare.removesuffix("\\"), kind="heading" if heading else "paragraph", level=level, is_bold=is_bold)
