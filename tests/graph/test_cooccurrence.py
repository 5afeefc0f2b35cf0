import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metier.graph import cooccurrence
from metier.graph.cooccurrence import Cooccurrence


def counted(sets, **options):
    found = Cooccurrence(**options)
    for members in sets:
        found.add(members)
    return found


SETS = [["a", "b"]] * 6 + [["c", "d"]] * 6 + [["a", "c"]] * 5 + [["e"]] * 20


def test_what_is_met_together_more_than_by_chance_is_a_pair():
    pairs = {(pair.first, pair.second): pair for pair in counted(SETS).pairs()}
    assert set(pairs) >= {("a", "b"), ("c", "d")}
    assert pairs["a", "b"].count == 6
    assert all(0 < pair.strength <= 1 and pair.ppmi > 0 for pair in pairs.values())


def test_without_smoothing_it_is_the_mutual_information():
    counts = counted(SETS, smoothing=1.0)
    pairs = {(pair.first, pair.second): pair for pair in counts.pairs()}
    both, one, other = 6 / 37, 11 / 37, 6 / 37
    assert (counts.sets, counts.count("a"), counts.count("gone")) == (37, 11, 0)
    assert pairs["a", "b"].ppmi == pytest.approx(math.log(both / (one * other)))


def test_what_is_met_too_seldom_or_by_chance_is_none():
    assert counted([["a", "b"]] * 4).pairs() == []
    assert counted([["a", "b"], ["a"], ["b"], []] * 9, minimum=1).pairs() == []
    assert counted([]).pairs() == []


def test_edges_are_marked_inferred_and_carry_the_count():
    edges = list(counted(SETS).edges(origin="ads", least=0.1))
    assert [(edge.kind, edge.is_inferred, edge.origin) for edge in edges] == [("cooccurs", True, "ads")] * len(edges)
    assert edges[0].count == 6
    assert list(counted(SETS).edges(origin="ads", least=1.1)) == []


@given(st.lists(st.lists(st.sampled_from("abcdef"), max_size=5), max_size=40), st.randoms(use_true_random=False))
def test_neither_order_nor_repetition_nor_batches_matter(sets, order):
    plain = counted(sets, minimum=1).pairs()
    shuffled = [order.sample([*members, *members], 2 * len(members)) for members in sets]
    order.shuffle(shuffled)
    assert counted(shuffled, minimum=1).pairs() == plain


def test_counting_in_small_batches_gives_the_same(monkeypatch):
    sets = [random.Random(seed).choices("abcdefgh", k=4) for seed in range(200)]
    whole = counted(sets).pairs()
    monkeypatch.setattr(cooccurrence, "_BATCH", 3)
    assert counted(sets).pairs() == whole
