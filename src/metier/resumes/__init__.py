"""A resume's text or JSON Resume to a profile."""
