"""What a posting demands, or a person states, about the right to work in a country."""

from __future__ import annotations

import re
from dataclasses import dataclass

from metier.graph.place import find_place
from metier.graph.trigger import Guarded
from metier.records.span import Span

_SENTENCE = re.compile(r"(?:[^\n.!?;。；！]|(?<=\b[A-Z])\.|\.(?=\w))+")
"""The full stops of `U.S.` end no sentence."""
_ABOUT = Guarded(
    r"(?<!card )(?<!card/)(?<!card and )\bvisas?\b(?!(?:/|, | and | or | )(?:master|amex|american|card|debit|credit|payment))"
    r"|\bsponsorship\b(?! (?:manager|deal|package|sales|opportunit|revenue|partner|agreement|event))|\bbe sponsored\b"
    r"|\b(?:no|not|never|cannot|can|could|may|will|would|we|able to|n['’]t|also|currently) sponsor\b(?! (?:\w+ ){0,3}(?:event|team|club|charit|communit|league|conference|meetup|program))"
    r"|\bwork (?:permit|authori[sz]ation)\b|\bauthori[sz](?:ed|ation) to work\b|\b(?:legally |be )entitled to work\b|\bright to (?:work|live)\b"
    r"|\beligib(?:le|ility) to work\b|\bpermi(?:tted|ssion) to work\b|\b(?:work|working) rights\b|\bU\.?S\.? person\b|(?<!senior )(?<!corporate )(?<!good )\bcitizens?(?:hip)?\b(?! (?:advice|science|develop|data|experience|service|engage|journalis|bank))|\bpermanent residen\w+|\bgreen card\b|\bsettled status\b|\bH-?1B\b|\bTN status\b"
    r"|(?-i:\bOPT\b)|\barbeitserlaubnis\b|\bpermis de travail\b|工作签证|(?<!工程量)(?<!工程)(?<!变更)(?<!现场)签证|工作许可|就业许可|永居|永久居留|绿卡",
)
_SPONSOR = re.compile(
    r"\bsponsor\w*|签证(?:支持|赞助|担保)|\bvisa (?:support|assistance)\b|\bsupport\w* with (?:a |your )?visa\b",
    re.IGNORECASE,
)
_NO = re.compile(
    r"\bno\b|\bnot\b|\bcannot\b|\bcan['’]t\b|\bunable\b|\bwithout\b|\bunfortunately\b|n['’]t\b|\bnor\b|\bneither\b|不提供|无法|不支持|不能|无需",
    re.IGNORECASE,
)
_PERSON_NEEDS = re.compile(
    r"\b(?:require|need|requires|needs|requiring|needing|will need)\b[^.\n]{0,30}\b(?:sponsorship|visa|work permit)\b|\bH-?1B\b|需要(?:签证|工作签证|担保)",
    re.IGNORECASE,
)
_PERSON_FREE = re.compile(
    r"\b(?:no|not|without|don['’]t|doesn['’]t)\b[^.\n]{0,25}\b(?:sponsor\w*|visa)\b|\bcitizen\b|\bpermanent resident\b|\bauthori[sz]ed to work\b"
    r"|\bright to work\b|\bgreen card\b|\bsettled status\b|\beligible to work\b|永居|绿卡",
    re.IGNORECASE,
)
_NATIONALITY = {
    "british": "GB", "uk": "GB", "irish": "IE", "u.s": "US", "US": "US", "american": "US", "canadian": "CA", "eu": "EU", "german": "DE",
    "australian": "AU", "singapore": "SG", "dutch": "NL", "indian": "IN", "french": "FR", "spanish": "ES", "italian": "IT", "polish": "PL",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkAuthorisation:
    """One statement about the right to work.

    Attributes:
        sponsorship: In a posting: whether the employer sponsors, if stated.
        needs_sponsorship: In a resume: whether the person needs a sponsor, if stated.
        countries: Countries that the statement names (ISO 3166-1 alpha-2, or `EU`).
    """

    span: Span
    sponsorship: bool | None = None
    needs_sponsorship: bool | None = None
    countries: tuple[str, ...] = ()


def find_work_authorisation(text: str) -> list[WorkAuthorisation]:
    """Find the sentences about the right to work, with what each says.

    Args:
        text: A posting or a resume.
    """
    found = []
    for sentence in _SENTENCE.finditer(text):
        if not _ABOUT.search(sentence.group()):
            continue
        words = sentence.group()
        start = sentence.start() + len(words) - len(words.lstrip(" -•*·\t"))
        end = sentence.start() + len(words.rstrip())
        found.append(
            WorkAuthorisation(
                span=Span.of(text, start, end),
                sponsorship=_sponsorship(words),
                needs_sponsorship=_needs(words),
                countries=_countries(words),
            )
        )
    return found


def _sponsorship(sentence: str) -> bool | None:
    named = _SPONSOR.search(sentence)
    if named is None:
        return None
    return not _NO.search(sentence)


def _needs(sentence: str) -> bool | None:
    if _PERSON_FREE.search(sentence):
        return False
    return True if _PERSON_NEEDS.search(sentence) else None


def _countries(sentence: str) -> tuple[str, ...]:
    named = [
        code
        for word, code in _NATIONALITY.items()
        if re.search(rf"\b{re.escape(word)}\b", sentence, 0 if word.isupper() else re.IGNORECASE)
    ]
    for words in re.findall(r"\b(?:in|for|within) (?:the )?([A-Z][\w.]+(?: [A-Z]\w+)?)", sentence):
        place = find_place(words)
        if place and place.country:
            named.append(place.country)
    return tuple(dict.fromkeys(named))
