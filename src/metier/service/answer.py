"""Matches as the JSON that commands give; `metier/schema/*.schema.json` describes it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from metier import __version__
from metier.config import Settings
from metier.recommender import Recommender
from metier.records.codec import to_fields
from metier.records.explanation import Explanation, Reason
from metier.records.job import Job
from metier.records.match import Constraint, Match, Side
from metier.records.profile import Profile
from metier.records.span import Span

SCHEMA = 1


def versions(recommender: Recommender, settings: Settings, day: dt.date) -> dict[str, Any]:
    """Say what made an answer."""
    return {
        "metier": __version__,
        "schema": SCHEMA,
        "encoder": recommender.encoder.model_id,
        "weights": recommender.model_on(day).name,
        "config": settings.digest(),
        "as_of": day.isoformat(),
    }


def match_fields(match: Match, explanation: Explanation, side: Side) -> dict[str, Any]:
    """Give one match as JSON values; `side` says whether the job or the person is named."""
    named = {"job": job_fields(match)} if side == "jobs" else {"person": person_fields(match)}
    return {
        "rank": match.rank,
        "score": match.score,
        "band": match.band,
        "employer_fit": match.employer_fit,
        "person_fit": match.person_fit,
        **named,
        "constraints": [_constraint(one) for one in match.constraints],
        "reasons": [_reason(one) for one in explanation.reasons],
        "base": match.base,
        "factors": [
            {"name": one.name, "value": one.value, "contribution": one.contribution, "is_neutral": one.is_neutral}
            for one in match.factors
        ],
        "calibrated": match.calibrated,
        "probability": match.probability,
        "gaps": list(explanation.gaps),
        "summary": explanation.summary,
    }


def explained_fields(match: Match, explanation: Explanation) -> dict[str, Any]:
    """Give one pair as JSON values, both sides named."""
    return match_fields(match, explanation, "jobs") | {"person": person_fields(match)}


def job_fields(match: Match) -> dict[str, Any]:
    """Give what names a job."""
    job = match.job
    return {
        "id": job.id,
        "title": job.title,
        "employer": job.hiring_organization,
        "source": job.source,
        "location": [found.value.text for found in job.job_location],
        "workplace": job.job_location_type.value if job.job_location_type else None,
        "employment_type": job.employment_type.value if job.employment_type else None,
        "salary": job.base_salary.span.text if job.base_salary and job.base_salary.span else None,
        "seniority": job.seniority.value if job.seniority else None,
        "date_posted": job.date_posted.isoformat() if job.date_posted else None,
        "valid_through": job.valid_through.isoformat() if job.valid_through else None,
        "language": job.language,
        "url": job.url,
        "duplicates": list(match.duplicates),
        "more_from_employer": match.more_from_employer,
    }


def person_fields(match: Match) -> dict[str, Any]:
    """Give what names a person: the key and the file, nothing personal."""
    profile = match.profile
    label = profile.basics.label or next((work.position for work in profile.work if work.position), None)
    return {
        "id": profile.id,
        "source": profile.source,
        "label": label.value if label else None,
        "language": profile.language,
        "duplicates": list(match.duplicates),
    }


def record_fields(record: Job | Profile) -> dict[str, Any]:
    """Give a record as `metier parse` writes it."""
    kind = "job" if isinstance(record, Job) else "profile"
    fields = to_fields(record)
    text = fields.pop("text")
    warnings = fields.pop("warnings", [])
    return {
        "source": record.source,
        "id": record.id,
        "kind": kind,
        "text": text,
        "record": fields,
        "warnings": list(warnings),
    }


def _constraint(constraint: Constraint) -> dict[str, Any]:
    return {
        "kind": constraint.kind,
        "verdict": constraint.verdict,
        "job_quote": _quote(constraint.job_quote),
        "resume_quote": _quote(constraint.resume_quote),
    }


def _reason(reason: Reason) -> dict[str, Any]:
    need = reason.requirement
    return {
        "requirement": {
            "text": need.span.text,
            "start": need.span.start,
            "end": need.span.end,
            "kind": need.kind,
            "importance": need.importance,
        },
        "verdict": reason.verdict,
        "evidence": _quote(reason.evidence),
        "share": reason.share,
        "sentence": reason.sentence,
        "path": reason.path,
    }


def _quote(span: Span | None) -> dict[str, Any] | None:
    return None if span is None else {"text": span.text, "start": span.start, "end": span.end}
