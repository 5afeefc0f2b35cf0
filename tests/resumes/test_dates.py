"""Dates and periods as people write them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metier.resumes.dates import find_date, find_period


def stated(text):
    """Give the period as `first/last`, where `…` is today."""
    period = find_period(text)
    if period is None:
        return None
    last = "…" if period.is_current else period.last.to_iso()
    return f"{period.first.to_iso()}/{last}"


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("Jan 2020 - Dec 2021", "2020-01/2021-12"),
        ("January 2020 to June 2021", "2020-01/2021-06"),
        ("Jan – Jun 2020", "2020-01/2020-06"),
        ("1 Jan 2020 – 31 Dec 2021", "2020-01/2021-12"),
        ("1st of March 2019 until 2nd April 2020", "2019-03/2020-04"),
        ("March 5, 2019 – April 6, 2020", "2019-03/2020-04"),
        ("May '18 – June '20", "2018-05/2020-06"),
        ("Winter 2018 - Spring 2019", "2018-12/2019-03"),
        ("03/2019 – 06/2021", "2019-03/2021-06"),
        ("01/06/2018 - 31/12/2019", "2018-06/2019-12"),
        ("12/25/2018 - 12/31/2019", "2018-12/2019-12"),
        ("01.02.2019 - 03.04.2020", "2019-02/2020-04"),
        ("2015-09-01 - 2019-07-31", "2015-09/2019-07"),
        ("2020-3-2021-5", "2020-03/2021-05"),
        ("2019 - 2021", "2019/2021"),
        ("2019–2021", "2019/2021"),
        ("Oct 2019 ‑ Nov 2020", "2019-10/2020-11"),
        ("Oct 2019 − Nov 2020", "2019-10/2020-11"),
        ("Mai 2019 bis Dezember 2020", "2019-05/2020-12"),
        ("décembre 2018 à janvier 2019", "2018-12/2019-01"),
        ("enero 2018 hasta marzo 2019", "2018-01/2019-03"),
        ("2018年7月至2020年6月", "2018-07/2020-06"),
        ("2018年07月-2020年06月", "2018-07/2020-06"),
        ("2019年3月1日至2020年2月28日", "2019-03/2020-02"),
        ("2019年7月-9月", "2019-07/2019-09"),
        ("2015.07——2018.06", "2015-07/2018-06"),
        ("2015/7—2019/2", "2015-07/2019-02"),
        ("2020.3.1～2021.4.30", "2020-03/2021-04"),
        ("2018 年 7 月 - 2020 年 6 月", "2018-07/2020-06"),
    ],
)
def test_two_dates_make_a_period(text, period):
    assert stated(text) == period
    assert stated(f"Nurse, {text}, Leeds") == period
    assert stated(f"上海公司（{text}）护士") == period


@pytest.mark.parametrize(
    "text",
    [
        "{} to date",
        "{} - present",
        "{} – Present day",
        "{} to the present",
        "{} - to present",
        "{} until now",
        "{} — Current",
        "{}-currently",
        "{} – ongoing",
        "since {}",
        "from {}",
        "{} –",
        "{} bis heute",
        "{} à aujourd’hui",
        "{} hasta actualidad",
        "{}至今",
        "{}-至今",
        "{}——至今",
        "{} 至 今",
        "{} — 至 今",
        "{}到现在",
        "{}-目前",
        "{}～現在",
        "自{}起",
        "从 {} 开始",
    ],
)
@pytest.mark.parametrize(("date", "first"), [("2019.03", "2019-03"), ("2019年3月", "2019-03"), ("2019", "2019")])
def test_a_period_to_date_has_no_end(text, date, first):
    period = find_period(text.format(date))
    assert (period.first.to_iso(), period.last, period.is_current) == (first, None, True)


@pytest.mark.parametrize(
    "text",
    [
        "2021 - 2019",
        "Dec 2019 - Jan 2019",
        "2019年9月-5月",
        "Jan 2020",
        "May to October",
        "+44 113 496 0000",
        "ISO 9001",
        "1,2019 - 1,2020 items",
        "Jan 2020 - Nowhere Ltd",
        "present",
        "至今",
        "grew sales from 2,000 to 3,000",
        "",
    ],
)
def test_what_is_no_period(text):
    assert find_period(text) is None


def test_a_period_that_ends_before_it_begins_hides_no_later_one():
    assert stated("2021 - 2019, then 2019 - 2021") == "2019/2021"


@pytest.mark.parametrize("text", ["Hotel Weimar 2012 – 2014", "Rainfall 2012 – 2014", "Colmar 2012 – 2014"])
def test_the_end_of_a_name_is_no_month(text):
    assert stated(text) == "2012/2014"


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("graduated June 2015", "2015-06"),
        ("Juli 2018", "2018-07"),
        ("2015年6月毕业", "2015-06"),
        ("2019年3月-5月", "2019-03"),
        ("15/06/2019", "2019-06"),
        ("12/25/2019", "2019-12"),
        ("Expected 2026", "2026"),
        ("2019.13", "2019"),
        ("Sept. 2019", "2019-09"),
    ],
)
def test_a_single_date_is_found_where_it_stands(text, date):
    stated_date = find_date(text)
    assert stated_date is not None
    found, start, end = stated_date
    assert found.to_iso() == date
    assert text[start:end] == text[start:end].strip()
    assert "20" in text[start:end]


@pytest.mark.parametrize("text", ["2,019", "grew by 2019%", "1234567", "£2019.50", "13/2020", ""])
def test_a_number_is_no_date(text):
    found = find_date(text)
    assert found is None or found[0].to_iso() == "2019"


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from("Jan ſept junı 2019 '19 1 31 12 / . - – —— to 至 今 年 月 日 present since 自 ² ٣".split()),
        max_size=9,
    ).flatmap(lambda words: st.sampled_from([" ", ""]).map(lambda mark: mark.join(words)))
)
def test_any_text_has_a_period_that_stands_in_it_or_none(text):
    period = find_period(text)
    if period is not None:
        assert 0 <= period.start < period.end <= len(text)
        assert period.is_current == (period.last is None)
        assert period.is_current or period.first.first_day() <= period.last.last_day()
    found = find_date(text)
    assert found is None or 0 <= found[1] < found[2] <= len(text)


@pytest.mark.parametrize(
    ("text", "end"),
    [("2017-19", "2019"), ("2021 - 22", "2022"), ("2014-17 – driver", "2017"), ("Sept 2009 - till date", "…")],
)
def test_a_short_end_year_and_till_date(text, end):
    period = find_period(text)
    assert ("…" if period.is_current else period.last.to_iso()) == end


@pytest.mark.parametrize("text", ["2016-12", "2021-20", "2017-19-3", "2019-55%"])
def test_no_short_end_year(text):
    assert find_period(text) is None
