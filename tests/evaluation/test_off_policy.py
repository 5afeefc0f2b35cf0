"""The value of an order that nobody saw, from lists shown in another one."""

import numpy as np
import pytest

from metier.evaluation.off_policy import LoggedList, off_policy_values

LOOKS = 1 / np.arange(1, 9)


def logged(lists, guess, *, looks=LOOKS, seed=0):
    """Show eight jobs, the worst first; the other order is the reverse. `guess` makes the model's fits of the true ones."""
    chance = np.random.default_rng(seed)
    fits = np.linspace(0.05, 0.8, 8)
    for _ in range(lists):
        chosen = (chance.random(8) < LOOKS * fits).astype(float)
        yield LoggedList(chosen=chosen, looked_at=looks, would_be=looks[::-1], fits=guess(fits))


TRUE = float(LOOKS[::-1] @ np.linspace(0.05, 0.8, 8))
LOGGED = float(LOOKS @ np.linspace(0.05, 0.8, 8))


def values(guess, **fields):
    return off_policy_values(list(logged(20000, guess)), least=fields.get("least", 0.01), seed=0)


def test_all_find_the_true_value_of_an_order_that_was_never_shown():
    found = values(lambda fits: fits)
    assert TRUE > 1.5 * LOGGED
    for name in ("ips", "snips", "direct", "dr"):
        assert found[name].mean == pytest.approx(TRUE, abs=0.06), name
    assert found["ips"].low < TRUE < found["ips"].high


def test_doubly_robust_is_right_where_the_model_of_fits_is_wrong():
    found = values(lambda fits: np.full(8, 0.9))
    assert abs(found["direct"].mean - TRUE) > 0.5
    assert found["dr"].mean == pytest.approx(TRUE, abs=0.06)


def test_clipping_draws_ips_down_and_the_others_less():
    found = values(lambda fits: fits, least=0.3)
    assert found["ips"].mean < TRUE - 0.2
    assert abs(found["snips"].mean - TRUE) < abs(found["ips"].mean - TRUE)
    assert found["dr"].mean == pytest.approx(TRUE, abs=0.06)
    whole = values(lambda fits: fits)["ips"]
    assert found["dr"].high - found["dr"].low < 0.8 * (whole.high - whole.low)


def test_where_nothing_is_clipped_doubly_robust_is_ips():
    """The lists of one logging ranker have one rank a job: what the fits add, their correction takes away again."""
    found = values(lambda fits: fits)
    assert found["dr"].mean == pytest.approx(found["ips"].mean, abs=1e-6)


def test_the_same_lists_and_seed_give_the_same_bits():
    lists = list(logged(50, lambda fits: fits))
    assert off_policy_values(lists, least=0.1, seed=3) == off_policy_values(lists, least=0.1, seed=3)
