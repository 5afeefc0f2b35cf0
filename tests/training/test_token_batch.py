"""Tokens: slices without much padding, documents as parts."""

import pytest

torch = pytest.importorskip("torch")
pytestmark = pytest.mark.slow


def test_slices_hold_few_tokens_and_every_text(scorer_of):
    from metier.training.token_batch import slices

    ids = [[0] * length for length in (3, 9, 4, 4, 8, 2)]
    found = list(slices(ids, tokens=12))
    assert sorted(place for places in found for place in places) == list(range(6))
    assert all(len(places) * max(len(ids[place]) for place in places) <= 12 for places in found)


def test_parts_are_even_runs_and_one_part_is_the_mean(scorer_of):
    from metier.training.token_batch import documents_of, vectors_of

    network = scorer_of().network.eval()
    ids = [[0, 5, 6, 2], [0, *([7, 8] * 20), 2]]
    whole, there = documents_of(network, ids, has_parts=False, in_bf16=False, tokens=64)
    assert there.tolist() == [[True], [True]]
    assert torch.allclose(whole[:, 0], vectors_of(network, ids, tokens=64), atol=0.02)
    parts, present = documents_of(network, ids, has_parts=True, in_bf16=False, tokens=64)
    assert parts.shape == (2, 16, 24)
    assert present.sum(1).tolist() == [4, 16]
    assert torch.allclose(parts[present].norm(dim=-1), torch.ones(20), atol=1e-5)


def test_encoded_gives_what_the_order_of_texts_says(scorer_of):
    from metier.training.token_batch import encoded

    scorer = scorer_of()
    texts = ["TIG welder", "nurse", "a very long welder nurse baker driver"]
    found = encoded(scorer.network, scorer.tokenizer, texts)
    assert found[1] @ encoded(scorer.network, scorer.tokenizer, ["nurse"])[0] > 0.99
