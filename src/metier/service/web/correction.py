"""What a person puts right of what was read in their resume, field by field."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TypeVar, get_args

from metier.errors import InputError
from metier.graph.base import SkillGraph
from metier.graph.place import find_place
from metier.records.date import PartialDate
from metier.records.document import Document, Line
from metier.records.place import Place
from metier.records.profile import Education, Profile, Work
from metier.records.requirement import EducationLevel, LanguageLevel
from metier.records.span import Found
from metier.resumes import parse_resume

L = TypeVar("L", bound=str)
LEVELS: tuple[EducationLevel, ...] = get_args(EducationLevel)
LANGUAGE_LEVELS: tuple[LanguageLevel, ...] = get_args(LanguageLevel)
PRESENT = frozenset({"present", "now", "today", "current", "至今", "现在", "目前"})
_MOST = 300
_MOST_SKILLS = 60
_HEADING = {"en": "Skills", "zh": "技能"}
Numbers = dict[str, list[int]]
_LISTS = ("work", "education", "languages", "certificates")


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrections:
    """What was put right.

    Attributes:
        fields: New values by the name of the field, such as `work.0.position`; empty ones take a value away.
        removed: Entries that are wrong, such as `work.1`, and skills by their URI.
        added: Skills in the person's words; they are put at the end of the resume's text and read there.
        titles: Wished titles.
    """

    fields: dict[str, str] = field(default_factory=dict)
    removed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()


def read_profile(
    document: Document, corrections: Corrections, *, graph: SkillGraph, profile_id: str
) -> tuple[Profile, Numbers]:
    """Read a resume, and put right what the person put right.

    Returns:
        The profile, and by which number each entry that is left is named in `Corrections.fields`.

    Raises:
        InputError: A value cannot be one of its field.
    """
    profile = parse_resume(_with_skills(document, corrections.added), graph=graph, profile_id=profile_id)
    stated = corrections.fields
    basics = profile.basics
    if "label" in stated:
        basics = replace(basics, label=_found(stated["label"]))
    if "location" in stated:
        basics = replace(basics, location=_place(stated["location"]))
    removed = set(corrections.removed)
    preferences = profile.preferences
    if corrections.titles:
        preferences = replace(preferences, titles=corrections.titles)
    numbers = {
        name: [place for place in range(len(getattr(profile, name))) if f"{name}.{place}" not in removed]
        for name in _LISTS
    }
    corrected = replace(
        profile,
        basics=basics,
        preferences=preferences,
        work=tuple(
            _work(one, f"work.{place}", stated)
            for place, one in enumerate(profile.work)
            if f"work.{place}" not in removed
        ),
        education=tuple(
            _education(one, f"education.{place}", stated)
            for place, one in enumerate(profile.education)
            if f"education.{place}" not in removed
        ),
        languages=tuple(
            replace(one, level=_level(stated.get(f"languages.{place}.level"), LANGUAGE_LEVELS, one.level))
            for place, one in enumerate(profile.languages)
            if f"languages.{place}" not in removed
        ),
        certificates=tuple(
            one for place, one in enumerate(profile.certificates) if f"certificates.{place}" not in removed
        ),
        skills=tuple(one for one in profile.skills if one.uri not in removed),
    )
    return corrected, numbers


def stated_in(profile: Profile, numbers: Numbers) -> dict[str, str]:
    """Give the fields of a profile as a form shows them."""
    basics = profile.basics
    shown = {
        "label": basics.label.value if basics.label else "",
        "location": basics.location.value.text if basics.location else "",
    }
    for place, work in zip(numbers["work"], profile.work, strict=True):
        shown |= {
            f"work.{place}.position": work.position.value if work.position else "",
            f"work.{place}.name": work.name.value if work.name else "",
            f"work.{place}.start": work.start_date.to_iso() if work.start_date else "",
            f"work.{place}.end": "present" if work.is_current else work.end_date.to_iso() if work.end_date else "",
        }
    for place, study in zip(numbers["education"], profile.education, strict=True):
        shown |= {
            f"education.{place}.level": study.level or "",
            f"education.{place}.area": study.area.value if study.area else "",
        }
    for place, spoken in zip(numbers["languages"], profile.languages, strict=True):
        shown[f"languages.{place}.level"] = spoken.level or ""
    return shown


def correct(corrections: Corrections, shown: dict[str, str], sent: dict[str, str]) -> Corrections:
    """Take over the fields whose sent value is not the one that was shown."""
    changed = {
        name: value.strip()[:_MOST] for name, value in sent.items() if name in shown and value.strip() != shown[name]
    }
    titles = corrections.titles
    if "titles" in sent:
        words = (word.strip() for word in sent["titles"].replace("，", ",").replace("、", ",").split(","))
        titles = tuple(dict.fromkeys(word[:_MOST] for word in words if word))[:8]
    return replace(corrections, fields=corrections.fields | changed, titles=titles)


def add_skill(corrections: Corrections, words: str) -> Corrections:
    """Add a skill in the person's words.

    Raises:
        InputError: There are no words, or too many skills.
    """
    named = " ".join(words.split())[:_MOST]
    if not named:
        raise InputError("no skill is named", hint="Write one, such as: TIG welding.")
    if len(corrections.added) >= _MOST_SKILLS:
        raise InputError(f"{_MOST_SKILLS} skills were added already", hint="Put the others into the resume.")
    return replace(corrections, added=tuple(dict.fromkeys((*corrections.added, named))))


def remove(corrections: Corrections, name: str) -> Corrections:
    """Take away an entry or a skill."""
    return replace(corrections, removed=tuple(dict.fromkeys((*corrections.removed, name[:_MOST]))))


def _with_skills(document: Document, added: tuple[str, ...]) -> Document:
    """Put skills under a heading at the end of the text, so that reasons can quote them."""
    if not added:
        return document
    text, lines = document.text, list(document.lines)
    for words in (_HEADING.get(document.language, "Skills"), *added):
        start = len(text) + 1
        text = f"{text}\n{words}"
        is_heading = len(lines) == len(document.lines)
        lines.append(
            Line(
                start=start, end=len(text), kind="heading" if is_heading else "list_item", level=1 if is_heading else 0
            )
        )
    return replace(document, text=text, lines=tuple(lines))


def _found(value: str) -> Found[str] | None:
    return Found(value=value, span=None) if value else None


def _place(value: str) -> Found[Place] | None:
    if not value:
        return None
    place = find_place(value)
    if place is None:
        raise InputError(f"{value!r} is no known place", hint="Name a city, region or country.")
    return Found(value=place, span=None)


def _work(work: Work, name: str, stated: dict[str, str]) -> Work:
    end = stated.get(f"{name}.end")
    is_current = work.is_current if end is None else end.lower() in PRESENT
    return replace(
        work,
        position=_kept(work.position, stated.get(f"{name}.position")),
        name=_kept(work.name, stated.get(f"{name}.name")),
        start_date=_date(stated.get(f"{name}.start"), work.start_date),
        end_date=None if is_current else _date(end, work.end_date),
        is_current=is_current,
    )


def _education(study: Education, name: str, stated: dict[str, str]) -> Education:
    return replace(
        study,
        level=_level(stated.get(f"{name}.level"), LEVELS, study.level),
        area=_kept(study.area, stated.get(f"{name}.area")),
    )


def _kept(found: Found[str] | None, value: str | None) -> Found[str] | None:
    return found if value is None else _found(value)


def _date(value: str | None, before: PartialDate | None) -> PartialDate | None:
    if value is None:
        return before
    if not value:
        return None
    try:
        return PartialDate.from_iso(value.replace("/", "-").replace(".", "-"))
    except ValueError as error:
        raise InputError(f"{value!r} is no date", hint="Write it as 2019 or 2019-03, or: present.") from error


def _level(value: str | None, known: tuple[L, ...], before: L | None) -> L | None:
    if value is None:
        return before
    if not value:
        return None
    found = next((one for one in known if one == value), None)
    if found is None:
        raise InputError(f"{value!r} is no level", hint=f"Use one of: {', '.join(known)}.")
    return found
