"""A graph as compact arrays, and the file that holds them: strings joined, edges in columns."""

from __future__ import annotations

import io
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from metier.errors import InputError

Column = NDArray[np.int32]
_FORM = 1
_NAMES = "names."
_COLUMNS = ("source", "target", "kind", "count", "weight", "is_inferred", "origin")


@dataclass(frozen=True, slots=True, kw_only=True)
class EdgeColumns:
    """Edges, one a row, sorted by source, target and kind; nodes, kinds and origins by number."""

    source: Column
    target: Column
    kind: NDArray[np.uint8]
    count: Column
    weight: NDArray[np.float32]
    is_inferred: NDArray[np.bool_]
    origin: NDArray[np.uint8]

    def __len__(self) -> int:
        return len(self.source)


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphArrays:
    """A whole graph.

    Attributes:
        uris: The nodes; their place is their number.
        kinds: Places in `NODE_KINDS`.
        labels: One for each node; empty where only another language names it.
        names: By language, by node, the names in it, the preferred one first.
        origins: Who says so, by number.
    """

    uris: list[str]
    kinds: NDArray[np.uint8]
    labels: list[str]
    edges: EdgeColumns
    names: Mapping[str, Mapping[int, tuple[str, ...]]] = field(default_factory=dict)
    origins: list[str] = field(default_factory=list)


def to_bytes(arrays: GraphArrays) -> bytes:
    """Write a graph; the same graph gives the same bytes."""
    columns = {f"edge.{name}": getattr(arrays.edges, name) for name in _COLUMNS}
    names = {_NAMES + language: _packed(_name_lines(arrays.names[language])) for language in sorted(arrays.names)}
    out = io.BytesIO()
    np.savez_compressed(
        out,
        form=np.array([_FORM]),
        uris=_packed(arrays.uris),
        kinds=arrays.kinds,
        labels=_packed(arrays.labels),
        origins=_packed(arrays.origins),
        **columns,  # NumPy takes any name but those of its own options
        **names,  # type: ignore[arg-type]
    )
    return out.getvalue()


def from_bytes(data: bytes, source: str) -> GraphArrays:
    """Read a graph that `to_bytes` wrote.

    Args:
        data: What it wrote.
        source: The file, for the error.

    Raises:
        InputError: These bytes are no such graph.
    """
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as file:
            stored = {name: file[name] for name in file.files}
        if int(stored["form"][0]) != _FORM:
            raise KeyError("form")
        return _arrays(stored)
    except (KeyError, ValueError, OSError, EOFError, BadZipFile) as error:
        raise InputError(
            f"{source} is no graph of this version of Metier", hint="Load the taxonomy again: metier taxonomy load."
        ) from error


def save_arrays(arrays: GraphArrays, path: Path) -> None:
    """Write a graph to a file, whole or not at all."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.write_bytes(to_bytes(arrays))
    draft.replace(path)


def _arrays(stored: dict[str, NDArray[np.generic]]) -> GraphArrays:
    names = {name[len(_NAMES) :]: _names(_lines(stored[name])) for name in stored if name.startswith(_NAMES)}
    columns = {name: stored[f"edge.{name}"] for name in _COLUMNS}
    return GraphArrays(
        uris=_lines(stored["uris"]),
        kinds=stored["kinds"].astype(np.uint8, copy=False),
        labels=_lines(stored["labels"]),
        origins=_lines(stored["origins"]),
        edges=EdgeColumns(**columns),  # type: ignore[arg-type] # as `to_bytes` wrote them
        names=names,
    )


def _packed(lines: list[str]) -> NDArray[np.uint8]:
    return np.frombuffer("".join(f"{line}\n" for line in lines).encode("utf-8"), dtype=np.uint8)


def _lines(packed: NDArray[np.generic]) -> list[str]:
    return packed.tobytes().decode("utf-8").split("\n")[:-1]


def _name_lines(names: Mapping[int, tuple[str, ...]]) -> list[str]:
    return ["\t".join((str(node), *names[node])) for node in sorted(names)]


def _names(lines: list[str]) -> dict[int, tuple[str, ...]]:
    rows = (line.split("\t") for line in lines)
    return {int(row[0]): tuple(row[1:]) for row in rows}
