"""Families of documents: a title and a stretch of its posting, a role and a stretch of a resume, a course and its skills."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from family import Family, Group, clean, pair, present
from read_titles import rows

_STRETCH = 350
_SENTENCE = re.compile(r"(?<=[.!?;])\s+|\n+|•|·")


def document_families(data: Path) -> list[Family]:
    """Give the families of documents; their pairs come from structure alone, so they are weak."""
    return [
        Family("posting", present(_postings(data)), 0.8, pairs=64),
        Family("resume", present(_resumes(data)), 0.3, pairs=16),
        Family("course", present(_courses(data)), 0.4, pairs=64),
    ]


def stretches(text: str) -> list[str]:
    """Cut a text between sentences into stretches of some 350 characters."""
    found = [""]
    for sentence in filter(None, map(clean, _SENTENCE.split(text))):
        if found[-1] and len(found[-1]) + len(sentence) > _STRETCH:
            found.append("")
        found[-1] = f"{found[-1]} {sentence}".strip()[: 2 * _STRETCH]
    return list(filter(None, found))


def _postings(data: Path) -> Iterator[Group | None]:
    for number, row in enumerate(rows(data / "jobs/google.csv", delimiter=",")):
        for column in ("Responsibilities", "Minimum Qualifications", "Preferred Qualifications"):
            yield pair(f"google:{row['Title']}", [row["Title"]], stretches(row.get(column) or ""))
        yield pair(
            f"google-parts:{number}",
            stretches(row.get("Responsibilities") or ""),
            stretches(row.get("Minimum Qualifications") or ""),
        )
    for row in rows(data / "jobs/glassdoor_data_science.csv", delimiter=","):
        yield pair(f"glassdoor:{row['Job Title']}", [row["Job Title"]], stretches(row["Job Description"]))


def _resumes(data: Path) -> Iterator[Group | None]:
    by_role: dict[str, set[str]] = defaultdict(set)
    for row in rows(data / "resumes/updated_resume_dataset.csv", delimiter=","):
        by_role[row["Role"]].update(stretches(row["Resume"]))
    for role, texts in sorted(by_role.items()):
        yield pair(f"role:{role}", [role], sorted(texts))


def _courses(data: Path) -> Iterator[Group | None]:
    for row in rows(data / "courses/coursera.csv", delimiter=","):
        name = row.get("name") or ""
        yield pair(f"course:{name}", [name], [row["skills"] or "", row["what_you_learn"] or ""])
