"""Workplace, employment type and schedule as texts and columns state them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metier.graph.working_conditions import find_employment_type, find_schedules, find_workplace


def value(found):
    return found.value if found else None


@pytest.mark.parametrize(
    ("text", "workplace"),
    [
        ("hybrid, two days in the office", "hybrid"),
        ("3 days a week in the office", "hybrid"),
        ("混合办公", "hybrid"),
        ("one remote day a week", "hybrid"),
        ("on site 3 days", "hybrid"),
        ("每周可居家1-2天", "hybrid"),
        ("Fully remote", "remote"),
        ("TELECOMMUTE", "remote"),
        ("work from home", "remote"),
        ("远程办公", "remote"),
        ("远程", "remote"),
        ("上海（远程）", "remote"),
        ("on-site", "on_site"),
        ("this is not a remote job", "on_site"),
        ("Remote: no", "on_site"),
        ("Remote work is not possible", "on_site"),
        ("a no-remote role", "on_site"),
        ("不接受远程", "on_site"),
        ("a job", None),
        ("remote control of pumps", None),
        ("hybrid cars", None),
        ("a growing hybrid trade", None),
        ("worked in remote settings", None),
        ("an on-site clinic", None),
        ("an on-site gym", None),
        ("远程医疗设备", None),
        ("", None),
    ],
)
def test_workplace(text, workplace):
    assert value(find_workplace(text)) == workplace


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("part-time, 20 hours", "part_time"),
        ("Full-time or part-time", "part_time"),
        ("FULL_TIME", "full_time"),
        ("fulltime", "full_time"),
        ("FullTime", "full_time"),
        ("Permanent", "full_time"),
        ("全职", "full_time"),
        ("兼职", "part_time"),
        ("实习", "internship"),
        ("CONTRACTOR", "contract"),
        ("contract", "contract"),
        ("Full time, Contract", "contract"),
        ("6-month contract", "contract"),
        ("perdiem", "per_diem"),
        ("PER_DIEM", "per_diem"),
        ("TEMPORARY", "temporary"),
        ("Temp", "temporary"),
        ("VOLUNTEER", "volunteer"),
        ("contract negotiation", None),
        ("temporary works", None),
        ("internal", None),
        ("OTHER", None),
    ],
)
def test_employment_type(text, kind):
    found = find_employment_type(text)
    assert value(found) == kind
    assert found is None or found.span.text.strip(" ,") == found.span.text


@pytest.mark.parametrize(
    ("text", "schedules"),
    [
        ("nights and some weekend work", ["night", "weekend"]),
        ("三班倒", ["shift"]),
        ("on call", ["on_call"]),
        ("Monday to Friday", ["day"]),
        ("周末双休", ["day"]),
        ("no nights", ["day"]),
        ("No night shifts, weekend work", ["weekend"]),
        ("无夜班", []),
        ("不用上夜班", []),
        ("weekends off", []),
        ("a night out with the team", []),
    ],
)
def test_schedules(text, schedules):
    assert [found.value for found in find_schedules(text)] == schedules


WORDS = st.sampled_from(
    ["remote", "no", "hybrid", "远程", "contract", "night shift", "weekends", "夜班", "不", ",", "\n"]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(WORDS, st.text(max_size=6)), max_size=12).map(" ".join))
def test_every_quote_stands_in_the_text(text):
    found = [find_workplace(text), find_employment_type(text), *find_schedules(text)]
    assert all(entry.span.is_in(text) for entry in found if entry)
