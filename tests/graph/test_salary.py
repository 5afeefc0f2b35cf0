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
        ("Up to £48k + car", None, 48000, "GBP", "year"),
        ("Band 4 £28,860 – £31,600", 28860, 31600, "GBP", "year"),
        ("₹7 – 9.5 lakh per annum", 700000, 950000, "INR", "year"),
        ("₹9,00,000 – 14,00,000 p.a.", 900000, 1400000, "INR", "year"),
        ("$72,000 – $78,000 NZD", 72000, 78000, "NZD", "year"),
        ("40-55K × 13", 40000, 55000, "", "month"),
        ("PHP 18,000 basic", 18000, 18000, "PHP", "month"),
    ],
)
def test_pay_as_it_is_stated(text, low, high, currency, period):
    found = find_salary(text, is_field=True)
    assert (found.minimum, found.maximum, found.currency, found.period) == (low, high, currency, period)
    assert found.span.is_in(text)


def test_only_words_before_the_pay_in_its_own_column_are_read():
    text = "Sawmill, Bath\n£27,000 - £31,000"
    assert find_salary(text, text.index("£"), is_field=True).period == "year"


@pytest.mark.parametrize(
    ("text", "country", "currency"),
    [
        ("$82,000 – $90,000", "AU", "AUD"),
        ("$82,000", "US", "USD"),
        ("US$82,000", "CA", "USD"),
        ("£82,000", "AU", "GBP"),
        ("11-15K", "CN", "CNY"),
        ("6-8 LPA", "IN", "INR"),
    ],
)
def test_the_country_says_whose_dollar_it_is(text, country, currency):
    assert find_salary(text, is_field=True, country=country).currency == currency


@pytest.mark.parametrize("text", ["Rs. 500-650 per visit", "90-140元/课时"])
def test_pay_by_the_piece_has_no_period(text):
    assert find_salary(text, is_field=True) is None


def test_thirteen_months_count():
    assert find_salary("8-12K·13薪", is_field=True).per_year() == (104000, 156000)


@pytest.mark.parametrize("text", ["since 1998", "a team of 40", "24/7 support", "面议"])
def test_other_numbers_are_no_pay(text):
    assert find_salary(text) is None
