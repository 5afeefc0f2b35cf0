from hypothesis import given
from hypothesis import strategies as st

from metier.graph.cycle import find_cycles


def test_what_has_no_ring_gives_none():
    assert find_cycles([]) == []
    assert find_cycles([(1, 2), (2, 3), (1, 3)]) == []


def test_each_ring_is_told_from_its_smallest_node():
    assert find_cycles([(5, 3), (3, 4), (4, 5), (9, 5), (5, 8)]) == [(3, 4, 5)]
    assert find_cycles([(1, 2), (2, 1), (7, 8), (8, 7)]) == [(1, 2), (7, 8)]


def test_a_node_that_is_wider_than_itself_is_a_ring():
    assert find_cycles([(4, 4)]) == [(4,)]


def test_no_depth_is_too_much():
    assert find_cycles([(number, number + 1) for number in range(20_000)] + [(20_000, 0)]) == [tuple(range(20_001))]


@given(st.sets(st.tuples(st.integers(0, 8), st.integers(0, 8)), max_size=25))
def test_rings_are_rings_and_without_them_nothing_goes_round(pairs):
    rings = find_cycles(pairs)
    for ring in rings:
        assert all(pair in pairs for pair in zip(ring, (*ring[1:], ring[0]), strict=True))
    members = {node for ring in rings for node in ring}
    assert find_cycles({pair for pair in pairs if not members & set(pair)}) == []
    assert bool(rings) == goes_round(pairs)


def goes_round(pairs):
    left = set(pairs)
    while True:
        kept = {(one, other) for one, other in left if any(other == source for source, _ in left)}
        if kept == left:
            return bool(left)
        left = kept
