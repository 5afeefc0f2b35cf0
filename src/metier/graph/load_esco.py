"""Read the official download of ESCO, CSV of any language or Turtle, row by row."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from metier.errors import InputError
from metier.graph.edge import Edge, EdgeKind, Node, NodeKind
from metier.graph.load_report import FileReport, LoadReport
from metier.graph.taxonomy_file import TaxonomyFile
from metier.graph.turtle import Literal, Triple, read_turtle

TAXONOMY = "esco"
_NAME = re.compile(r"^(?P<table>[A-Za-z]+?)(?:_(?P<language>[a-z]{2}))?\.csv$")
_URI = re.compile(r"^\w+:[^\s<>\"]+$")
_KINDS: dict[str, NodeKind] = {
    "occupation": "occupation",
    "iscogroup": "group",
    "skillgroup": "group",
    "knowledgeskillcompetence": "skill",
}
_RELATIONS: dict[str, EdgeKind] = {"essential": "essential", "optional": "optional"}
_SKILL_WEIGHT = {"essential": 1.0, "optional": 0.8}
"""Of `related`: a skill that another one needs is nearer than one that may help it."""
_VERSION = re.compile(r"(?i)(?:\besco.*?[\s_-]v?|\bv)(\d+(?:\.\d+)+)")
_CONCEPTS = frozenset(["occupations", "skills", "ISCOGroups", "skillGroups"])
_COLLECTION = re.compile(r".*Collection$")
_LEFT = {
    "skillsHierarchy": "the broader relations say the same",
    "conceptSchemes": "it names no concept",
    "dictionary": "it explains the columns",
    "greenShareOcc": "shares of green skills are no part of the graph",
}

_MODEL = "http://data.europa.eu/esco/model#"
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_NEEDS = {_MODEL + "relatedEssentialSkill": "essential", _MODEL + "relatedOptionalSkill": "optional"}
_NEEDED_BY = {_MODEL + "isEssentialSkillFor": "essential", _MODEL + "isOptionalSkillFor": "optional"}


@dataclass(frozen=True, slots=True, kw_only=True)
class EscoReader:
    """Gives the nodes and edges of ESCO's files, and notes what it took.

    Args:
        origin: What edges carry, such as `esco 1.2.0`.
        languages: Of labels in Turtle; all if empty. A CSV file has one, named by the file.
        report: What is filled in.
    """

    origin: str
    report: LoadReport
    languages: Collection[str] = ()

    def read(self, file: TaxonomyFile) -> Iterator[Node | Edge]:
        """Give the nodes and edges of one file; one that is not ESCO's is reported as not taken.

        Raises:
            InputError: A table of ESCO lacks a column, or is broken.
        """
        if file.name.lower().endswith((".ttl", ".turtle", ".nt")):
            yield from self._turtle(file)
            return
        named = _NAME.match(file.name)
        table, language = (named["table"], named["language"] or "") if named else ("", "")
        reader = self._reader(table)
        if reader is None:
            self.report.not_taken.append((str(file), _LEFT.get(table, "no table of ESCO has this name")))
        elif language and self.languages and language not in self.languages:
            self.report.not_taken.append((str(file), f"its language is {language}"))
        else:
            yield from reader(file, language or "en", self.report.file(str(file)))

    def _reader(self, table: str) -> Callable[[TaxonomyFile, str, FileReport], Iterator[Node | Edge]] | None:
        if table in _CONCEPTS or _COLLECTION.match(table):
            return self._concepts
        if table.startswith("broaderRelations"):
            return self._broader
        return {"occupationSkillRelations": self._needs, "skillSkillRelations": self._between}.get(table)

    def _concepts(self, file: TaxonomyFile, language: str, report: FileReport) -> Iterator[Node | Edge]:
        needed = ("conceptType", "conceptUri", "preferredLabel")
        optional = ("altLabels", "status", "iscoGroup", "broaderConceptUri")
        for kind, uri, label, names, status, group, wider in file.rows(needed, optional=optional):
            fault = _fault(uri, label, kind.lower(), status)
            if fault:
                report.skipped[fault] += 1
                continue
            report.taken += 1
            alternates = filter(None, map(str.strip, re.split(r"\n|\s\|\s", names)))
            yield Node(
                uri=uri,
                kind=_KINDS[kind.lower()],
                label=label if language == "en" else "",
                labels={language: (label, *alternates)},
            )
            if group:
                yield self._edge(uri, f"http://data.europa.eu/esco/isco/C{group}", "broader")
            for target in filter(_URI.match, map(str.strip, wider.split("|"))):
                yield self._edge(uri, target, "broader")

    def _broader(self, file: TaxonomyFile, _: str, report: FileReport) -> Iterator[Edge]:
        for uri, wider in file.rows(("conceptUri", "broaderUri")):
            yield from self._checked(uri, wider, "broader", 1.0, report)

    def _needs(self, file: TaxonomyFile, _: str, report: FileReport) -> Iterator[Edge]:
        for uri, relation, skill in file.rows(("occupationUri", "relationType", "skillUri")):
            kind = _RELATIONS.get(relation.lower())
            if kind is None:
                report.skipped[f"unknown relation {relation!r}"] += 1
            else:
                yield from self._checked(uri, skill, kind, 1.0, report)

    def _between(self, file: TaxonomyFile, _: str, report: FileReport) -> Iterator[Edge]:
        for uri, relation, other in file.rows(("originalSkillUri", "relationType", "relatedSkillUri")):
            weight = _SKILL_WEIGHT.get(relation.lower())
            if weight is None:
                report.skipped[f"unknown relation {relation!r}"] += 1
            else:
                yield from self._checked(uri, other, "related", weight, report)

    def _checked(self, source: str, target: str, kind: EdgeKind, weight: float, report: FileReport) -> Iterator[Edge]:
        if not _URI.match(source) or not _URI.match(target):
            report.skipped["no URI"] += 1
        elif source == target:
            report.skipped["points to itself"] += 1
        else:
            report.taken += 1
            yield self._edge(source, target, kind, weight)

    def _edge(self, source: str, target: str, kind: EdgeKind, weight: float = 1.0) -> Edge:
        return Edge(source=source, target=target, kind=kind, weight=weight, origin=self.origin)

    def _turtle(self, file: TaxonomyFile) -> Iterator[Node | Edge]:
        report = self.report.file(str(file))
        with file.open() as text:
            subject = ""
            triples: list[Triple] = []
            for triple in read_turtle(text, str(file)):
                if triple.subject != subject:
                    yield from self._concept(subject, triples, report)
                    subject, triples = triple.subject, []
                triples.append(triple)
            yield from self._concept(subject, triples, report)

    def _concept(self, uri: str, triples: Sequence[Triple], report: FileReport) -> Iterator[Node | Edge]:
        """Give what the statements about one subject say."""
        kind = _kind_of(uri, triples)
        if kind is None:
            return
        labels: dict[str, list[str]] = {}
        for predicate in (_SKOS + "prefLabel", _SKOS + "altLabel"):
            for value in _values(triples, predicate):
                if isinstance(value, Literal) and value.text.strip():
                    language = value.language.partition("-")[0]
                    if not self.languages or language in self.languages:
                        labels.setdefault(language, []).append(value.text)
        if labels:
            report.taken += 1
            first = {language: tuple(names) for language, names in labels.items()}
            yield Node(uri=uri, kind=kind, label=first.get("en", ("",))[0], labels=first)
        elif _values(triples, _SKOS + "prefLabel"):
            report.skipped["no label in the language"] += 1
        yield from self._turtle_edges(uri, kind, triples, report)

    def _turtle_edges(self, uri: str, kind: NodeKind, triples: Sequence[Triple], report: FileReport) -> Iterator[Edge]:
        for triple in triples:
            other, predicate = triple.value, triple.predicate
            if isinstance(other, Literal):
                continue
            if predicate == _SKOS + "broader":
                yield from self._checked(uri, other, "broader", 1.0, report)
            relation = _NEEDS.get(predicate) or _NEEDED_BY.get(predicate)
            if relation is None:
                continue
            needing, needed = (uri, other) if predicate in _NEEDS else (other, uri)
            if kind == "occupation" or "/esco/occupation/" in other:
                yield from self._checked(needing, needed, _RELATIONS[relation], 1.0, report)
            else:
                yield from self._checked(needing, needed, "related", _SKILL_WEIGHT[relation], report)


def is_esco(file: TaxonomyFile) -> bool:
    """Say whether a file is named as ESCO names its own."""
    named = _NAME.match(file.name)
    table = named["table"] if named else ""
    known = table in _CONCEPTS or table in _LEFT or table.endswith(("Collection", "Pillar"))
    return known or table.endswith("SkillRelations") or file.name.lower().endswith((".ttl", ".turtle", ".nt"))


def version_of(files: Sequence[TaxonomyFile]) -> str:
    """Tell ESCO's version by what the files, zips or folders are called; empty when nothing says it.

    Raises:
        InputError: They are of several versions.
    """
    found: dict[str, TaxonomyFile] = {}
    for file in files:
        folder = file.path.parent.name
        for name in (file.name, file.path.name, folder if "esco" in folder.lower() else ""):
            told = _VERSION.search(name)
            if told:
                found.setdefault(told[1], file)
                break
    if len(found) > 1:
        told_by = ", ".join(f"{version} ({file})" for version, file in sorted(found.items()))
        raise InputError(f"the files are of several versions: {told_by}", hint="Load one version at a time.")
    return next(iter(found), "")


def _values(triples: Sequence[Triple], predicate: str) -> list[str | Literal]:
    return [triple.value for triple in triples if triple.predicate == predicate]


def _kind_of(uri: str, triples: Sequence[Triple]) -> NodeKind | None:
    if "/esco/occupation/" in uri:
        return "occupation"
    if "/esco/isco/" in uri or "/esco/isced-f/" in uri:
        return "group"
    types = {value for value in _values(triples, _TYPE) if isinstance(value, str)}
    if _MODEL + "Skill" in types:
        return "skill"
    return "group" if "/esco/skill/" in uri and _values(triples, _SKOS + "prefLabel") else None


def _fault(uri: str, label: str, kind: str, status: str) -> str:
    """Say why a row makes no concept; empty when it does."""
    if not _URI.match(uri):
        return "no URI"
    if not label:
        return "empty label"
    if kind not in _KINDS:
        return f"unknown type {kind!r}"
    return f"status {status}" if status and status.lower() != "released" else ""
