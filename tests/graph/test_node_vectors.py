import numpy as np
import pytest

from metier.graph.edge import Edge, Node
from metier.graph.graph_builder import GraphBuilder
from metier.graph.node_vectors import SparseMatrix, learn_vectors

LEFT, RIGHT = [f"l{n}" for n in range(8)], [f"r{n}" for n in range(8)]


def arrays(*, bridges=1):
    """Two clubs in which nearly everyone knows everyone, and a few who know the other club."""
    builder = GraphBuilder()
    builder.add_all(Node(uri=uri, kind="skill", label=uri) for uri in [*LEFT, *RIGHT, "alone"])
    for club in (LEFT, RIGHT):
        builder.add_all(
            Edge(source=one, target=other, kind="cooccurs")
            for one in club
            for other in club
            if one < other and (one, other) != (club[0], club[1])
        )
    builder.add_all(Edge(source=LEFT[n], target=RIGHT[n], kind="related") for n in range(bridges))
    return builder.build()


def test_friends_are_near_though_their_own_edge_is_missing():
    vectors = learn_vectors(arrays(), size=8, seed=0)
    first = vectors.vectors[vectors.row("l0")]
    near = [uri for uri, _ in vectors.nearest(first, n=7, leave=["l0"])]
    assert set(near) == set(LEFT) - {"l0"}


def test_the_same_seed_gives_the_same_vectors_and_all_have_length_1():
    one, other = learn_vectors(arrays(), size=8, seed=3), learn_vectors(arrays(), size=8, seed=3)
    assert np.array_equal(one.vectors, other.vectors)
    assert np.allclose(np.linalg.norm(one.vectors, axis=1), 1.0)
    first, second = (learn_vectors(arrays(), size=2, seed=seed).vectors for seed in (4, 5))
    assert np.allclose(first @ first.T, second @ second.T, atol=1e-3)


def test_something_new_gets_its_place_by_what_it_is_tied_to():
    vectors = learn_vectors(arrays(), size=8, seed=0)
    new = vectors.of_several(["r1", "r2", "alone"])
    assert vectors.nearest(new, n=1)[0][0] in RIGHT
    assert vectors.of_several(["alone", "gone"]) is None
    assert vectors.row("alone") is None


def test_only_edges_of_the_kinds_asked_for_count():
    assert learn_vectors(arrays(bridges=3), size=2, seed=0, kinds=["related"]).uris == [
        "l0",
        "l1",
        "l2",
        "r0",
        "r1",
        "r2",
    ]
    empty = learn_vectors(GraphBuilder().build(), size=4, seed=0)
    assert empty.uris == []
    assert empty.row("l0") is None


@pytest.mark.parametrize("chunk", [1, 3, 1000])
def test_the_sparse_product_is_the_dense_one(monkeypatch, chunk):
    monkeypatch.setattr("metier.graph.node_vectors._CHUNK", chunk)
    rng = np.random.default_rng(0)
    dense = rng.random((9, 9)) * (rng.random((9, 9)) < 0.3)
    dense[4] = 0
    rows, columns = np.nonzero(dense)
    sparse = SparseMatrix(np.searchsorted(rows, np.arange(10)), columns, dense[rows, columns])
    other = rng.random((9, 4))
    assert np.allclose(sparse @ other, dense @ other)
