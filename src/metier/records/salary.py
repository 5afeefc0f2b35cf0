"""Pay as a text states it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from metier.records.span import Span

PayPeriod = Literal["hour", "day", "week", "month", "year"]
_PERIODS_PER_YEAR: dict[PayPeriod, float] = {"hour": 2080, "day": 260, "week": 52, "month": 12, "year": 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class Salary:
    """Stated pay; never converted between currencies.

    Attributes:
        minimum: The lower end, if stated.
        maximum: The upper end, if stated.
        currency: ISO 4217 code, empty when not stated.
        period: What one amount pays for.
        months_per_year: Paid months a year when stated (`13薪` is 13), else 12.
        span: Where the text says so.
    """

    minimum: float | None
    maximum: float | None
    currency: str
    period: PayPeriod
    months_per_year: float = 12
    span: Span | None = None

    def per_year(self) -> tuple[float | None, float | None]:
        """Give both ends per year of full-time work (2,080 hours, 260 days)."""
        factor = self.months_per_year if self.period == "month" else _PERIODS_PER_YEAR[self.period]
        return (
            None if self.minimum is None else self.minimum * factor,
            None if self.maximum is None else self.maximum * factor,
        )
