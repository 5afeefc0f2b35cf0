import pytest

from metier.graph.salary import find_salary


@pytest.mark.parametrize(
    ("text", "low", "high", "currency", "period"),
    [
        ("£27,000 - £31,000 a year", 27000, 31000, "GBP", "year"),
        ("$18.50 per hour", 18.5, 18.5, "USD", "hour"),
        ("EUR 68,000 - 82,000 per year", 68000, 82000, "EUR", "year"),
        ("8-12K·13薪", 8000, 12000, "CNY", "month"),
        ("up to £45k per annum", None, 45000, "GBP", "year"),
    ],
)
def test_pay_as_it_is_stated(text, low, high, currency, period):
    found = find_salary(text, is_field=True)
    assert (found.minimum, found.maximum, found.currency, found.period) == (low, high, currency, period)
    assert found.span.is_in(text)


def test_thirteen_months_count():
    assert find_salary("8-12K·13薪", is_field=True).per_year() == (104000, 156000)


@pytest.mark.parametrize("text", ["since 1998", "a team of 40", "24/7 support", "面议"])
def test_other_numbers_are_no_pay(text):
    assert find_salary(text) is None
