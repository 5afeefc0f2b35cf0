"""Scores of pairs, alone and in any batch."""

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("onnx")
pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    "choices",
    [
        {},
        {"head": "late"},
        {"head": "attention", "loss": "bce"},
        {"form": "cross-encoder", "loss": "bce"},
        {"adaptation": "head", "head": "positional"},
    ],
    ids=lambda choices: "-".join(choices.values()) or "plain",
)
def test_a_pair_has_its_score_whatever_is_beside_it(scorer_of, choices):
    scorer = scorer_of(in_bf16=False, **choices)
    left, right = ["TIG welder", "staff nurse", "TIG welder"], ["welder", "nurse", "baker"]
    scores = scorer.score(left, right)
    assert scorer.score(left[1:2], right[1:2])[0] == pytest.approx(scores[1], abs=1e-4)
    assert scorer.score([], []).shape == (0,)
    vectors = scorer.vectors(left)
    assert vectors.shape == (3, 24)
    assert vectors[0] @ vectors[2] == pytest.approx(1, abs=1e-4)
    assert scorer.is_portable == (not choices)


def test_a_frozen_network_reads_a_text_once(scorer_of, monkeypatch):
    scorer = scorer_of(adaptation="head", head="linear")
    first = scorer.kept_documents(["nurse", "welder", "nurse"])
    monkeypatch.setattr(scorer, "documents", None)
    again = scorer.kept_documents(["welder", "nurse"])
    assert torch.equal(first[0][:2].flip(0), again[0])
