"""What a load of a taxonomy took, and what it did not."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass(slots=True, kw_only=True)
class FileReport:
    """One file.

    Attributes:
        taken: Rows or statements that made a node or an edge.
        skipped: How many did not, by reason.
    """

    name: str
    taken: int = 0
    skipped: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True, kw_only=True)
class LoadReport:
    """One load.

    Attributes:
        languages: Those that name nodes now.
        files: What was read, in the order of reading.
        not_taken: Files that were left, and why.
        nodes: How many of each kind the stored taxonomy has now.
        edges: How many of each kind.
        inferred: How many of the edges nobody states.
        loose: Edges left out because an end is no node.
        cycles: Rings of `broader`, each the labels in order; they are kept, and queries go on.
        path: Where it is stored.
    """

    taxonomy: str
    version: str = ""
    languages: list[str] = field(default_factory=list)
    files: list[FileReport] = field(default_factory=list)
    not_taken: list[tuple[str, str]] = field(default_factory=list)
    nodes: dict[str, int] = field(default_factory=dict)
    edges: dict[str, int] = field(default_factory=dict)
    inferred: int = 0
    loose: int = 0
    cycles: list[tuple[str, ...]] = field(default_factory=list)
    path: str = ""

    def file(self, name: str) -> FileReport:
        """Begin the report of a file."""
        self.files.append(FileReport(name=name))
        return self.files[-1]
