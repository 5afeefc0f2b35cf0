"""Noise: what it may change, and that a seed decides it."""

import numpy as np
import pytest

from metier.training.noise import NOISES

TEXT = "Senior Welder for stainless pipe in the modern workshop of Sheffield, night shifts and tall ladders"


@pytest.mark.parametrize("name", NOISES)
def test_a_seed_decides_what_is_changed(name):
    once, again, other = (NOISES[name](TEXT, np.random.default_rng(seed)) for seed in (1, 1, 2))
    assert once == again != TEXT
    assert other != once
    assert NOISES[name]("", np.random.default_rng(0)) == ""


def test_typos_stay_few_and_near():
    noisy = NOISES["typos"]("welder " * 200, np.random.default_rng(0))
    words = noisy.split()
    assert 0.5 < np.mean([word == "welder" for word in words]) < 0.9
    assert NOISES["typos"]("12 345 焊工", np.random.default_rng(0)) == "12 345 焊工"


def test_ocr_takes_letters_for_those_like_them():
    noisy = "".join(NOISES["ocr"]("m" * 400, np.random.default_rng(0)))
    assert set(noisy) == {"m", "r", "n"}
    assert noisy.count("rn") == pytest.approx(24, abs=14)


def test_case_and_space_keep_every_letter():
    noisy = NOISES["case_and_space"](TEXT, np.random.default_rng(3))
    assert noisy.lower().replace(" ", "") == TEXT.lower().replace(" ", "")
    assert noisy in {noisy.upper(), noisy.lower()}
