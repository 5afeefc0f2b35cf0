"""A score in words, and when there is too little to say anything."""

from __future__ import annotations

from metier.records.job import Job
from metier.records.match import Band
from metier.records.profile import Profile

_STEPS: tuple[tuple[float, Band], ...] = ((0.70, "strong"), (0.50, "good"), (0.30, "stretch"))
_LEAST_TEXT = 120
"""Characters below which a resume or posting without structure cannot be judged."""


def band_of(score: float) -> Band:
    """Give the band of a score."""
    return next((band for least, band in _STEPS if score >= least), "weak")


def has_evidence(profile: Profile, job: Job) -> bool:
    """Say whether both documents hold enough to judge the pair by."""
    knows_person = bool(profile.work or profile.skills) or len(profile.text) >= _LEAST_TEXT
    knows_job = bool(job.requirements or job.skills) or len(job.text) >= _LEAST_TEXT
    return knows_person and knows_job
