"""People as recruiters first see them: no name, no contact, nothing protected."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from metier.privacy import find_protected
from metier.records.explanation import Explanation, Reason
from metier.records.match import Match
from metier.records.profile import Basics, Profile
from metier.records.span import Found, Span
from metier.records.text_id import text_id

_MASK = "▇"
_REACH = re.compile(
    r"[\w.+-]+@[\w-]+\.[\w.-]+|(?:https?://|www\.)\S+|\b(?:linkedin|github)\.com/\S+"
    r"|(?<![\w-])\+?\d[\d ()/.-]{7,16}\d(?![\w-])"
)
_YEARS = re.compile(r"(?:19|20)\d\d\D{0,4}(?:[01]?\d[/.-])?(?:19|20)\d\d")


def code_of(visit_id: str, person_id: str) -> str:
    """Give a person a code that says nothing, the same all through a visit and another in the next one."""
    return text_id(visit_id, person_id)[:10]


def short(code: str) -> str:
    """Give the part of a code that people read."""
    return code[:4].upper()


def blinded(match: Match) -> Match:
    """Give a match whose person cannot be told: the text is masked, letter for letter, so that all offsets stay."""
    person = match.profile
    text = mask(person)
    basics = Basics(label=_label(person, text), location=person.basics.location)
    coverage = tuple(replace(entry, evidence=_again(entry.evidence, text)) for entry in match.coverage)
    constraints = tuple(replace(one, resume_quote=_again(one.resume_quote, text)) for one in match.constraints)
    profile = replace(person, text=text, basics=basics, source="")
    return replace(match, profile=profile, coverage=coverage, constraints=constraints)


def blinded_reasons(explanation: Explanation, match: Match) -> Explanation:
    """Give the reasons of a blinded match; a sentence whose quote is masked is masked too."""
    return replace(
        explanation, reasons=tuple(_blinded_reason(reason, match.profile.text) for reason in explanation.reasons)
    )


def mask(person: Profile) -> str:
    """Put blocks in the place of name, contact, addresses of the web and protected traits."""
    letters = list(person.text)
    for span in (*_named(person), *_reached(person.text), *find_protected(person.text)):
        for place in range(span.start, span.end):
            if not letters[place].isspace():
                letters[place] = _MASK
    return "".join(letters)


def _named(person: Profile) -> Iterable[Span]:
    basics = person.basics
    stated = [found for found in (basics.name, basics.email, basics.phone, basics.url) if found is not None]
    yield from (found.span for found in stated if found.span is not None)
    if basics.name is not None:
        words = [basics.name.value, *(word for word in re.split(r"[\s·,]+", basics.name.value) if len(word) > 2)]
        pattern = "|".join(rf"(?<!\w){re.escape(word)}(?!\w)" for word in words if word)
        pattern = pattern if basics.name.value.isascii() else re.escape(basics.name.value)
        for found in re.finditer(pattern, person.text, re.IGNORECASE) if pattern else ():
            yield Span.of(person.text, *found.span())


def _reached(text: str) -> Iterable[Span]:
    for found in _REACH.finditer(text):
        if not _YEARS.search(found.group()):
            yield Span.of(text, *found.span())


def _again(span: Span | None, text: str) -> Span | None:
    return None if span is None else Span.of(text, span.start, span.end)


def _label(person: Profile, text: str) -> Found[str] | None:
    """Give what the person does, where no part of it was masked."""
    label = person.basics.label
    if label is None or label.span is None:
        return label
    return label if text[label.span.start : label.span.end] == label.span.text else None


def _blinded_reason(reason: Reason, text: str) -> Reason:
    evidence = _again(reason.evidence, text)
    if evidence is None or reason.evidence is None or evidence.text == reason.evidence.text:
        return reason
    masked = reason.sentence
    for before, after in zip(reason.evidence.text.split(), evidence.text.split(), strict=False):
        masked = masked.replace(before, after) if before != after else masked
    return replace(reason, evidence=evidence, sentence=masked)
