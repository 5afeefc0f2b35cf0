"""Pay as a posting states it: amounts, currency and period, never converted."""

from __future__ import annotations

import re
from dataclasses import replace

from metier.records.salary import PayPeriod, Salary
from metier.records.span import Span

_SIGNS = {
    "US$": "USD", "A$": "AUD", "AU$": "AUD", "C$": "CAD", "CA$": "CAD", "S$": "SGD", "HK$": "HKD", "NT$": "TWD", "NZ$": "NZD", "R$": "BRL",
    "$": "USD", "£": "GBP", "€": "EUR", "₹": "INR", "Rs.": "INR", "Rs": "INR", "₱": "PHP", "₦": "NGN", "¥": "CNY", "￥": "CNY", "元": "CNY", "zł": "PLN", "kr": "SEK", "₩": "KRW",
}  # fmt: skip
_DOLLARS = {"AU": "AUD", "CA": "CAD", "NZ": "NZD", "SG": "SGD", "HK": "HKD", "TW": "TWD"}
"""What a bare `$` means in a country where it is not the dollar of the United States."""
_BARE = {"CN": "CNY", "IN": "INR"}
"""What a pay column without any sign is paid in."""
_CODES = "USD|GBP|EUR|CAD|AUD|NZD|SGD|HKD|TWD|CNY|RMB|INR|CHF|SEK|NOK|DKK|PLN|RON|AED|SAR|QAR|JPY|KRW|BRL|MXN|ZAR|CZK|HUF|PHP|MYR"
_SIGN = "|".join(re.escape(sign) for sign in sorted(_SIGNS, key=len, reverse=True) if sign not in {"元", "kr"})
_AMOUNT = r"\d{1,2}(?:,\d{2})+,\d{3}|\d{1,3}(?:[,.' ]\d{3})+(?:\.\d{1,2})?|\d+(?:\.\d{1,2})?"
_PAY = re.compile(
    rf"(?P<before>{_SIGN}|\b(?:{_CODES})\b)?\s?(?P<low>{_AMOUNT})\s?(?P<k1>[kK]\b|[kK](?=\s?[-–—])|万|千|(?i:lakhs?|lacs?)\b)?\s?(?P<mid>(?:{_SIGN}|(?:{_CODES})\b)(?!\s?\d))?"
    rf"(?:\s?(?:-|–|—|~|～|to|bis|à|至|and)\s?(?:{_SIGN}|(?:{_CODES})\b)?\s?(?P<high>{_AMOUNT})\s?(?P<k2>[kK]\b|[kK](?=[·/])|万|千|(?i:lakhs?|lacs?|LPA)\b)?)?"
    rf"\s?(?P<after>(?:{_SIGN}|(?:{_CODES})\b|元|kr\b|euros?\b|dollars?\b|pounds?\b|dirhams?\b)(?!\s?\d))?"
    r"(?=(?P<tail>[^\n;。；]{0,34}))"
)
_PERIODS: tuple[tuple[PayPeriod, str], ...] = (
    ("hour", r"^\W{0,3}(?:per|an|a|/|p/?|each)?\s*-?(?:hour|hr|h\b|stunde|heure)|p\.?h\b|hourly|/\s?(?:小?时|小時)|每小?时|時薪|时薪"),
    ("day", r"^\W{0,3}(?:per|a|/|p/?)\s*(?:day|tag|jour|shift)|daily|day rate|/\s?[天日]|每[天日]|日薪"),
    ("week", r"^\W{0,3}(?:per|a|/|p/?)\s*(?:week|wk|woche)|weekly|p\.?w\b|/\s?周|每周|周薪"),
    ("month", r"(?:per|a|/|p/?|each|pro)\s*(?:month|mo\b|monat|mois|mes)|monthly|p\.?c?\.?m\b|/\s?月|每月|月薪|薪\b"),
    ("year", r"(?:per|a|/|p/?|pro)\s*(?:year|yr|annum|jahr|an\b|año|a\b)|p\.?\s?a\b|annual|yearly|jährlich|brutto|salary|年薪|/\s?年|/yr"),
)  # fmt: skip
_PERIODS_BEFORE: tuple[tuple[PayPeriod, str], ...] = (
    ("hour", r"\bhourly|\bper hour|\bhour rate|时薪|時薪|每小时"),
    ("day", r"\bdaily|\bper day|\bday rate|日薪|日结|每[天日]"),
    ("week", r"\bweekly|\bper week|周薪|每周"),
    ("month", r"\bmonthly|\bper month|月薪|每月|月入"),
    ("year", r"\bannual|\byearly|\bper (?:year|annum)|\bsalary|年薪"),
)
"""Words before an amount that say what it pays for."""
_MONTHS = re.compile(r"[·*×x]\s?(1[2-8])(?!\d)|(1[2-8])\s?薪")
_MONTHLY = {
    "CNY": 100_000,
    "PHP": 200_000,
    "INR": 150_000,
    "AED": 60_000,
    "QAR": 60_000,
    "SAR": 60_000,
    "TWD": 200_000,
    "PLN": 40_000,
    "SEK": 150_000,
    "NOK": 150_000,
    "DKK": 150_000,
    "CZK": 300_000,
    "RON": 40_000,
    "NGN": 3_000_000,
}
"""Currencies in which pay is told by the month, and the amounts below which it is."""
_PIECE = re.compile(
    r"\W*(?:per|a|/|each)?\s*(?:visit|session|lesson|class|piece|word|drop|client)\b|\s*/\s*(?:课时|次|千字|单|件|户)",
    re.IGNORECASE,
)
"""Pay by the piece, which has no period."""
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


def find_salary(
    text: str, start: int = 0, end: int | None = None, *, is_field: bool = False, country: str = ""
) -> Salary | None:
    """Find the first statement of pay in `text[start:end]`.

    Args:
        text: The text that the span points into.
        start: Where to begin.
        end: Where to stop; the end of the text when left out.
        is_field: The text is a salary column, so that a bare `8-12K` is pay too.
        country: Where the job is, which says whose dollar a bare `$` is.

    Returns:
        The pay, or None when nothing there can be pay.
    """
    for stated in _PAY.finditer(text, start, len(text) if end is None else end):
        salary = _read(stated, text, start, is_field=is_field, country=country)
        if salary is not None:
            is_bare = bool(salary.span and re.search(r"(?<![A-Z])\$", salary.span.text))
            return replace(salary, currency=_DOLLARS[country]) if is_bare and country in _DOLLARS else salary
    return None


def _read(stated: re.Match[str], text: str, start: int, *, is_field: bool, country: str) -> Salary | None:
    unit = ((stated["k1"] or "") + (stated["k2"] or "")).lower()
    is_lakh = unit.startswith("l")
    is_wan = "万" in unit
    is_k = bool(stated["k1"] or stated["k2"])
    currency = _currency(stated, is_field=is_field) or (_BARE.get(country, "") if is_field else "")
    lead = text[max(start, stated.start() - 30) : stated.start()]
    if not currency and not (is_field and is_k) and not (_PAY_WORDS.search(lead) and is_k):
        return None
    factor = 100_000 if is_lakh else 10_000 if is_wan else 1000 if is_k else 1
    if "千" in (stated["k1"] or ""):
        factor = 1000
    low = _number(stated["low"]) * factor
    high = _number(stated["high"]) * factor if stated["high"] else None
    if high is not None and high < low:
        return None
    tail = stated["tail"] or ""
    period = _stated_period(tail, lead)
    if period is None and (is_field or _PAY_WORDS.search(lead)):
        period = _usual_period(low, currency, is_k=is_k)
    if period is None or not _LEAST[period] <= (high or low) <= _MOST[period]:
        return None
    if _PIECE.match(tail):
        return None
    months = _MONTHS.search(tail)
    last = stated.end() + _period_end(tail)
    first = stated.start() + len(stated.group()) - len(stated.group().lstrip())
    is_floor = bool(re.match(r"\s*(?:\+(?!\s*\w)|起|以上|and up|upwards)", tail)) or bool(
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
    signs = [stated[group] for group in ("before", "mid", "after")]
    for sign in sorted(signs, key=lambda sign: sign == "$"):  # `$72,000 NZD`
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
    for period, pattern in _PERIODS_BEFORE:
        if re.search(pattern, lead[-18:], re.IGNORECASE):
            return period
    return None


def _period_end(tail: str) -> int:
    """Give where the words of the period end that stand right after the amount, so that the quote holds them."""
    found = [re.match(rf"\s*(?:{pattern.replace('^', '')})", tail, re.IGNORECASE) for _, pattern in _PERIODS]
    return max((match.end() for match in found if match), default=0)


def _usual_period(low: float, currency: str, *, is_k: bool) -> PayPeriod | None:
    """Give the period that an amount of this size is usually paid for."""
    if currency in _MONTHLY or (is_k and not currency):
        return "month" if low < _MONTHLY.get(currency, 100_000) else "year"
    if low < 150:
        return "hour"
    return "year" if low >= 12_000 else ("month" if low >= 900 else None)
