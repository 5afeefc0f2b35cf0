"""Read the official text files of the O*NET database, row by row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from metier.errors import InputError
from metier.graph.edge import Edge, EdgeKind, Node
from metier.graph.linker import SkillLinker
from metier.graph.load_report import FileReport, LoadReport
from metier.graph.taxonomy_file import TaxonomyFile

TAXONOMY = "onet"
PREFIX = "onet:"
_CODE = re.compile(r"^\d\d-\d{4}\.\d\d$")
_SOC = "O*NET-SOC Code"
_IMPORTANT, _USEFUL = 3.5, 2.75
"""Importance of a skill or a field of knowledge, 1 to 5, from which it is essential, or optional."""
_SURE = 0.9
"""Confidence that a task asks for the skill it names; a second and a third task add to it."""
_TIERS = {"primary-short": 1.0, "primary-long": 0.8, "supplemental": 0.6}
_LEFT = frozenset(
    """content_model_reference read_me scales_reference abilities interests work_activities work_context work_styles
    work_values dwa_reference iwa_reference tasks_to_dwas task_ratings task_categories emerging_tasks tools_used
    unspsc_reference job_zones job_zone_reference education_training_and_experience survey_booklet_locations
    occupation_level_metadata level_scale_anchors ete_categories work_context_categories""".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OnetReader:
    """Gives the nodes and edges of O*NET's files, and notes what it took.

    Args:
        origin: What edges carry, such as `onet 29.0`.
        report: What is filled in.
        linker: Finds the skills that tasks name: edges that are marked inferred; none if None.
    """

    origin: str
    report: LoadReport
    linker: SkillLinker | None = None

    def read(self, file: TaxonomyFile) -> Iterator[Node | Edge]:
        """Give the nodes and edges of one file; one that the graph has no room for is reported as not taken.

        Raises:
            InputError: A table of O*NET lacks a column, or is broken.
        """
        reader = {
            "occupation_data": self._occupations,
            "alternate_titles": self._titles,
            "sample_of_reported_titles": self._titles,
            "technology_skills": self._technologies,
            "related_occupations": self._related,
            "skills": self._elements,
            "knowledge": self._elements,
            "task_statements": self._tasks,
        }.get(table_of(file))
        if reader is None:
            why = "the graph has no room for it" if table_of(file) in _LEFT else "no table of O*NET has this name"
            self.report.not_taken.append((str(file), why))
        elif table_of(file) == "task_statements" and self.linker is None:
            self.report.not_taken.append((str(file), "skills are not inferred"))
        else:
            yield from reader(file, self.report.file(str(file)))

    def _occupations(self, file: TaxonomyFile, report: FileReport) -> Iterator[Node | Edge]:
        for code, title in file.rows((_SOC, "Title"), delimiter="\t"):
            if self._is_sound(code, title, report):
                yield Node(uri=PREFIX + code, kind="occupation", label=title, labels={"en": (title,)})
                major = code[:2]
                group = f"{PREFIX}group/{major}"
                yield Node(uri=group, kind="group", label=_MAJOR.get(major, f"major group {major}"))
                yield self._edge(PREFIX + code, group, "broader")

    def _titles(self, file: TaxonomyFile, report: FileReport) -> Iterator[Node]:
        column = "Alternate Title" if table_of(file) == "alternate_titles" else "Reported Job Title"
        for code, title, short in file.rows((_SOC, column), optional=("Short Title",), delimiter="\t"):
            if self._is_sound(code, title, report):
                names = tuple(name for name in (title, short) if name and name.lower() != "n/a")
                yield Node(uri=PREFIX + code, kind="occupation", label="", labels={"en": names})

    def _technologies(self, file: TaxonomyFile, report: FileReport) -> Iterator[Node | Edge]:
        needed, optional = (_SOC, "Example", "Commodity Code", "Commodity Title"), ("Hot Technology", "In Demand")
        for code, name, group, title, hot, demanded in file.rows(needed, optional=optional, delimiter="\t"):
            if not self._is_sound(code, name, report):
                continue
            uri = f"{PREFIX}technology/{_slug(name)}"
            yield Node(uri=uri, kind="technology", label=name, labels={"en": (name,)})
            yield from self._same(uri, name)
            if group and title:
                yield Node(uri=f"{PREFIX}commodity/{group}", kind="group", label=title, labels={"en": (title,)})
                yield self._edge(uri, f"{PREFIX}commodity/{group}", "broader")
            kind: EdgeKind = "essential" if demanded == "Y" else "optional"
            yield self._edge(PREFIX + code, uri, kind, 1.0 if "Y" in {hot, demanded} else 0.8)

    def _same(self, uri: str, name: str) -> Iterator[Node | Edge]:
        """Tie a technology to the one of the same name that Metier knows; marked inferred."""
        mentions = self.linker.link(name) if self.linker else []
        if len(mentions) == 1 and len(mentions[0].span.text) == len(name):
            found = mentions[0]
            yield Node(uri=found.uri, kind="technology", label=found.preferred_label)
            yield Edge(
                source=uri, target=found.uri, kind="same_as", weight=found.score, is_inferred=True, origin=self.origin
            )

    def _related(self, file: TaxonomyFile, report: FileReport) -> Iterator[Edge]:
        needed = (_SOC, "Related O*NET-SOC Code")
        for code, other, tier in file.rows(needed, optional=("Relatedness Tier",), delimiter="\t"):
            if self._is_sound(code, other, report) and code != other:
                yield self._edge(PREFIX + code, PREFIX + other, "related", _TIERS.get(tier.lower(), 0.6))

    def _elements(self, file: TaxonomyFile, report: FileReport) -> Iterator[Node | Edge]:
        needed = (_SOC, "Element ID", "Element Name", "Scale ID", "Data Value")
        for code, key, name, scale, value, suppress in file.rows(
            needed, optional=("Recommend Suppress",), delimiter="\t"
        ):
            if scale != "IM" or suppress == "Y":
                report.skipped["not the importance, or suppressed"] += 1
                continue
            importance = _number(value)
            if importance is None:
                report.skipped["no number"] += 1
            elif importance < _USEFUL:
                report.skipped["of little importance"] += 1
            elif self._is_sound(code, name, report):
                uri = f"{PREFIX}element/{key}"
                yield Node(uri=uri, kind="skill", label=name, labels={"en": (name,)})
                kind: EdgeKind = "essential" if importance >= _IMPORTANT else "optional"
                yield self._edge(PREFIX + code, uri, kind, round(min(1.0, (importance - 1) / 4), 3))

    def _tasks(self, file: TaxonomyFile, report: FileReport) -> Iterator[Node | Edge]:
        """Infer the skills of an occupation from what its tasks name; tasks of one stand together in the file."""
        found: dict[str, int] = {}
        current = ""
        for code, task in file.rows((_SOC, "Task"), delimiter="\t"):
            if not self._is_sound(code, task, report):
                continue
            if code != current:
                yield from self._inferred(current, found)
                current, found = code, {}
            mentions = self.linker.link(task) if self.linker else ()
            for uri in dict.fromkeys(mention.uri for mention in mentions if not mention.is_negated):
                found[uri] = found.get(uri, 0) + 1
        yield from self._inferred(current, found)

    def _inferred(self, code: str, found: dict[str, int]) -> Iterator[Node | Edge]:
        for uri, count in found.items():
            skill = self.linker.skill(uri) if self.linker else None
            if skill is None:
                continue
            yield Node(uri=uri, kind="skill", label=skill.preferred_label)
            sure = round(1 - (1 - _SURE * self.linker.specificity(uri)) ** count, 3) if self.linker else 0.0
            yield Edge(
                source=PREFIX + code,
                target=uri,
                kind="optional",
                count=count,
                weight=sure,
                is_inferred=True,
                origin=self.origin,
            )

    def _is_sound(self, code: str, text: str, report: FileReport) -> bool:
        """Check a row, and count it."""
        if not _CODE.match(code):
            report.skipped["no O*NET-SOC code"] += 1
            return False
        if not text:
            report.skipped["empty label"] += 1
            return False
        report.taken += 1
        return True

    def _edge(self, source: str, target: str, kind: EdgeKind, weight: float = 1.0) -> Edge:
        return Edge(source=source, target=target, kind=kind, weight=weight, origin=self.origin)


_MAJOR = {
    "11": "Management",
    "13": "Business and Financial Operations",
    "15": "Computer and Mathematical",
    "17": "Architecture and Engineering",
    "19": "Life, Physical, and Social Science",
    "21": "Community and Social Service",
    "23": "Legal",
    "25": "Educational Instruction and Library",
    "27": "Arts, Design, Entertainment, Sports, and Media",
    "29": "Healthcare Practitioners and Technical",
    "31": "Healthcare Support",
    "33": "Protective Service",
    "35": "Food Preparation and Serving Related",
    "37": "Building and Grounds Cleaning and Maintenance",
    "39": "Personal Care and Service",
    "41": "Sales and Related",
    "43": "Office and Administrative Support",
    "45": "Farming, Fishing, and Forestry",
    "47": "Construction and Extraction",
    "49": "Installation, Maintenance, and Repair",
    "51": "Production",
    "53": "Transportation and Material Moving",
    "55": "Military Specific",
}
"""The major groups of the Standard Occupational Classification (2018), which the database does not name."""


def table_of(file: TaxonomyFile) -> str:
    """Give a file's table: `Occupation Data.txt` and `occupation_data.tsv` are `occupation_data`."""
    return re.sub(r"[^a-z]+", "_", file.name.rpartition(".")[0].lower()).strip("_")


def is_onet(file: TaxonomyFile) -> bool:
    """Say whether a file is named as the database names its own."""
    taken = {"occupation_data", "alternate_titles", "sample_of_reported_titles", "technology_skills"}
    taken |= {"related_occupations", "skills", "knowledge", "task_statements"}
    return file.name.lower().endswith((".txt", ".tsv")) and table_of(file) in taken | _LEFT


def version_of(files: Sequence[TaxonomyFile]) -> str:
    """Tell the database's version by what its folder or zip is called, such as `db_29_0_text`; empty if it is not.

    Raises:
        InputError: They are of several versions.
    """
    names = {name for file in files for name in (file.path.name, file.path.parent.name, file.member)}
    found = {f"{told[1]}.{told[2]}" for told in (re.search(r"db_(\d+)_(\d+)", name) for name in names) if told}
    if len(found) > 1:
        raise InputError(
            f"the files are of several versions: {', '.join(sorted(found))}", hint="Load one version at a time."
        )
    return next(iter(found), "")


def _slug(name: str) -> str:
    plain = name.casefold().replace("+", "-plus").replace("#", "-sharp")
    return re.sub(r"[^\w]+", "-", plain).strip("-")


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if 0 <= value <= 100 else None
