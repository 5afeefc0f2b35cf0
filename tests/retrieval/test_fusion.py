from metier.retrieval.base import Hit
from metier.retrieval.fusion import fuse


def hits(*keys):
    return [Hit(id=key, score=1.0, rank=rank) for rank, key in enumerate(keys, start=1)]


def test_agreement_beats_a_single_first_place_and_ties_go_by_id():
    fused = fuse([hits("a", "b"), hits("c", "b")], depth=3)
    assert [hit.id for hit in fused] == ["b", "a", "c"]
    assert [hit.rank for hit in fused] == [1, 2, 3]


def test_depth_cuts_and_weights_count():
    assert [hit.id for hit in fuse([hits("a"), hits("b")], depth=1, weights=[1, 2])] == ["b"]
