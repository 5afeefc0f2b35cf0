import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metier.records.date import PartialDate


@settings(max_examples=60, deadline=None)
@given(st.dates(), st.sampled_from(["year", "month", "day"]))
def test_a_date_goes_to_iso_and_back_as_far_as_it_is_known(day, known):
    date = PartialDate(year=day.year, month=0 if known == "year" else day.month, day=day.day if known == "day" else 0)
    assert PartialDate.from_iso(date.to_iso()) == date
    assert date.first_day() <= day <= date.last_day()
    assert known != "day" or date.first_day() == date.last_day() == day


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024", dt.date(2024, 1, 1), dt.date(2024, 12, 31)),
        ("2024-02", dt.date(2024, 2, 1), dt.date(2024, 2, 29)),
        ("2023-02", dt.date(2023, 2, 1), dt.date(2023, 2, 28)),
        ("2023-02-03", dt.date(2023, 2, 3), dt.date(2023, 2, 3)),
    ],
)
def test_a_date_means_its_first_to_its_last_day(text, first, last):
    date = PartialDate.from_iso(text)
    assert (date.first_day(), date.last_day()) == (first, last)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "2023-13",
        "2023-02-30",
        "2023-1",
        "2023-01-02-03",
        "2023-01-02T00:00",
        "23",
        "-2023",
        "20_23",
        "2023-",
        "２０２３",
        " 2023",
        "2023\n",
        "0000",
        "至今",
    ],
)
def test_anything_else_is_no_date(text):
    with pytest.raises(ValueError, match=r".+"):
        PartialDate.from_iso(text)


@pytest.mark.parametrize(
    "parts", [{"year": 2023, "day": 4}, {"year": 2023, "month": 13}, {"year": 2023, "month": 2, "day": 30}]
)
def test_parts_that_are_on_no_calendar_are_refused(parts):
    with pytest.raises(ValueError, match=r".+"):
        PartialDate(**parts)


def test_dates_order_by_time():
    dates = [PartialDate.from_iso(text) for text in ("2022-12-31", "2023", "2023-01", "2023-01-05", "2023-02")]
    assert sorted(set(dates)) == dates


@settings(max_examples=60, deadline=None)
@given(st.text())
def test_any_text_is_a_date_or_a_value_error(text):
    try:
        date = PartialDate.from_iso(text)
    except ValueError:
        return
    assert date.to_iso() == text
