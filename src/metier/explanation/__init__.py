"""A match to reasons, each tied to a line of the resume and of the job."""

from metier.explanation.explain import explain
from metier.explanation.sentence import LANGUAGES, ReaderLanguage

__all__ = ["LANGUAGES", "ReaderLanguage", "explain"]
