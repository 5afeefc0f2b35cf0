"""Batches: drawn by the seed alone; what fits is never held apart."""

import numpy as np

from metier.training.pair_batch import PairSampler
from metier.training.pairs import Pair
from metier.training.recipe import recipe_of


def test_a_step_has_its_batch_whatever_came_before(pairs):
    sampler = PairSampler(pairs, recipe_of("default", batch_size=5))
    again = PairSampler(pairs, recipe_of("default", batch_size=5))
    again.at(1)
    assert sampler.at(7).left == again.at(7).left
    assert sampler.steps_an_epoch == 5
    epoch = [text for step in range(5) for text in sampler.at(step).left]
    assert sorted(epoch) == sorted(pair.left for pair in pairs if pair.label)
    other = PairSampler(pairs, recipe_of("default", batch_size=5, seed=1))
    assert other.at(0).left != sampler.at(0).left


def test_what_is_known_to_fit_and_the_same_text_are_no_negatives(pairs):
    more = [*pairs, Pair(left="welder", right="smith"), Pair(left="welder", right="TIG welder")]
    batch = PairSampler(more, recipe_of("default", batch_size=64)).at(0)
    fits = {(pair.left, pair.right) for pair in more if pair.label}
    columns = [*batch.right, *batch.others]
    for row, column in np.argwhere(batch.allowed):
        assert (batch.left[row], columns[column]) not in fits
        assert batch.left[row] != columns[column]


def test_known_misfits_come_as_further_columns(pairs):
    batch = PairSampler(pairs, recipe_of("default", batch_size=4)).at(0)
    assert len(batch.others) == 4
    assert batch.allowed.shape == (4, 8)
    assert batch.texts() == list(dict.fromkeys([*batch.left, *batch.right, *batch.others]))


def test_losses_of_rows_get_wrong_texts_of_the_batch(pairs):
    good = [pair for pair in pairs if pair.label]
    batch = PairSampler(good, recipe_of("default", loss="bce", negatives=2, batch_size=12)).at(0)
    assert batch.labels[:12].tolist() == [1] * 12
    assert set(batch.labels[12:].tolist()) == {0}
    fits = {(pair.left, pair.right) for pair in good}
    assert not fits & set(zip(batch.left[12:], batch.right[12:], strict=True))


def test_graded_lists_have_the_pairs_of_a_query_side_by_side():
    graded = [Pair(left=f"q{n % 4}", right=f"d{n}", label=float(n % 3 + 1)) for n in range(16)]
    batch = PairSampler(graded, recipe_of("default", loss="lambda", batch_size=4)).at(0)
    assert len(set(batch.left)) == 1
    assert batch.grades.max() <= 1


def test_triplets_keep_their_far_text():
    rows = [Pair(left="a", right="b", other="c"), Pair(left="d", right="e", other="f")]
    batch = PairSampler(rows, recipe_of("default", loss="triplet")).at(0)
    assert sorted(batch.others) == ["c", "f"]
