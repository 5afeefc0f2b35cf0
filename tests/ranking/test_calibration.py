"""A score to a probability."""

import numpy as np

from metier.ranking.calibration import Calibration


def test_points_are_joined_and_the_ends_are_level():
    curve = Calibration(scores=(0.2, 0.6), probabilities=(0.1, 0.5))
    assert np.allclose(curve.at(np.array([0.0, 0.2, 0.4, 0.6, 1.0])), [0.1, 0.1, 0.3, 0.5, 0.5])
