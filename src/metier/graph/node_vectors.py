"""Light vectors of the nodes of a graph, from its edges alone: the strongest directions of its PPMI matrix.

A truncated eigendecomposition of the positive pointwise mutual information of the edges (Levy and Goldberg 2014; as in
NetMF, Qiu et al. 2018, with a window of one), found by subspace iteration: NumPy alone, the same seed gives the same
vectors.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from metier.graph.edge import EDGE_KINDS, EdgeKind
from metier.graph.graph_arrays import GraphArrays

_ROUNDS = 12
_SPARE = 16
"""Directions beside those that are kept, so that the last of them are found well too."""
_CHUNK = 1 << 17

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class SparseMatrix:
    """A square sparse matrix, by rows.

    Attributes:
        starts: Where each row begins among the entries, and the end of the last.
    """

    starts: NDArray[np.int64]
    columns: NDArray[np.int64]
    values: NDArray[np.float64]

    def __matmul__(self, dense: Matrix) -> Matrix:
        """Multiply by a dense matrix."""
        size = len(self.starts) - 1
        out = np.zeros((size, dense.shape[1]))
        begin = 0
        while begin < size:
            end = max(begin + 1, int(np.searchsorted(self.starts, self.starts[begin] + _CHUNK, side="right")) - 1)
            first, last = int(self.starts[begin]), int(self.starts[end])
            held = np.flatnonzero(self.starts[begin:end] < self.starts[begin + 1 : end + 1])
            if len(held):
                terms = self.values[first:last, None] * dense[self.columns[first:last]]
                out[begin + held] = np.add.reduceat(terms, self.starts[begin + held] - first, axis=0)
            begin = end
        return out


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeVectors:
    """A vector for each node that has edges; all of length 1, so that a product is a cosine.

    Attributes:
        uris: Of the rows.
    """

    uris: list[str]
    vectors: NDArray[np.float32]

    def row(self, uri: str) -> int | None:
        """Give the row of a node, or None for one that has no edges: nothing is known of it."""
        place = bisect_left(self.uris, uri)
        return place if place < len(self.uris) and self.uris[place] == uri else None

    def of_several(self, uris: Sequence[str]) -> NDArray[np.float32] | None:
        """Give the vector of something new by what it is tied to: the mean of theirs, or None if none is known.

        So a job of a few skills, or a person who did nothing yet, gets a place in the graph.
        """
        rows = [row for row in map(self.row, uris) if row is not None]
        mean = self.vectors[rows].mean(axis=0) if rows else np.zeros(1, np.float32)
        length = float(np.linalg.norm(mean))
        return (mean / length).astype(np.float32) if length > 0 else None

    def nearest(self, vector: NDArray[np.float32], *, n: int, leave: Collection[str] = ()) -> list[tuple[str, float]]:
        """Give the nodes nearest to a vector, by cosine; equal ones by URI.

        Args:
            vector: Such as `of_several` gives.
            n: How many.
            leave: Nodes that are not wanted.
        """
        cosines = self.vectors @ vector
        order = np.lexsort((np.arange(len(cosines)), -cosines))
        found = ((self.uris[row], float(cosines[row])) for row in order.tolist() if self.uris[row] not in leave)
        return [pair for pair, _ in zip(found, range(n), strict=False)]


def learn_vectors(
    arrays: GraphArrays, *, size: int = 64, seed: int = 0, kinds: Collection[EdgeKind] = (), smoothing: float = 0.75
) -> NodeVectors:
    """Learn vectors of a graph's nodes.

    Args:
        arrays: The graph.
        size: Numbers of a vector; fewer when the graph is smaller than that.
        seed: Where the search for directions starts.
        kinds: Only edges of these kinds; all if empty.
        smoothing: Power of the degrees, as in `cooccurrence`.
    """
    one, other, weights = _ends(arrays, kinds)
    nodes, places = np.unique(np.concatenate([one, other]), return_inverse=True)
    if not len(nodes):
        return NodeVectors(uris=[], vectors=np.empty((0, 0), np.float32))
    rows, columns = places[: len(one)], places[len(one) :]
    matrix = _ppmi(_symmetric(rows, columns, weights, len(nodes)), smoothing)
    found = _embed(matrix, min(size, len(nodes)), seed)
    return NodeVectors(uris=[arrays.uris[node] for node in nodes.tolist()], vectors=found.astype(np.float32))


def _ends(
    arrays: GraphArrays, kinds: Collection[EdgeKind]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    edges = arrays.edges
    numbers = [EDGE_KINDS.index(kind) for kind in kinds or EDGE_KINDS]
    chosen = np.isin(edges.kind, numbers) & (edges.weight > 0)
    return (
        edges.source[chosen].astype(np.int64),
        edges.target[chosen].astype(np.int64),
        edges.weight[chosen].astype(np.float64),
    )


def _symmetric(
    rows: NDArray[np.int64], columns: NDArray[np.int64], weights: NDArray[np.float64], size: int
) -> SparseMatrix:
    """Put edges into a matrix both ways; of several between two nodes the weights add up."""
    keys = np.concatenate([rows * size + columns, columns * size + rows])
    merged, places = np.unique(keys, return_inverse=True)
    values = np.bincount(places, weights=np.concatenate([weights, weights])).astype(np.float64)
    return _by_rows(merged // size, merged % size, values, size)


def _by_rows(
    rows: NDArray[np.int64], columns: NDArray[np.int64], values: NDArray[np.float64], size: int
) -> SparseMatrix:
    return SparseMatrix(np.searchsorted(rows, np.arange(size + 1)), columns, values)


def _ppmi(matrix: SparseMatrix, smoothing: float) -> SparseMatrix:
    """Give how much more often two nodes are tied than their degrees let expect; ties below that are 0."""
    size = len(matrix.starts) - 1
    rows = np.repeat(np.arange(size), np.diff(matrix.starts))
    degrees = np.bincount(rows, weights=matrix.values, minlength=size)
    smoothed = degrees**smoothing
    expected = degrees[rows] * smoothed[matrix.columns] + degrees[matrix.columns] * smoothed[rows]
    values = np.log(2 * matrix.values * smoothed.sum() / expected)
    return SparseMatrix(matrix.starts, matrix.columns, np.maximum(values, 0.0))


def _embed(matrix: SparseMatrix, size: int, seed: int) -> Matrix:
    """Give the largest directions, each weighed by the root of its strength, in rows of length 1."""
    count = len(matrix.starts) - 1
    width = min(size + _SPARE, count)
    basis, _ = np.linalg.qr(np.random.default_rng(seed).standard_normal((count, width)))
    for _ in range(_ROUNDS):
        basis, _ = np.linalg.qr(matrix @ basis)
    values, turns = np.linalg.eigh(basis.T @ (matrix @ basis))
    largest = np.argsort(-np.abs(values), kind="stable")[:size]
    found = basis @ turns[:, largest] * np.sqrt(np.abs(values[largest]))
    found *= _signs(found)
    lengths = np.linalg.norm(found, axis=1, keepdims=True)
    scaled: Matrix = found / np.where(lengths > 0, lengths, 1.0)
    return scaled


def _signs(found: Matrix) -> Matrix:
    """Turn each direction so that its largest entry is positive: a decomposition leaves that open."""
    peaks = found[np.abs(found).round(6).argmax(axis=0), np.arange(found.shape[1])]
    return np.where(peaks < 0, -1.0, 1.0)
