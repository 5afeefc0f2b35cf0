"""The knowledge graph: inferred skills of occupations, vectors of nodes, and how fast it is.

Usage: python benchmarks/graph.py DATA_DIR, a folder with `esco/` and `skill_sets/` (see the README of the data). Without it
only the speed is measured.
"""

from __future__ import annotations

import csv
import gzip
import json
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path

import numpy as np
from _table import write

from metier.graph.cooccurrence import Cooccurrence
from metier.graph.edge import Edge, Node
from metier.graph.graph_arrays import from_bytes, to_bytes
from metier.graph.graph_builder import GraphBuilder
from metier.graph.inference import Known, SkillInference, fit_known
from metier.graph.knowledge_graph import KnowledgeGraph, shipped_graph
from metier.graph.linker import SkillLinker
from metier.graph.node_vectors import NodeVectors, learn_vectors
from metier.graph.skill_table import read_rows, skill_table

SEED = 0
FOLDS = 5
STATED = "esco/occupation_skill_ict.json.gz"
GROUPS = "esco/isco_skills.json"
OCCUPATIONS = "esco/occupations_en.csv"
SETS = "skill_sets/skill2vec_50K.csv.gz"
CLOSE = 0.05
"""Weight of a cosine beside the ties, by hand."""
HEADER = ["what", "ranked by", "P@5", "P@10", "R@20"]
Rank = Callable[[str], Sequence[str]]


def skill_names() -> dict[str, str]:
    """Give the names of each skill as one text."""
    table = skill_table()
    named = {form.uri for forms in table.forms.values() for form in forms if form.uri}
    uris = sorted(named | {row[0] for row in read_rows("skills.tsv.gz")})  # another one may have all the names of one
    return {uri: ". ".join((table.label(uri), *table.skill(uri).alt_labels)) for uri in uris}


def read_stated(data: Path, names: Mapping[str, str]) -> dict[str, Known]:
    """Read the occupations with stated essential skills."""
    rows = json.loads(gzip.decompress((data / STATED).read_bytes()))
    texts = {row["uri"]: ". ".join([row["label"], *row["altLabel"], row["description"]]) for row in rows}
    return {
        row["uri"]: Known(text=texts[row["uri"]], skills=frozenset(uri for uri in row["s"] if uri in names))
        for row in rows
    }


def read_groups(data: Path, names: Mapping[str, str]) -> dict[str, Known]:
    """Read the groups of occupations outside information technology, with the skills stated for each."""
    texts: dict[str, list[str]] = {}
    with (data / OCCUPATIONS).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            texts.setdefault(row["iscoGroup"], []).append(
                ". ".join([row["preferredLabel"], *row["altLabels"].split("\n"), row["description"]])
            )
    rows = json.loads((data / GROUPS).read_text(encoding="utf-8"))
    found = {
        code: Known(
            text=" ".join(texts.get(code, ())),
            skills=frozenset(skill["uri"] for skill in row["essential_skills"] if skill["uri"] in names),
        )
        for code, row in rows.items()
    }
    return {code: known for code, known in found.items() if known.skills and known.text and code[:2] != "25"}


def together(sets: Sequence[Sequence[str]]) -> dict[str, dict[str, float]]:
    """Count sets, and give by skill what is asked for with it."""
    counted = Cooccurrence(minimum=5)
    for members in sets:
        counted.add(members)
    found: dict[str, dict[str, float]] = {}
    for edge in counted.edges(origin="", least=0.1):
        found.setdefault(edge.source, {})[edge.target] = edge.weight
        found.setdefault(edge.target, {})[edge.source] = edge.weight
    return found


def read_sets(data: Path) -> list[list[str]]:
    """Read job ads as sets of skills."""
    linker = SkillLinker()

    @cache
    def linked(name: str) -> tuple[str, ...]:
        return tuple(mention.uri for mention in linker.link(name) if linker.specificity(mention.uri) >= 0.3)

    with gzip.open(data / SETS, "rt", encoding="utf-8", newline="") as file:
        found = [sorted({uri for name in row[1:] if name for uri in linked(name)}) for row in csv.reader(file)]
    return [members for members in found if members]


def precision(known: Mapping[str, Known], rank: Rank, keys: Sequence[str]) -> list[list[float]]:
    """Measure P@5, P@10 and R@20 of each."""
    rows = []
    for key in keys:
        got, needed = list(rank(key)), known[key].skills
        right = [len(needed & set(got[:depth])) for depth in (5, 10, 20)]
        rows.append([right[0] / 5, right[1] / 10, right[2] / len(needed)])
    return rows


def cells(rows: Sequence[Sequence[float]]) -> list[str]:
    """Give the means of columns."""
    return [f"{value:.3f}" for value in np.mean(rows, axis=0)]


def measure_inference(data: Path, sets: Sequence[Sequence[str]]) -> list[list[str]]:
    """Measure what is inferred for occupations that were held out, five folds, and for other fields."""
    names, linker, tied = skill_names(), SkillLinker(), together(sets)
    known = read_stated(data, names)
    keys = sorted(known)
    np.random.default_rng(SEED).shuffle(keys)
    results: dict[str, list[list[float]]] = {}
    sure: list[tuple[float, bool]] = []
    for fold in range(FOLDS):
        held = keys[fold::FOLDS]
        rest = {key: known[key] for key in keys if key not in set(held)}
        popular = [
            uri
            for uri, _ in sorted(
                Counter(s for one in rest.values() for s in one.skills).items(), key=lambda pair: (-pair[1], pair[0])
            )
        ]
        cold = SkillInference(names=names, linker=linker, together=tied)
        alone = SkillInference(names=names, linker=linker, together=tied, known=rest)
        ranks: dict[str, Rank] = {
            "popularity": lambda _, popular=popular: popular,  # type: ignore[misc]
            "words of the names (TF-IDF)": lambda key, cold=cold: [
                cold.index.keys[place] for place in np.argsort(-cold.index.cosines(known[key].text), kind="stable")[:20]
            ],  # type: ignore[misc]
        }
        alone.model = fit_known(alone, rest)
        cold.model = fit_known(cold, rest)
        for name, rank in ranks.items():
            results.setdefault(name, []).extend(precision(known, rank, held))
        results.setdefault("Metier, by the text alone", []).extend(
            precision(
                known, lambda key, cold=cold: [edge.target for edge in cold.infer(key, known[key].text, n=20)], held
            )
        )  # type: ignore[misc]
        found = {key: alone.infer(key, known[key].text, n=20) for key in held}
        sure += [(edge.weight, edge.target in known[key].skills) for key in held for edge in found[key]]
        results.setdefault("Metier, with similar occupations", []).extend(
            precision(known, lambda key, found=found: [edge.target for edge in found[key]], held)
        )  # type: ignore[misc]
    rows = [["91 occupations of ICT, held out by fifths", name, *cells(values)] for name, values in results.items()]
    for least in (0.5, 0.4, 0.3, 0.2):
        right = [is_right for weight, is_right in sure if weight >= least]
        rows.append(
            [f"… of those at least {least:.0%} sure", "Metier", f"{np.mean(right):.2f} right", f"of {len(right)}", ""]
        )
    groups = read_groups(data, names)
    whole = SkillInference(names=names, linker=linker, together=tied)
    ranks = {
        "words of the names (TF-IDF)": lambda key: [
            whole.index.keys[place] for place in np.argsort(-whole.index.cosines(groups[key].text), kind="stable")[:20]
        ],
        "Metier, by the text alone": lambda key: [edge.target for edge in whole.infer(key, groups[key].text, n=20)],
    }
    for name, rank in ranks.items():
        rows.append([f"{len(groups)} groups of other fields", name, *cells(precision(groups, rank, sorted(groups)))])
    sure = [
        (edge.weight, edge.target in one.skills)
        for key, one in groups.items()
        for edge in whole.infer(key, one.text, n=20)
    ]
    right = [is_right for weight, is_right in sure if weight >= 0.2]
    told = [f"{np.mean(right):.2f} right", f"of {len(right)}", ""]
    rows.append(["… of those at least 20% sure", "Metier, by the text alone", *told])
    return rows


def graph_of(sets: Sequence[Sequence[str]]) -> tuple[KnowledgeGraph, NodeVectors, dict[str, dict[str, float]]]:
    """Make a graph of what is asked for together, over the wider skills, and learn its vectors."""
    tied = together(sets)
    builder = GraphBuilder()
    shipped = shipped_graph()
    builder.add_all(shipped.nodes())
    builder.add_all(edge for edge in shipped.edges() if edge.kind in {"broader", "essential"})
    for skill, others in tied.items():
        builder.add_all(
            Edge(source=skill, target=other, kind="cooccurs", weight=strength) for other, strength in others.items()
        )
    graph = KnowledgeGraph(builder.build())
    return graph, learn_vectors(graph.arrays, size=64, seed=SEED), tied


def measure_new(sets: Sequence[Sequence[str]]) -> list[list[str]]:
    """Measure how well the other half of a new job ad's skills is told by its first half."""
    order = np.random.default_rng(SEED).permutation(len(sets))
    test = [sets[place] for place in order[: len(sets) // 10].tolist()]
    train = [sets[place] for place in order[len(sets) // 10 :].tolist()]
    _, vectors, tied = graph_of(train)
    counts = Counter(uri for members in train for uri in members)
    rng = np.random.default_rng(SEED)
    asked = [list(rng.permutation(members)) for members in test if len(members) >= 4][:2000]
    return [
        row
        for told, named in ((1, "one of its skills"), (0, "half of its skills"))
        for row in told_by(asked, told, named, counts, tied, vectors)
    ]


def told_by(
    asked: Sequence[list[str]],
    told: int,
    named: str,
    counts: Counter[str],
    tied: Mapping[str, Mapping[str, float]],
    vectors: NodeVectors,
) -> list[list[str]]:
    """Measure how well the skills that are hidden are told by so many that are shown; by half of them if 0."""
    popular = [uri for uri, _ in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))]
    results: dict[str, list[float]] = {}
    for members in asked:
        shown = told or len(members) // 2
        given, hidden = members[:shown], set(members[shown:])
        by_tie: dict[str, float] = {}
        for uri in given:
            for other, strength in tied.get(uri, {}).items():
                by_tie[other] = by_tie.get(other, 0.0) + strength / len(given)
        mean = vectors.of_several(given)
        near = dict(vectors.nearest(mean, n=500, leave=given)) if mean is not None else {}
        both = {uri: by_tie.get(uri, 0.0) + CLOSE * near.get(uri, 0.0) for uri in near.keys() | by_tie.keys()}
        for name, got in {
            "popularity": popular,
            "common neighbours (sum of ties)": best(by_tie),
            "vectors": list(near),
            "ties and vectors": best(both),
        }.items():
            chosen = [uri for uri in got if uri not in given and counts[uri]][:10]
            results.setdefault(name, []).append(len(hidden & set(chosen)) / len(hidden))
    what = f"{len(asked)} new job ads by {named}"
    return [[what, name, "", "", f"{np.mean(values):.3f} (R@10)"] for name, values in results.items()]


def best(scores: Mapping[str, float]) -> list[str]:
    """Give the keys, the highest score first."""
    return [uri for uri, _ in sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))]


def measure_links() -> list[list[str]]:
    """Measure how well edges that were taken away are told: the tenth of `essential` and `cooccurs`, MRR and hits."""
    shipped = shipped_graph()
    edges = [edge for edge in shipped.edges() if edge.kind in {"broader", "essential", "cooccurs"}]
    told = [place for place, edge in enumerate(edges) if edge.kind in {"essential", "cooccurs"}]
    held = set(np.random.default_rng(SEED).permutation(told)[: len(told) // 10].tolist())
    builder = GraphBuilder()
    builder.add_all(Node(uri=node.uri, kind=node.kind, label=node.label) for node in shipped.nodes())
    builder.add_all(edge for place, edge in enumerate(edges) if place not in held)
    graph = KnowledgeGraph(builder.build())
    vectors = learn_vectors(graph.arrays, size=64, seed=SEED)
    beside = {uri: {one.node.uri for one in graph.neighbours(uri)} for uri in vectors.uris}
    degree = {uri: len(others) for uri, others in beside.items()}
    skills = [uri for uri in vectors.uris if shipped.node(uri).kind in {"skill", "technology"}]
    results: dict[str, list[float]] = {}
    for place in sorted(held):
        edge = edges[place]
        if edge.source not in beside or edge.target not in beside:
            continue
        mine = beside[edge.source]
        common: Counter[str] = Counter()
        rare: dict[str, float] = {}
        for middle in mine:
            for other in beside[middle]:
                common[other] += 1
                rare[other] = rare.get(other, 0.0) + 1 / np.log(1 + degree[middle])
        row = vectors.row(edge.source)
        cosines = vectors.vectors @ vectors.vectors[row if row is not None else 0]
        near = dict(zip(vectors.uris, cosines.tolist(), strict=True))
        scores: dict[str, Callable[[str], float]] = {
            "degree": lambda uri: degree[uri],
            "common neighbours": lambda uri, common=common: common[uri],  # type: ignore[misc]
            "Adamic–Adar": lambda uri, rare=rare: rare.get(uri, 0.0),  # type: ignore[misc]
            "vectors": lambda uri, near=near: near[uri],  # type: ignore[misc]
        }
        for name, score in scores.items():
            wanted = score(edge.target)
            values = [score(uri) for uri in skills if uri not in mine and uri not in {edge.source, edge.target}]
            above = sum(value > wanted for value in values) + sum(value == wanted for value in values) / 2
            results.setdefault(name, []).append(1 / (1 + above))
    rows = []
    for name, values in results.items():
        hits = np.mean([value >= 1 / 10 for value in values])
        rows.append(
            [f"{len(values)} edges taken away", name, "", "", f"{np.mean(values):.3f} (MRR), {hits:.3f} (hits@10)"]
        )
    return rows


def median_ms(what: Callable[[], object], times: int = 9) -> float:
    """Time something several times."""
    taken = []
    for _ in range(times):
        begun = time.process_time()
        what()
        taken.append((time.process_time() - begun) * 1000)
    return statistics.median(taken)


def measure_speed() -> list[list[str]]:
    """Measure what a command waits for."""
    graph = shipped_graph()
    packed = to_bytes(graph.arrays)
    uris = graph.arrays.uris
    pairs = [
        (uris[one], uris[other]) for one, other in np.random.default_rng(SEED).integers(0, len(uris), (200, 2)).tolist()
    ]
    load = median_ms(lambda: KnowledgeGraph(from_bytes(packed, "")).nearness(uris[0], uris[1]))
    paths = median_ms(lambda: [graph.path(one, other) for one, other in pairs], times=3) / len(pairs)
    return [
        [
            "load of the graph that ships, processor time",
            f"{len(uris)} nodes, {len(graph.arrays.edges)} edges",
            "",
            "",
            f"{load:.0f} ms",
        ],
        [
            "a path between two nodes, mean of 200 random pairs, processor time",
            "at most 4 edges",
            "",
            "",
            f"{paths:.1f} ms",
        ],
    ]


def main() -> None:
    """Measure what there is data for."""
    rows = measure_speed() + measure_links()
    if len(sys.argv) > 1:
        data = Path(sys.argv[1])
        sets = read_sets(data)
        rows = measure_inference(data, sets) + measure_new(sets) + rows
    about = "P and R count stated essential skills only: an inferred skill that is merely useful counts as wrong."
    write(__file__, "The knowledge graph", about, HEADER, rows)


if __name__ == "__main__":
    main()
