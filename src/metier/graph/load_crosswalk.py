"""Read a crosswalk between ESCO and O*NET that a user gives: which occupations of the two are the same.

Only ever read when the user names the file; nothing that ships is made with one.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass

from metier.errors import InputError
from metier.graph.edge import Edge, EdgeKind
from metier.graph.load_onet import PREFIX
from metier.graph.load_report import LoadReport
from metier.graph.taxonomy_file import TaxonomyFile

TAXONOMY = "crosswalk"
_ONET = re.compile(r"\d\d-\d{4}\.\d\d")
_ESCO = re.compile(r"http://data\.europa\.eu/esco/(?:occupation/[0-9a-f-]+|isco/C\d+)")
_MATCHES: dict[str, tuple[EdgeKind, float]] = {
    "exact": ("same_as", 1.0),
    "close": ("same_as", 0.9),
    "broad": ("related", 0.7),
    "narrow": ("related", 0.7),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CrosswalkReader:
    """Gives an edge for each pair of a crosswalk; the columns are told by what is in them.

    Args:
        origin: What edges carry.
        report: What is filled in.
    """

    origin: str
    report: LoadReport

    def read(self, file: TaxonomyFile) -> Iterator[Edge]:
        """Give the edges of one file, comma or tab separated, with any lines before its heading.

        Raises:
            InputError: No row of it holds both an O*NET-SOC code and an address of an ESCO occupation.
        """
        report = self.report.file(str(file))
        with file.open() as text:
            for row in csv.reader(text, delimiter="\t" if file.name.endswith((".tsv", ".txt")) else ","):
                edge = self._edge(" | ".join(row))
                if edge is None:
                    report.skipped["no pair"] += 1
                else:
                    report.taken += 1
                    yield edge
        if not report.taken:
            raise InputError(
                f"{file} pairs no O*NET-SOC code with an ESCO address",
                hint="Give the crosswalk as it was downloaded, as CSV.",
            )

    def _edge(self, row: str) -> Edge | None:
        code, uri = _ONET.search(row), _ESCO.search(row)
        if code is None or uri is None:
            return None
        told = re.search(r"(?i)\b(exact|close|broad|narrow)(?:er)?\s?match\b", row)
        kind, weight = _MATCHES[told[1].lower() if told else "close"]
        return Edge(source=PREFIX + code[0], target=uri[0], kind=kind, weight=weight, origin=self.origin)


def is_crosswalk(file: TaxonomyFile) -> bool:
    """Say whether a file calls itself a crosswalk."""
    return "crosswalk" in file.name.lower()
