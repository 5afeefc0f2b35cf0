"""Load the official download of a taxonomy: tell which one it is, read it through, store it as a version."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from pathlib import Path

from metier.errors import InputError
from metier.graph import load_crosswalk, load_esco, load_onet
from metier.graph.edge import EDGE_KINDS, NODE_KINDS, Edge, Node
from metier.graph.graph_arrays import GraphArrays
from metier.graph.graph_builder import GraphBuilder
from metier.graph.knowledge_graph import KnowledgeGraph, shipped_graph
from metier.graph.linker import SkillLinker
from metier.graph.load_report import LoadReport
from metier.graph.taxonomy_file import TaxonomyFile, taxonomy_files
from metier.graph.taxonomy_store import TaxonomyStore

UNKNOWN = "unknown"
"""The version of what nothing tells the version of."""
Records = Iterable[Node | Edge]
Watch = Callable[[Records], Records]


def load_taxonomy(
    sources: Sequence[Path],
    *,
    store: TaxonomyStore,
    version: str = "",
    languages: Collection[str] = (),
    watch: Watch = iter,
) -> LoadReport:
    """Load one taxonomy; what was loaded of the same version before stays, so that languages add up.

    Args:
        sources: Its files, or folders or zips of them.
        store: Where it goes.
        version: Of the taxonomy; told by the names of the files when left out.
        languages: Only labels in these; all if empty.
        watch: Sees the nodes and edges go by, such as a progress bar.

    Returns:
        What was taken, and what was not.

    Raises:
        InputError: The files are of no known taxonomy, of two, of another version, or broken.
    """
    files = taxonomy_files(sources)
    taxonomy = _taxonomy_of(files, sources)
    told = {load_esco.TAXONOMY: load_esco.version_of, load_onet.TAXONOMY: load_onet.version_of}.get(taxonomy, _none)
    report = LoadReport(taxonomy=taxonomy, version=_agreed(version, told(files)))
    builder = GraphBuilder()
    before = store.read(taxonomy, report.version)
    if before is not None:
        builder.add_graph(before)
    builder.add_all(watch(_read(files, report, languages)))
    _add_ends(builder, taxonomy)
    arrays = builder.build()
    if not arrays.uris:
        raise InputError(f"{_named(sources)} holds no concept", hint="Give the folder of the whole download.")
    report.path = str(store.write(taxonomy, report.version, arrays))
    report.loose = builder.loose
    _sum_up(arrays, report)
    return report


def _read(files: Sequence[TaxonomyFile], report: LoadReport, languages: Collection[str]) -> Iterator[Node | Edge]:
    origin = f"{report.taxonomy} {report.version}"
    readers: dict[str, Callable[[TaxonomyFile], Iterable[Node | Edge]]] = {
        load_esco.TAXONOMY: load_esco.EscoReader(origin=origin, languages=languages, report=report).read,
        load_onet.TAXONOMY: load_onet.OnetReader(origin=origin, report=report, linker=SkillLinker()).read,
        load_crosswalk.TAXONOMY: load_crosswalk.CrosswalkReader(origin=origin, report=report).read,
    }
    for file in files:
        yield from readers[report.taxonomy](file)


def _taxonomy_of(files: Sequence[TaxonomyFile], sources: Sequence[Path]) -> str:
    if files and all(map(load_crosswalk.is_crosswalk, files)):
        return load_crosswalk.TAXONOMY
    is_esco, is_onet = any(map(load_esco.is_esco, files)), any(map(load_onet.is_onet, files))
    if is_esco and is_onet:
        raise InputError(f"{_named(sources)} holds files of ESCO and of O*NET", hint="Load one taxonomy at a time.")
    if not is_esco and not is_onet:
        raise InputError(
            f"{_named(sources)} holds no file of ESCO or O*NET",
            hint="Give ESCO's CSV files (occupations_en.csv, …) or TTL file, or O*NET's text files (Occupation Data.txt, …), under their own names.",
        )
    return load_esco.TAXONOMY if is_esco else load_onet.TAXONOMY


def _agreed(given: str, told: str) -> str:
    """Give the version; what the user says and what the files say must not differ."""
    if given and told and given.removeprefix("v") != told:
        raise InputError(
            f"the files are of version {told}, not {given}", hint=f"Leave --version out, or give --version {told}."
        )
    return given.removeprefix("v") or told or UNKNOWN


def _add_ends(builder: GraphBuilder, taxonomy: str) -> None:
    """Add the nodes that only edges name, as far as they are known: so a part of a download hangs together.

    A crosswalk holds nothing else: its ends are nodes of the two taxonomies, here by URI alone.
    """
    shipped = shipped_graph()
    for uri in builder.unknown():
        if uri in shipped:
            known = shipped.node(uri)
            builder.add_node(Node(uri=uri, kind=known.kind, label=known.label))
        elif taxonomy == load_crosswalk.TAXONOMY:
            builder.add_node(Node(uri=uri, kind="group" if "/isco/" in uri else "occupation", label=""))


def _sum_up(arrays: GraphArrays, report: LoadReport) -> None:
    nodes, edges = Counter(arrays.kinds.tolist()), Counter(arrays.edges.kind.tolist())
    report.nodes = {kind: nodes[number] for number, kind in enumerate(NODE_KINDS) if nodes[number]}
    report.edges = {kind: edges[number] for number, kind in enumerate(EDGE_KINDS) if edges[number]}
    report.inferred = int(arrays.edges.is_inferred.sum())
    report.languages = sorted(arrays.names)
    rings = KnowledgeGraph(arrays).cycles()
    report.cycles = [tuple(node.label for node in ring) for ring in rings]


def _none(_: Sequence[TaxonomyFile]) -> str:
    return ""


def _named(sources: Sequence[Path]) -> str:
    return ", ".join(str(source) for source in sources) or "nothing"
