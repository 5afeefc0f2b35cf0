from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from metier.graph.edge import EDGE_KINDS
from metier.graph.path_search import COST, cheapest, edge_cost


class Plain:
    """A graph of pairs of numbers, each with a price."""

    def __init__(self, edges):
        self.beside: dict[int, list[tuple[int, int, float]]] = {}
        for number, (one, other, price) in enumerate(edges):
            self.beside.setdefault(one, []).append((other, number, price))
            self.beside.setdefault(other, []).append((one, number, price))

    def hops(self, node):
        return iter(self.beside.get(node, []))

    def degree(self, node):
        return len(self.beside.get(node, []))


def test_every_kind_of_edge_has_a_price_and_a_weak_one_costs_more():
    assert set(COST) == set(EDGE_KINDS)
    assert edge_cost("broader", 1.0) < edge_cost("broader", 0.4)


def test_two_cheap_edges_beat_a_dear_one():
    graph = Plain([(0, 2, 9.0), (0, 1, 1.0), (1, 2, 1.0)])
    assert cheapest(graph, 0, 2, max_length=4) == [(1, 1), (2, 2)]
    assert cheapest(graph, 0, 2, max_length=1) == [(0, 2)]


def test_the_way_goes_round_what_everything_hangs_on():
    hub = [(0, 9, 1.0), (9, 2, 1.0), *[(9, leaf, 1.0) for leaf in range(100, 400)]]
    way = cheapest(Plain([*hub, (0, 1, 1.1), (1, 2, 1.1)]), 0, 2, max_length=4)
    assert way is not None
    assert [node for _, node in way] == [1, 2]


def test_a_node_is_its_own_end_and_no_way_is_none():
    assert cheapest(Plain([(0, 1, 1.0)]), 0, 0, max_length=4) == []
    assert cheapest(Plain([(0, 1, 1.0), (2, 3, 1.0)]), 0, 3, max_length=9) is None


@given(
    st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7), st.sampled_from([0.5, 1.0, 2.0])), max_size=20),
    st.integers(1, 4),
)
def test_a_way_is_whole_and_never_too_long_and_is_found_when_there_is_one(edges, length):
    graph = Plain(edges)
    way = cheapest(graph, 0, 7, max_length=length)
    assert (way is not None) == (7 in reachable(edges, length))
    if way is not None:
        assert 0 < len(way) <= length
        for (_, one), (edge, other) in pairwise([(-1, 0), *way]):
            assert {one, other} == set(edges[edge][:2])


def reachable(edges, length):
    reached = {0}
    for _ in range(length):
        reached |= {other for one, other, _ in edges if one in reached} | {
            one for one, other, _ in edges if other in reached
        }
    return reached
