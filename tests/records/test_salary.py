import pytest

from metier.records.salary import Salary


@pytest.mark.parametrize(
    ("stated", "a_year"),
    [
        (Salary(minimum=20, maximum=25, currency="GBP", period="hour"), (41_600, 52_000)),
        (Salary(minimum=200, maximum=None, currency="EUR", period="day"), (52_000, None)),
        (Salary(minimum=None, maximum=600, currency="", period="week"), (None, 31_200)),
        (
            Salary(minimum=15_000, maximum=25_000, currency="CNY", period="month", months_per_year=13),
            (195_000, 325_000),
        ),
        (Salary(minimum=15_000, maximum=25_000, currency="CNY", period="month"), (180_000, 300_000)),
        (Salary(minimum=30_000, maximum=30_000, currency="GBP", period="year", months_per_year=13), (30_000, 30_000)),
        (Salary(minimum=0, maximum=None, currency="USD", period="year"), (0, None)),
    ],
)
def test_pay_per_year_of_full_time_work(stated, a_year):
    assert stated.per_year() == a_year
