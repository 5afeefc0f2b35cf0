"""Fold a text into tokens that compare equal across case, plural, spelling and punctuation, with exact offsets."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

BOUNDARY = "|"
"""Stands for punctuation that no name of a skill runs across."""

_TOKEN = re.compile(
    r"(?P<han>[\u3400-\u9fff])"
    r"|(?P<word>(?:(?<!\w)\.(?=net\b))?(?:[^\W\d_\u3400-\u9fff]{3,}(?=\d+(?![^\W\u3400-\u9fff]))|[^\W_\u3400-\u9fff]+)"
    r"(?:['’][^\W\d_\u3400-\u9fff]{1,2}\b)?(?:\+\+|(?<=\b[cfj])\#)?)"
    r"|(?P<line>\s*\n\s*)"
    r"|(?P<hard>[,;:!?()\[\]{}|•·●▪■◆*<>=\"“”…—–、，。；：！？（）【】《》「」\u3000\t]|\.(?!\w)| -+ )",
    re.IGNORECASE,
)
"""A name and its version (`Vue3`, `ISO9001`) are two tokens; `C++`, `C#` and `.NET` are one."""
_NO_PLURAL = frozenset(
    [
        "accounts",
        "arts",
        "athletics",
        "canvas",
        "goods",
        "jenkins",
        "kubernetes",
        "news",
        "operations",
        "pandas",
        "sales",
        "savings",
        "securities",
        "sports",
        "teams",
        "windows",
        "redis",
        "keras",
        "postgres",
        "atlas",
        "lotus",
        "class",
        "process",
        "business",
        "access",
    ]
)
_PLAIN = re.compile(r"[A-Za-z]+(?:[ /-][A-Za-z]+)*")
_JOINER = re.compile("[ /-]")
_SPELLING = (
    (re.compile(r"is(e|ed|er|es|ing|ation|ations)$"), r"iz\1"),
    (re.compile(r"ys(e|ed|er|es|ing)$"), r"yz\1"),
    (re.compile(r"(?<=\w{3})our(?=$|al|ed|ing|ite|er)"), "or"),
    (
        re.compile(
            r"(?<=model|label|level)l(?=ed$|ing$|er$)|(?<=counsel|channel)l(?=ed$|ing$|or$)|(?<=travel|cancel|signal)l(?=ed$|ing$|er$)"
        ),
        "",
    ),
    (re.compile(r"(?<=\w{2}[bt])re$"), "er"),
    (re.compile(r"(?<=\w{3}m)me$"), ""),
    (re.compile(r"(?<=\w{4})gue$"), "g"),
    (re.compile(r"(?<=[pnhdg])ae(?=[dmnsc]|$)"), "e"),
)
_BRITISH = re.compile(r"[iy]s(?:e|i|a)|our|ll|re$|mme$|gue$|ae")
_VERB_ENDING = re.compile(r"(?:ing|ed|e)$")
_POSSESSIVE = re.compile(r"['’]s?$")
_STEMS = {
    "using": "use",
    "used": "use",
    "making": "make",
    "made": "make",
    "written": "writ",
    "led": "lead",
    "taught": "teach",
    "built": "build",
    "sold": "sell",
}
_WORDS = {"licence": "license", "defence": "defense", "practise": "practice", "tyre": "tire", "aluminium": "aluminum"}


class Token(NamedTuple):
    """A token and its place in the text.

    Attributes:
        folded: The word without case, accents, British spelling and plural; `BOUNDARY` for hard punctuation.
        stem: The same without the ending of a verb, so that `managing staff` meets `manage staff`.
    """

    folded: str
    stem: str
    start: int
    end: int


@lru_cache(maxsize=65536)
def fold_word(word: str) -> tuple[str, str]:
    """Fold one word; give the folded word and its stem."""
    folded = word.casefold()
    if not folded.isascii():
        decomposed = unicodedata.normalize("NFKD", folded)
        folded = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    folded = _POSSESSIVE.sub("", folded)
    if len(folded) < 4 or not folded.isalpha():
        return folded, folded
    folded = _singular(folded)
    if len(folded) > 4 and _BRITISH.search(folded):
        for pattern, spelling in _SPELLING:
            folded = pattern.sub(spelling, folded)
    folded = _WORDS.get(folded, folded)
    return folded, _STEMS.get(folded) or _stem(folded)


def _stem(word: str) -> str:
    """Take the ending of a verb off, where at least four letters stay."""
    if not word.endswith(("ing", "ed", "e")):
        return word
    bare = _VERB_ENDING.sub("", word)
    if len(bare) < 4 or word.endswith("eed"):
        return word
    return bare[:-1] if bare != word and bare[-1] == bare[-2] and bare[-1] not in "aeiousl" else bare


def _singular(word: str) -> str:
    if word in _NO_PLURAL or word.endswith(("ss", "us", "is", "ics")) or not word.endswith("s"):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes", "zzes")):
        return word[:-2]
    return word[:-1]


def fold(text: str) -> list[Token]:
    """Split a text into folded tokens; each Chinese character is a token of its own.

    Spaces, hyphens, slashes and a dot within a name only part tokens; commas, brackets, full stops and ends of lines
    leave a `BOUNDARY`. A line that goes on in lower case is not ended.
    """
    tokens: list[Token] = []
    for piece in _TOKEN.finditer(text):
        start, end = piece.span()
        if piece.lastgroup == "han":
            tokens.append(Token(piece.group(), piece.group(), start, end))
        elif piece.lastgroup == "word":
            tokens.append(Token(*fold_word(piece.group()), start, end))
        elif piece.lastgroup == "hard" or not _goes_on(text, start, end):
            tokens.append(Token(BOUNDARY, BOUNDARY, start, end))
    return tokens


@lru_cache(maxsize=8)
def fold_once(text: str) -> tuple[Token, ...]:
    """Give the tokens of `fold`, kept for those who read the same text next."""
    return tuple(fold(text))


def _goes_on(text: str, start: int, end: int) -> bool:
    """Say whether a line break stands inside a sentence, as in text from a PDF."""
    return (
        start > 0 and text[start - 1].isalpha() and text[end : end + 1].islower() and text.count("\n", start, end) == 1
    )


def fold_label(label: str) -> tuple[str, str]:
    """Fold a label into two keys, folded and stemmed: tokens joined by spaces."""
    if _PLAIN.fullmatch(label):  # most labels; four times as fast
        pairs = [fold_word(word) for word in _JOINER.split(label)]
    else:
        pairs = [(token.folded, token.stem) for token in fold(label)]
    return " ".join([folded for folded, _ in pairs]), " ".join([stem for _, stem in pairs])
