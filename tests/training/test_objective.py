"""The loss of a batch: each loss learns on each form and head that it goes with; twins pull together."""

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("onnx")
pytestmark = pytest.mark.slow
from metier.training.pair_batch import PairSampler
from metier.training.pairs import Pair
from metier.training.recipe import TABLE_LOSSES

CHOICES = [
    *[{"loss": loss} for loss in ("mnrl", "ce", "lambda", "bce", "mse")],
    {"loss": "mnrl", "head": "late"},
    {"loss": "mnrl", "head": "positional", "label_smoothing": 0.1},
    {"loss": "bce", "head": "attention", "twin_weight": 0.5},
    {"loss": "bce", "head": "mlp"},
    {"loss": "bce", "form": "cross-encoder", "twin_weight": 0.5},
    {"loss": "mse", "form": "cross-encoder", "head": "mlp"},
]


def loss_at(objective, batch, scorer, step=0):
    if scorer.is_one_text:
        return objective.joined(batch, step=step, tokens=512)
    texts = objective.texts(batch, step=step)
    return objective.towers(batch, texts, scorer.documents(scorer.ids_of(texts)), step=step)


@pytest.mark.parametrize("choices", CHOICES, ids=lambda choices: "-".join(map(str, choices.values())))
def test_a_few_steps_lower_the_loss(scorer_of, pairs, choices):
    from metier.training.objective import Objective

    scorer = scorer_of(batch_size=12, in_bf16=False, **choices)
    sampler, objective = PairSampler(pairs, scorer.recipe), Objective(scorer)
    assert scorer.recipe.compares_batch == (scorer.recipe.loss in TABLE_LOSSES)
    optimizer = torch.optim.Adam(scorer.parameters(), lr=3e-3)
    batch = sampler.at(0)
    first = last = loss_at(objective, batch, scorer)
    for _ in range(15):
        last = loss_at(objective, batch, scorer)
        last.backward()
        optimizer.step()
        optimizer.zero_grad()
    assert last < first


@pytest.mark.parametrize("form", ["two-tower", "cross-encoder"])
def test_triplets(scorer_of, form):
    from metier.training.objective import Objective

    rows = [
        Pair(left="TIG welder", right="welder", other="nurse"),
        Pair(left="ward nurse", right="nurse", other="baker"),
    ]
    scorer = scorer_of(loss="triplet", form=form)
    batch = PairSampler(rows, scorer.recipe).at(0)
    loss = loss_at(Objective(scorer), batch, scorer)
    assert 0 < loss < 1.5
    loss.backward()


def test_twins_add_to_the_loss_what_their_scores_differ(scorer_of, pairs):
    from metier.training.objective import TWINS, Objective

    plain, fair = scorer_of(batch_size=8), scorer_of(batch_size=8, twin_weight=1.0)
    batch = PairSampler(pairs, plain.recipe).at(0)
    without, objective = Objective(plain), Objective(fair)
    assert len(objective.texts(batch, step=0)) == len(without.texts(batch, step=0)) + 2 * TWINS
    assert loss_at(objective, batch, fair) >= loss_at(without, batch, plain)


def test_nearness_in_the_graph_softens_the_target(scorer_of, pairs):
    from metier.training.objective import Objective

    scorer = scorer_of(batch_size=8, graph_weight=0.3)
    batch = PairSampler(pairs, scorer.recipe).at(0)
    sharp = loss_at(Objective(scorer), batch, scorer)
    soft = loss_at(Objective(scorer, nearness=lambda one, other: 1.0), batch, scorer)
    assert soft != sharp
