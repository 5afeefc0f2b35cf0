"""A resume's text or JSON Resume to a profile."""

from metier.resumes.parse import parse_resume
from metier.resumes.read import UnreadResume, read_resume, read_resumes

__all__ = ["UnreadResume", "parse_resume", "read_resume", "read_resumes"]
