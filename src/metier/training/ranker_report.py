"""What a training of a ranker saw and brought, told so that others can judge it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from scipy.stats import permutation_test

from metier.catalog import ModelRun
from metier.evaluation.bootstrap import bootstrap_interval
from metier.evaluation.off_policy import Estimate
from metier.training.calibration import CalibrationReport
from metier.training.contrast import Answered, Cause
from metier.training.group_gap import GapReport
from metier.training.shadow import Shadow
from metier.training.split import Leakage

GAP_BOUND = 0.02
"""By so much a gap between groups may grow, in nDCG or in exposure, before a promotion is refused."""
_SHUFFLES = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A mean over questions with its interval."""

    mean: float
    low: float
    high: float

    @classmethod
    def of(cls, values: Sequence[float], seed: int, *, weights: Sequence[float] | None = None) -> Measured:
        """Measure values, at least one; `weights` say how much each counts, alike when left out."""
        low, high = bootstrap_interval(values, seed=seed, weights=weights)
        mean = float(np.average(values, weights=weights))
        return cls(mean=round(mean, 6), low=round(low, 6), high=round(high, 6))


def paired_p_value(differences: Sequence[float], seed: int, *, weights: Sequence[float] | None = None) -> float:
    """Give the probability of as large a mean difference, were both rankers alike (paired randomisation; Sakai 2006).

    Args:
        differences: One for each question, at least one.
        seed: Of the drawn signs.
        weights: How much each counts, alike when left out.
    """
    values = np.array(differences) * (1.0 if weights is None else np.array(weights))
    if not values.any():
        return 1.0
    tested = permutation_test(
        (values,),
        lambda signed, axis: signed.mean(axis=axis),
        permutation_type="samples",
        vectorized=True,
        n_resamples=_SHUFFLES,
        rng=np.random.default_rng(seed),
    )
    return round(float(tested.pvalue), 6)


@dataclass(frozen=True, slots=True, kw_only=True)
class RankerReport:
    """What a training saw and brought.

    Attributes:
        against: The ranker in use, which the new one is compared with.
        contradictions: Pairs of which the person did something and dismissed them as well; the last word counts.
        repeated: Events that say of a pair what another said before.
        later_chosen: Pairs learned from as passed over, though never shown, that the person chose later: a floor for
            how many of the unlabelled are no misfits.
        leakage: Between what was learned from and what was measured on.
        position_bias: How often each rank is looked at, against the first; empty where no lists were shown.
        bias_from: `click-model` or `swaps`; empty where nothing was corrected.
        before: Of the ranker in use; `after` of the new one, on the same later questions.
        gain: nDCG@10 after less before, question by question.
        p_value: Of the gain, by paired randomisation.
        choices: How many jobs of a later list would be chosen under each ranker, by estimator (see
            `off_policy_values`); empty where no lists were shown.
        trees: How many the stopping part chose.
        history: nDCG of the stopping part after each tree.
        calibration: None where shown lists are too few.
        contrasts: By cause, how many contrast pairs each ranker orders rightly.
        contrast_weight: What contrasts counted for in learning; 0 where they were measured only.
        gaps: Between groups; None where no groups were given.
        shadow: How the first ten of the later questions change.
    """

    against: str
    events: int
    questions: int
    measured_on: int
    contradictions: int
    repeated: int
    later_chosen: int
    leakage: Leakage
    position_bias: tuple[float, ...]
    bias_from: str
    before: Mapping[str, Measured]
    after: Mapping[str, Measured]
    gain: Measured
    p_value: float
    choices: Mapping[str, Mapping[str, Estimate]]
    trees: int
    history: tuple[float, ...]
    calibration: CalibrationReport | None
    contrasts: Mapping[Cause, Answered]
    contrast_weight: float
    gaps: GapReport | None
    shadow: Shadow
    seed: int

    @property
    def wins(self) -> bool:
        """Say whether the new ranker is better on later questions, beyond chance."""
        return self.gain.low > 0

    def to_json(self) -> str:
        """Render the report as JSON."""
        gap = None if self.gaps is None else self.gaps.widened
        return json.dumps(asdict(self) | {"wins": self.wins, "widened": gap})


def load_report(run: ModelRun) -> dict[str, Any]:
    """Read the report of a run."""
    report: dict[str, Any] = json.loads(run.report)
    return report


def objections(report: Mapping[str, Any], *, measured_on: str, in_use: str, gap_bound: float) -> list[str]:
    """Say what speaks against promoting a ranker; nothing where it may answer from now on.

    Args:
        report: As `load_report` gives it; one of an older release lacks what was not measured then.
        measured_on: What the gain was measured on, in words.
        in_use: The name of the model that answers now.
        gap_bound: By so much a gap between groups may have grown.
    """
    found = []
    if not report["wins"]:
        gain = report["gain"]
        found.append(
            f"does not win: its gain in nDCG@10 on {measured_on} is {gain['mean']:+.4f}, "
            f"between {gain['low']:+.4f} and {gain['high']:+.4f}"
        )
    widened = report.get("widened")
    if widened is not None and widened > gap_bound:
        found.append(f"widens the gap between groups by {widened:.4f}, more than {gap_bound:g}")
    against = report.get("against", in_use)
    if against != in_use:
        found.append(f"was compared with {against}, but {in_use} is in use")
    return found
