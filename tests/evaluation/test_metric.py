"""Our metrics against ir-measures."""

import ir_measures
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ir_measures import AP, RR, R, nDCG

from metier.evaluation.metric import METRICS, r_precision_at

KEYS = [f"d{number:02}" for number in range(30)]
THEIRS = {"map": AP, "mrr": RR, "ndcg@10": nDCG @ 10, "recall@10": R @ 10, "recall@100": R @ 100}


@settings(max_examples=60, deadline=None)
@given(
    ranked=st.permutations(KEYS).map(lambda keys: keys[:25]),
    grades=st.dictionaries(st.sampled_from(KEYS), st.integers(0, 3), min_size=1),
)
def test_metrics_agree_with_ir_measures(ranked, grades):
    if not any(grades.values()):
        return
    qrels = [ir_measures.Qrel("q", key, grade) for key, grade in grades.items()]
    run = [ir_measures.ScoredDoc("q", key, float(-rank)) for rank, key in enumerate(ranked)]
    theirs = ir_measures.calc_aggregate(THEIRS.values(), qrels, run)
    for name, measure in THEIRS.items():
        assert METRICS[name](ranked, grades) == pytest.approx(theirs[measure], abs=1e-6)


def test_r_precision_at_ten_divides_by_what_there_could_be():
    assert r_precision_at(["a", "x", "b"], {"a": 1, "b": 1}, k=10) == 1.0
    assert r_precision_at(["x", "y"], {"a": 1}, k=10) == 0.0
