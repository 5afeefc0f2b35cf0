"""What noise takes from a ranking."""

import numpy as np

from metier.testing import HashEncoder
from metier.training.measure import Served, trial_of
from metier.training.noise import NOISES
from metier.training.pairs import Pair
from metier.training.robustness import robustness

TITLES = ["stainless welder", "intensive care nurse", "pastry baker", "articulated lorry driver", "mathematics teacher"]


def words(texts):
    """Vectors by whole words: a ranker that no noise spares."""
    encode = HashEncoder(size=64).encode
    rows = [encode(text.split() or [""]).sum(0) for text in texts]
    return np.array([row / np.linalg.norm(row) for row in rows], dtype=np.float32)


def test_a_ranker_by_exact_words_loses_by_noise_and_is_measured_on_the_changed_queries_alone():
    trial = trial_of([Pair(left=f"{title} wanted", right=title) for title in TITLES * 1], [], seed=0)
    found = robustness(trial, Served(encode=words), seed=0)
    assert set(found) == {*NOISES, "paraphrase"}
    for name in NOISES:
        assert 0 < found[name]["queries"] <= len(TITLES)
        assert found[name]["clean"] == 1.0
    assert found["case_and_space"]["noisy"] <= 1.0
    assert min(found[name]["noisy"] for name in NOISES) < 1.0
    assert robustness(trial, Served(encode=words), seed=0) == found


def test_what_no_noise_changes_has_no_value():
    trial = trial_of([Pair(left="1234", right="5678")], [], seed=0)
    assert robustness(trial, Served(encode=words), seed=0)["paraphrase"] == {"queries": 0}
