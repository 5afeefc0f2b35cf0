"""The names under which feeds give the fields of a posting, and ours for them (schema.org words)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from metier.jobs.section import heading_kind

ALIASES: dict[str, tuple[str, ...]] = {
    "id": ("id", "uid", "job_id", "jobid", "posting_id", "req_id", "requisition_id", "reference", "ref", "identifier", "guid", "external_id", "职位编号"),
    "title": ("title", "job_title", "jobtitle", "position", "position_title", "role", "name", "job_name", "职位", "职位名称", "岗位", "岗位名称"),
    "hiring_organization": (
        "hiring_organization", "hiringorganization", "company", "company_name", "employer", "employer_name", "organization", "organisation",
        "company_title", "公司", "公司名称", "企业名称",
    ),
    "description": ("description", "job_description", "jobdescription", "text", "body", "content", "details", "job_details", "full_description", "职位描述", "岗位描述"),
    "location": (
        "location", "job_location", "joblocation", "locations", "city", "place", "work_location", "candidate_required_location", "address", "工作地点", "地点", "城市",
    ),
    "salary": ("salary", "base_salary", "basesalary", "pay", "compensation", "salary_range", "wage", "remuneration", "salary_text", "薪资", "薪酬", "工资"),
    "salary_min": ("salary_min", "min_amount", "min_salary", "salary_from", "minimum_salary"),
    "salary_max": ("salary_max", "max_amount", "max_salary", "salary_to", "maximum_salary"),
    "salary_currency": ("salary_currency", "currency"),
    "salary_period": ("salary_period", "interval", "pay_period", "salary_interval", "salary_unit"),
    "employment_type": ("employment_type", "employmenttype", "job_type", "jobtype", "contract_type", "type", "工作性质"),
    "workplace": ("workplace", "workplace_type", "job_location_type", "joblocationtype", "remote", "is_remote", "work_type", "work_from_home_type", "remote_status"),
    "date_posted": ("date_posted", "dateposted", "posted", "posted_at", "published", "published_at", "created_at", "publication_date", "first_published", "发布日期"),
    "valid_through": ("valid_through", "validthrough", "expires", "expires_at", "expiry", "closing_date", "deadline", "application_deadline", "截止日期"),
    "url": ("url", "job_url", "link", "apply_url", "absolute_url", "job_url_direct", "hosted_url"),
    "industry": ("industry", "company_industry", "sector", "category", "job_function", "department", "行业"),
    "seniority": ("seniority", "job_level", "level", "experience_level", "seniority_level"),
    "language": ("language", "lang"),
    "skills": ("skills", "required_skills", "tags", "技能"),
}  # fmt: skip
_BY_ALIAS = {alias: ours for ours, aliases in ALIASES.items() for alias in aliases}
_LONG = 80
"""Characters from which a column of an unknown name is a section of the text."""
_UNSHOWN = re.compile(r"logo|image|photo|emails?$|uuid|slug|html", re.IGNORECASE)


def our_name(column: str) -> str | None:
    """Give our name of a feed's column, None when it is not known. Case, spaces, hyphens and BOM do not matter."""
    folded = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", column.strip().lstrip("\ufeff")).lower()
    folded = re.sub(r"[\s\-.]+", "_", folded)
    return _BY_ALIAS.get(folded) or _BY_ALIAS.get(folded.replace("_", ""))


def _is_section(column: str, value: str) -> bool:
    """Say whether a column of an unknown name is text: it is long, or named as the parts of postings are."""
    if _UNSHOWN.search(column):
        return False
    is_named = " " in value and heading_kind(f"{column.strip()}:") not in {None, "body", "apply"}
    return len(value) >= _LONG or is_named


def sort_fields(row: Mapping[str, str]) -> tuple[dict[str, str], tuple[tuple[str, str], ...], dict[str, str]]:
    """Sort a row into known fields, labelled sections, and what is left.

    Args:
        row: Column name to value.

    Returns:
        Our names to values (the first column that is not empty wins, in the order of `ALIASES`), then
        (label, text) of each long column with an unknown name, then the short ones.
    """
    fields: dict[str, str] = {}
    preferred = {alias: place for aliases in ALIASES.values() for place, alias in enumerate(aliases)}
    known = [(column, our_name(column)) for column in row]
    for column, ours in sorted(known, key=lambda pair: preferred.get(pair[0].strip().lower(), 99)):
        if ours and row[column].strip() and ours not in fields:
            fields[ours] = row[column]
    sections: list[tuple[str, str]] = []
    rest: dict[str, str] = {}
    for column, ours in known:
        value = row[column].strip()
        if ours is not None or not value:
            continue
        if _is_section(column, value):
            sections.append((column.strip(), value))
        else:
            rest[column.strip()] = value
    return fields, tuple(sections), rest
