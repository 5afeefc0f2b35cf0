"""The project's own feed and resumes, all invented; README.md says how they were made."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

_FOLDER = Path(str(files("metier.sample")))
_DEMO_RESUMES = ("s-welder.md", "s-nurse.txt", "s-kuaiji.md")
_DEMO_JOB = "s-003"


def jobs_path() -> Path:
    """Give the path of the feed."""
    return _FOLDER / "jobs.jsonl"


def resumes_path() -> Path:
    """Give the path of the folder of resumes."""
    return _FOLDER / "resumes"


def qrels_path() -> Path:
    """Give the path of the judgements: resume, job and grade, with tabs between."""
    return _FOLDER / "qrels.tsv"


def demo_resumes() -> tuple[Path, ...]:
    """Give the resumes that the demo shows."""
    return tuple(resumes_path() / name for name in _DEMO_RESUMES)


def demo_job() -> str:
    """Give the id of the job that the demo shows."""
    return _DEMO_JOB
