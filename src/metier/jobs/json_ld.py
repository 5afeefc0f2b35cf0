"""schema.org JobPosting as JSON-LD: out of pages and objects, and out of jobs again."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from metier.records.job import Job
from metier.records.place import Place
from metier.records.salary import PayPeriod
from metier.records.span import Span

_UNITS: dict[PayPeriod, str] = {"hour": "HOUR", "day": "DAY", "week": "WEEK", "month": "MONTH", "year": "YEAR"}
_EXPERIENCE_MONTHS = 12
_MORE_SECTIONS = {
    "responsibilities": "Responsibilities",
    "qualifications": "Qualifications",
    "experienceRequirements": "Requirements",
    "educationRequirements": "Education requirements",
    "jobBenefits": "Benefits",
}


def is_job_posting(value: object) -> bool:
    """Say whether a value is a JobPosting object."""
    if not isinstance(value, dict):
        return False
    kinds = value.get("@type")
    return "JobPosting" in (kinds if isinstance(kinds, list) else [kinds])


def find_job_postings(value: object) -> Iterator[dict[str, Any]]:
    """Give the JobPosting objects in a JSON value, at any depth, in order."""
    if isinstance(value, dict):
        if is_job_posting(value):
            yield value
            return
        for inner in value.values():
            yield from find_job_postings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from find_job_postings(inner)


def page_job_postings(page: str) -> list[dict[str, Any]]:
    """Give the JobPosting objects in the JSON-LD of an HTML page; scripts that are not JSON are passed over."""
    found: list[dict[str, Any]] = []
    for script in LexborHTMLParser(page).css('script[type="application/ld+json"]'):
        try:
            value = json.loads(script.text(), strict=False)
        except (ValueError, RecursionError):
            continue
        found += find_job_postings(value)
    return found


def json_ld_row(posting: dict[str, Any]) -> dict[str, str]:
    """Flatten a JobPosting object to a row under the names that feeds use."""
    location = "; ".join(filter(None, (_location(place) for place in _listed(posting.get("jobLocation")))))
    row = {
        "id": _name_or_value(posting.get("identifier")) or _text(posting.get("@id")),
        "title": _text(posting.get("title") or posting.get("name")),
        "hiringOrganization": _text(posting.get("hiringOrganization")),
        "description": _description(posting, location),
        "location": location,
        "jobLocationType": _text(posting.get("jobLocationType")),
        "employmentType": ", ".join(_text(kind) for kind in _listed(posting.get("employmentType"))),
        "salary": _salary(posting.get("baseSalary") or posting.get("estimatedSalary")),
        "datePosted": _text(posting.get("datePosted")),
        "validThrough": _text(posting.get("validThrough")),
        "url": _text(posting.get("url") or posting.get("sameAs")),
        "industry": _text(posting.get("industry")),
        "skills": ", ".join(_text(skill) for skill in _listed(posting.get("skills"))),
        "seniority": _text(posting.get("occupationalExperienceLevel")),
    }
    return {name: value for name, value in row.items() if value}


def _description(posting: dict[str, Any], location: str) -> str:
    pieces = [_text(posting.get("description"))]
    named = [_text(place) for place in _listed(posting.get("applicantLocationRequirements"))]
    unsaid = [place for place in named if place and place not in pieces[0] and place not in location]
    if unsaid:
        pieces.append(f"Remote from: {', '.join(unsaid)}")
    for name, label in _MORE_SECTIONS.items():
        value = "\n".join(filter(None, (_requirement(one) for one in _listed(posting.get(name)))))
        if value and value not in pieces[0]:
            pieces.append(f"{label}:\n{value}")
    return "\n\n".join(filter(None, pieces))


def _requirement(value: object) -> str:
    """Word what schema.org gives as an object: months of experience, a credential."""
    if isinstance(value, dict) and "monthsOfExperience" in value:
        months = value["monthsOfExperience"]
        is_whole = isinstance(months, int | float) and months % _EXPERIENCE_MONTHS == 0
        return (
            f"{int(months) // _EXPERIENCE_MONTHS} years of experience" if is_whole else f"{months} months of experience"
        )
    if isinstance(value, dict) and "credentialCategory" in value:
        return _text(value["credentialCategory"]).capitalize()
    return _text(value)


def _listed(value: object) -> list[Any]:
    return [] if value is None else value if isinstance(value, list) else [value]


def _text(value: object) -> str:
    if isinstance(value, dict):
        return _text(value.get("name") or value.get("value"))
    return "" if value is None else str(value).strip()


def _name_or_value(value: object) -> str:
    return _text(value.get("value") or value.get("name")) if isinstance(value, dict) else _text(value)


def _location(place: object) -> str:
    if not isinstance(place, dict):
        return _text(place)
    if place.get("name"):
        return _text(place["name"])
    address = place.get("address", place)
    if not isinstance(address, dict):
        return _text(address)
    names = (_text(address.get(key)) for key in ("addressLocality", "addressRegion", "addressCountry"))
    return ", ".join(filter(None, names))


def _salary(amount: object) -> str:
    if not isinstance(amount, dict):
        return _text(amount)
    if amount.get("name"):
        return _text(amount["name"])
    value = amount.get("value", amount)
    if not isinstance(value, dict):
        value = {"value": value, "unitText": amount.get("unitText")}
    numbers = [value.get("minValue"), value.get("maxValue")]
    stated = [_number(number) for number in numbers if number not in {None, ""}] or [_number(value.get("value"))]
    unit = _text(value.get("unitText")).lower()
    text = " - ".join(dict.fromkeys(filter(None, stated)))
    currency = _text(amount.get("currency") or value.get("currency"))
    return " ".join(filter(None, (currency, text, f"per {unit}" if unit else ""))) if text else ""


def _number(value: object) -> str:
    return _text(value).removesuffix(".0")


def to_json_ld(job: Job) -> dict[str, Any]:
    """Give a job as a schema.org JobPosting; reading it back gives the same job."""
    body = job.text.partition("\n\n")[2]
    fields: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "identifier": {"@type": "PropertyValue", "value": job.id},
        "title": job.title,
        "description": html.escape(body, quote=False).replace("\n", "<br>"),
        "hiringOrganization": {"@type": "Organization", "name": job.hiring_organization},
        "jobLocation": _json_ld_places(job),
        "jobLocationType": _json_ld_workplace(job),
        "applicantLocationRequirements": [
            {"@type": "Country", "name": found.span.text if found.span else found.value}
            for found in job.applicant_location_requirements
        ],
        "employmentType": job.employment_type.value.upper() if job.employment_type else "",
        "baseSalary": _json_ld_salary(job),
        "datePosted": job.date_posted.isoformat() if job.date_posted else "",
        "validThrough": job.valid_through.isoformat() if job.valid_through else "",
        "url": job.url,
        "industry": job.industry,
    }
    return {name: value for name, value in fields.items() if value}


def _json_ld_workplace(job: Job) -> str:
    """Give what schema.org knows, `TELECOMMUTE`, or our word where it knows none."""
    if job.job_location_type is None:
        return ""
    return "TELECOMMUTE" if job.job_location_type.value == "remote" else job.job_location_type.value


def _json_ld_places(job: Job) -> list[dict[str, Any]]:
    """Give the places by their address; the first carries the line that named them all."""
    places = [_json_ld_place(found.value) for found in job.job_location]
    spans = [found.span for found in job.job_location if found.span]
    if places and spans:
        places = [places[0] | {"name": _line_at(job.text, spans[0])}]
    return places


def _json_ld_place(place: Place) -> dict[str, Any]:
    address = {"addressLocality": place.city, "addressRegion": place.region, "addressCountry": place.country}
    known = {name: value for name, value in address.items() if value}
    return {"@type": "Place", "address": {"@type": "PostalAddress", **known}}


def _json_ld_salary(job: Job) -> dict[str, Any] | None:
    salary = job.base_salary
    if salary is None:
        return None
    value = {"@type": "QuantitativeValue", "unitText": _UNITS[salary.period]}
    ends = {"minValue": salary.minimum, "maxValue": salary.maximum}
    amount = {
        "@type": "MonetaryAmount",
        "currency": salary.currency,
        "value": value | {name: end for name, end in ends.items() if end is not None},
    }
    head = job.text.partition("\n\n")[0]
    is_in_head = salary.span is not None and salary.span.end <= len(head)
    return amount | ({"name": _line_at(job.text, salary.span)} if salary.span and is_in_head else {})


def _line_at(text: str, span: Span) -> str:
    """Give the line in which a quote stands."""
    return text[text.rfind("\n", 0, span.start) + 1 :].partition("\n")[0]
