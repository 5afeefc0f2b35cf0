import datetime as dt
from dataclasses import fields, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metier.records.date import PartialDate
from metier.records.profile import Basics, Profile, Work
from metier.records.span import Span

DAY = dt.date(2026, 11, 20)
SPAN = Span(text="Welder", start=0, end=6)


def work(start="", end="", *, is_current=False):
    return Work(
        span=SPAN,
        confidence=1.0,
        start_date=PartialDate.from_iso(start) if start else None,
        end_date=PartialDate.from_iso(end) if end else None,
        is_current=is_current,
    )


def months(*entries, as_of=DAY):
    return Profile(id="p", source="a", text="Welder", work=entries).experience_months(as_of)


@pytest.mark.parametrize(
    ("entry", "first", "last"),
    [
        (work("2020-03", "2021-04"), dt.date(2020, 3, 1), dt.date(2021, 4, 30)),
        (work("2020", "2020"), dt.date(2020, 1, 1), dt.date(2020, 12, 31)),
        (work("2020", is_current=True), dt.date(2020, 1, 1), DAY),
        (work("2020-03"), dt.date(2020, 3, 1), dt.date(2020, 3, 31)),
        (work("2020", "2031"), dt.date(2020, 1, 1), DAY),
    ],
)
def test_an_entry_lasts_from_its_first_to_its_last_day(entry, first, last):
    assert entry.interval(DAY) == (first, last)


@pytest.mark.parametrize(
    "entry",
    [work(), work(end="2020"), work(is_current=True), work("2021-05", "2021-04"), work("2027", is_current=True)],
)
def test_a_period_without_a_start_or_that_ends_before_it_begins_is_none(entry):
    assert entry.interval(DAY) is None
    assert months(entry) is None


@pytest.mark.parametrize(
    ("entries", "count"),
    [
        ([work("2020-01", "2020-12")], 12),
        ([work("2020-01", "2020-12"), work("2020-01", "2020-12")], 12),
        ([work("2020-01", "2020-12"), work("2020-07", "2021-06")], 18),
        ([work("2020", "2022"), work("2021-03", "2021-05")], 36),
        ([work("2019", "2019"), work("2021", "2021")], 24),
        ([work("2020-01", "2020-12"), work()], 12),
        ([work("2026-01", is_current=True)], 11),
        ([], None),
    ],
)
def test_time_held_in_two_jobs_at_once_counts_once(entries, count):
    assert months(*entries) == count


ENTRIES = st.lists(
    st.builds(
        lambda start, end, is_current: work(str(start), str(end) if end else "", is_current=is_current),
        st.integers(1950, 2030),
        st.one_of(st.none(), st.integers(1950, 2030)),
        st.booleans(),
    ),
    max_size=5,
)


@settings(max_examples=60, deadline=None)
@given(ENTRIES, st.randoms())
def test_experience_depends_on_no_order_and_never_passes_the_day(entries, random):
    shuffled = list(entries)
    random.shuffle(shuffled)
    counted = months(*entries)
    assert months(*shuffled) == counted
    assert counted is None or 0 <= counted <= (DAY.year - 1950 + 1) * 12


def test_the_same_resume_is_read_as_on_any_day():
    entry = work("2020-01", is_current=True)
    assert [months(entry, as_of=dt.date(year, 12, 31)) for year in (2019, 2020, 2021)] == [None, 12, 24]


def test_what_is_not_stated_is_empty():
    profile = Profile(id="p", source="a", text="")
    assert all(getattr(profile.basics, entry.name) is None for entry in fields(Basics))
    assert profile.preferences == replace(profile).preferences
    assert not profile.preferences.locations
