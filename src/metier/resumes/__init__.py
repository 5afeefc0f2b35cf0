"""A resume's text or JSON Resume to a profile."""

from metier.resumes.parse import parse_resume
from metier.resumes.preferences import make_preferences, read_preferences, with_preferences
from metier.resumes.read import UnreadResume, read_resume, read_resumes

__all__ = [
    "UnreadResume",
    "make_preferences",
    "parse_resume",
    "read_preferences",
    "read_resume",
    "read_resumes",
    "with_preferences",
]
