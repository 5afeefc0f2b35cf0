"""Pay as a posting states it: amounts, currency and period, never converted."""

from __future__ import annotations

import re

from metier.records.salary import PayPeriod, Salary
from metier.records.span import Span

_SIGNS = {
    "US$": "USD", "A$": "AUD", "AU$": "AUD", "C$": "CAD", "CA$": "CAD", "S$": "SGD", "HK$": "HKD", "NT$": "TWD", "NZ$": "NZD", "R$": "BRL",
    "$": "USD", "£": "GBP", "€": "EUR", "₹": "INR", "¥": "CNY", "￥": "CNY", "元": "CNY", "zł": "PLN", "kr": "SEK", "₩": "KRW",
}  # fmt: skip
_CODES = "USD|GBP|EUR|CAD|AUD|NZD|SGD|HKD|TWD|CNY|RMB|INR|CHF|SEK|NOK|DKK|PLN|RON|AED|SAR|QAR|JPY|KRW|BRL|MXN|ZAR|CZK|HUF|PHP|MYR"
_SIGN = "|".join(re.escape(sign) for sign in sorted(_SIGNS, key=len, reverse=True) if sign not in {"元", "kr"})
_AMOUNT = r"\d{1,3}(?:[,.' ]\d{3})+(?:\.\d{1,2})?|\d+(?:\.\d{1,2})?"
_PAY = re.compile(
    rf"(?P<before>{_SIGN}|\b(?:{_CODES})\b)?\s?(?P<low>{_AMOUNT})\s?(?P<k1>[kK]\b|[kK](?=\s?[-–—])|万|千)?\s?(?P<mid>{_SIGN}|(?:{_CODES})\b)?"
    rf"(?:\s?(?:-|–|—|~|～|to|bis|à|至|and)\s?(?:{_SIGN}|(?:{_CODES})\b)?\s?(?P<high>{_AMOUNT})\s?(?P<k2>[kK]\b|[kK](?=[·/])|万|千)?)?"
    rf"\s?(?P<after>{_SIGN}|(?:{_CODES})\b|元|kr\b|euros?\b|dollars?\b|pounds?\b|dirhams?\b)?"
    r"(?P<tail>[^\n;。；]{0,34})"
)
_PERIODS: tuple[tuple[PayPeriod, str], ...] = (
    ("hour", r"^\W{0,3}(?:per|an|a|/|p/?|each)?\s*-?(?:hour|hr|h\b|stunde|heure)|p\.?h\b|hourly|/\s?(?:小?时|小時)|每小?时|時薪|时薪"),
    ("day", r"^\W{0,3}(?:per|a|/|p/?)\s*(?:day|tag|jour|shift)|daily|day rate|/\s?[天日]|每[天日]|日薪"),
    ("week", r"^\W{0,3}(?:per|a|/|p/?)\s*(?:week|wk|woche)|weekly|p\.?w\b|/\s?周|每周|周薪"),
    ("month", r"(?:per|a|/|p/?|each|pro)\s*(?:month|mo\b|monat|mois|mes)|monthly|p\.?c?\.?m\b|/\s?月|每月|月薪|薪\b"),
    ("year", r"(?:per|a|/|p/?|pro)\s*(?:year|yr|annum|jahr|an\b|año|a\b)|p\.?\s?a\b|annual|yearly|jährlich|brutto|salary|年薪|/\s?年|/yr"),
)  # fmt: skip
_MONTHS = re.compile(r"[·*×x]\s?(1[2-8])\s?(?:薪|个月)|(1[2-8])\s?薪")
_PAY_WORDS = re.compile(
    r"salary|pay|wage|compensation|rate|earn|OTE|gehalt|salaire|薪|工资|待遇|月入|收入", re.IGNORECASE
)
_WORDS = {
    "euro": "EUR",
    "euros": "EUR",
    "dollar": "USD",
    "dollars": "USD",
    "pound": "GBP",
    "pounds": "GBP",
    "dirham": "AED",
    "dirhams": "AED",
    "kr": "SEK",
}
_LEAST: dict[PayPeriod, float] = {"hour": 2, "day": 20, "week": 80, "month": 300, "year": 4000}
_MOST: dict[PayPeriod, float] = {"hour": 1000, "day": 8000, "week": 30000, "month": 900000, "year": 20_000_000}


def find_salary(text: str, start: int = 0, end: int | None = None, *, is_field: bool = False) -> Salary | None:
    """Find the first statement of pay in `text[start:end]`.

    Args:
        text: The text that the span points into.
        start: Where to begin.
        end: Where to stop; the end of the text when left out.
        is_field: The text is a salary column, so that a bare `8-12K` is pay too.

    Returns:
        The pay, or None when nothing there can be pay.
    """
    for stated in _PAY.finditer(text, start, len(text) if end is None else end):
        salary = _read(stated, text, is_field=is_field)
        if salary is not None:
            return salary
    return None


def _read(stated: re.Match[str], text: str, *, is_field: bool) -> Salary | None:
    is_wan = "万" in (stated["k1"] or "") + (stated["k2"] or "")
    is_k = bool(stated["k1"] or stated["k2"])
    currency = _currency(stated, is_field=is_field)
    lead = text[max(0, stated.start() - 30) : stated.start()]
    if not currency and not (is_field and is_k) and not (_PAY_WORDS.search(lead) and is_k):
        return None
    factor = 10_000 if is_wan else 1000 if is_k else 1
    if "千" in (stated["k1"] or ""):
        factor = 1000
    low = _number(stated["low"]) * factor
    high = _number(stated["high"]) * factor if stated["high"] else None
    tail = stated["tail"] or ""
    period = _stated_period(tail, lead)
    if period is None and (is_field or _PAY_WORDS.search(lead)):
        period = _usual_period(low, currency, is_k=is_k or is_wan)
    if period is None or not _LEAST[period] <= (high or low) <= _MOST[period]:
        return None
    months = _MONTHS.search(tail)
    last = stated.end() - len(tail)
    first = stated.start() + len(stated.group()) - len(stated.group().lstrip())
    is_floor = bool(re.match(r"\s*(?:\+|起|以上|and up|upwards)", tail)) or bool(
        re.search(r"from\s*$|min(?:imum)?\s*$|at least\s*$", lead, re.IGNORECASE)
    )
    is_top = bool(re.search(r"up to\s*$|max(?:imum)?\s*$|bis zu\s*$|最高\s*$", lead, re.IGNORECASE))
    return Salary(
        minimum=None if is_top else low,
        maximum=high if high is not None else (None if is_floor else low),
        currency=currency,
        period=period,
        months_per_year=float(next(filter(None, months.groups()))) if months else 12,
        span=Span.of(text, first, max(first + 1, last - (len(text[first:last]) - len(text[first:last].rstrip())))),
    )


def _currency(stated: re.Match[str], *, is_field: bool) -> str:
    for group in ("before", "mid", "after"):
        sign = stated[group]
        if sign:
            code = _SIGNS.get(sign) or _WORDS.get(sign.lower()) or sign.upper()
            return "CNY" if code == "RMB" else code
    if "薪" in (stated["tail"] or "") or stated["k1"] in {"万", "千"} or stated["k2"] in {"万", "千"}:
        return "CNY"
    return "CNY" if is_field and re.search(r"[\u4e00-\u9fff]", stated.group()) else ""


def _number(text: str) -> float:
    if re.fullmatch(r"\d{1,3}(?:[,.' ]\d{3})+", text):
        return float(re.sub(r"\D", "", text))
    return float(text.replace(",", "").replace("'", "").replace(" ", ""))


def _stated_period(tail: str, lead: str) -> PayPeriod | None:
    for period, pattern in _PERIODS:
        if re.search(pattern, tail[:24], re.IGNORECASE):
            return period
    for period, pattern in _PERIODS:
        if re.search(pattern.replace("^", ""), lead[-18:], re.IGNORECASE):
            return period
    return None


def _usual_period(low: float, currency: str, *, is_k: bool) -> PayPeriod | None:
    """Give the period that an amount of this size is usually paid for."""
    if currency == "CNY" or (is_k and not currency):
        return "month" if low < 100_000 else "year"
    if low < 150:
        return "hour"
    return "year" if low >= 12_000 else ("month" if low >= 900 else None)
