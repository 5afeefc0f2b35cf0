"""The main language of a text."""

from __future__ import annotations

import re
from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

LANGUAGES = frozenset("en zh de es fr it pt nl pl ro sv da nb fi cs hu ja ko ru uk ar tr".split())
_HAN = re.compile(r"[\u4e00-\u9fff]")
_KANA = re.compile(r"[\u3040-\u30ff]")
_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]+")
_ENGLISH = frozenset("the and with from for to by you your our will have are this that on".split())
_ENGLISH_SHARE, _THE_SHARE, _LEAST_WORDS, _LEAST_DISTINCT = 0.1, 0.03, 30, 4
"""Shares of words from which a text is English beyond doubt, so that the model of all languages need not be loaded."""
_LEAST_LETTERS = 20
_SAMPLE = 4000


@cache
def _identifier() -> LanguageIdentifier:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    known = {"no" if language == "nb" else language for language in LANGUAGES}
    identifier.set_languages([language for language in identifier.nb_classes if language in known])
    return identifier


def _is_plainly_english(text: str) -> bool:
    words = [word.lower() for word in _WORD.findall(text)]
    least = max(len(words), _LEAST_WORDS)
    common = [word for word in words if word in _ENGLISH]
    return (
        len(set(common)) >= _LEAST_DISTINCT
        and len(common) >= _ENGLISH_SHARE * least
        and words.count("the") + words.count("and") >= _THE_SHARE * least
    )


def detect_language(text: str) -> str:
    """Give the ISO 639-1 code of a text's main language; empty when the text is too short to tell.

    Chinese is told by its script, plain English by its function words; others by character statistics (Lui and Baldwin,
    ACL 2012).
    """
    sample = text[:_SAMPLE]
    letters = len(_LETTER.findall(sample))
    if not letters:
        return ""
    han = len(_HAN.findall(sample))
    if han * 4 >= letters and len(_KANA.findall(sample)) * 10 < han:
        return "zh"
    if letters < _LEAST_LETTERS:
        return ""
    if _is_plainly_english(sample):
        return "en"
    language = str(_identifier().classify(sample)[0])
    return "nb" if language == "no" else language
