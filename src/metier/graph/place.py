"""Places: find them in a short text such as `Leeds, UK` or `苏州 工业园区`, and tell near from far.

Cities come from the shipped gazetteer (GeoNames, 15,000 inhabitants and more), countries from CLDR and ISO 3166,
states and provinces from ISO 3166-2.
"""

from __future__ import annotations

import gzip
import math
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import chain, pairwise

import pycountry
from babel import Locale

from metier.records.place import Place
from metier.records.span import Found, Span

_EARTH_KM = 6371.0
COMMUTE_KM = 50.0
"""Two places nearer than this are one labour market."""
_FAR_KM = 1000.0
_EU = frozenset(
    [
        "AT",
        "BE",
        "BG",
        "HR",
        "CY",
        "CZ",
        "DK",
        "EE",
        "FI",
        "FR",
        "DE",
        "GR",
        "HU",
        "IE",
        "IT",
        "LV",
        "LT",
        "LU",
        "MT",
        "NL",
        "PL",
        "PT",
        "RO",
        "SK",
        "SI",
        "ES",
        "SE",
    ]
)
_GROUPS = {
    "EU": _EU,
    "EEA": _EU | {"IS", "LI", "NO"},
    "EMEA": _EU
    | {"GB", "CH", "NO", "IS", "LI", "TR", "AE", "SA", "QA", "KW", "BH", "OM", "IL", "EG", "ZA", "NG", "KE", "MA"},
    "DACH": frozenset({"DE", "AT", "CH"}),
    "EUROPE": _EU | {"GB", "CH", "NO", "IS", "LI", "UA", "RS", "BA", "AL", "MK", "ME", "MD", "TR"},
}
_COUNTRY_NAMES = {
    "uk": "GB", "u.k.": "GB", "great britain": "GB", "england": "GB", "scotland": "GB", "wales": "GB", "northern ireland": "GB",
    "usa": "US", "u.s.": "US", "u.s.a.": "US", "us": "US", "america": "US", "uae": "AE", "u.a.e.": "AE", "holland": "NL",
    "south korea": "KR", "korea": "KR", "czech republic": "CZ", "russia": "RU", "vietnam": "VN", "taiwan": "TW", "hong kong": "HK",
    "macau": "MO", "中国": "CN", "中國": "CN", "美国": "US", "英国": "GB", "台湾": "TW", "台灣": "TW", "prc": "CN", "ivory coast": "CI",
}  # fmt: skip
_GROUP_NAMES = {
    "eu": "EU", "european union": "EU", "eea": "EEA", "europe": "EUROPE", "emea": "EMEA", "dach": "DACH", "欧盟": "EU", "欧洲": "EUROPE",
}  # fmt: skip
_WITH_REGIONS = ("US", "CA", "AU")
_NAMING_LOCALES = ("en", "de", "fr", "es", "it", "nl", "pt", "pl", "sv", "ro", "zh")
_PIECE = re.compile(r"[^,;|/()\n·•–—，、；（）]+")
_JOINED = re.compile(r"\s+(?:and|or|und|oder|&)\s+")
_DISTRICT = re.compile(r"[\u4e00-\u9fff]{1,8}(?:区|區|县|縣|镇|鎮|街道)$")
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_POSTCODE = re.compile(r"\b(?:[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}|\d{4,6}(?:-\d{4})?|[A-Z]\d[A-Z]\s?\d[A-Z]\d)\b")
_LEAD = re.compile(
    r"^(?:(?:based in|located in|location|address|city|greater|near|in|at|remote from|remote in|remote within|remote|hybrid in|hybrid)\b"
    r"|现居地?|所在地|工作地点|地址|居住地|现居住地|位于|籍贯)[:\s：]*",
    re.IGNORECASE,
)
_BRITISH = re.compile(
    r"(?:\w+ )?\w+shire|(?:(?:East|West|North|South) )?(?:Sussex|Midlands|Devon|Wales|London)|Surrey|Kent|Essex|Dorset|Somerset|Cornwall|Cumbria"
    r"|Norfolk|Suffolk|Merseyside|(?:East |West |Mid)[Ll]othian|Fife|Greater Manchester|County Durham"
)
"""Counties, which the gazetteer has not; some are cities elsewhere (`Surrey`, `Cheshire`)."""
_SUFFIX = re.compile(
    r"\s+(?:area|region|metro|metropolitan area|city centre|city center|office|campus|only|based)$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _City:
    name: str
    country: str
    region: str
    latitude: float
    longitude: float
    population: int


@cache
def _cities() -> dict[str, list[_City]]:
    """Map a lower-case name to the cities that bear it, main names first, then the largest."""
    main: dict[str, list[_City]] = {}
    other: dict[str, list[_City]] = {}
    table = gzip.decompress(files("metier.graph").joinpath("data/places.tsv.gz").read_bytes()).decode("utf-8")
    for line in table.splitlines()[1:]:
        name, country, region, latitude, longitude, population, alternates = line.split("\t")
        city = _City(name, country, region, float(latitude), float(longitude), int(population))
        main.setdefault(name.casefold(), []).append(city)
        for alternate in filter(None, alternates.split("|")):
            other.setdefault(alternate.casefold(), []).append(city)
    for name, cities in other.items():
        main.setdefault(name, []).extend(cities)
    for cities in main.values():
        cities.sort(key=lambda city: -city.population)
    return main


@cache
def _countries() -> dict[str, str]:
    names = {country.name.casefold(): country.alpha_2 for country in pycountry.countries}
    codes = set(names.values())
    for locale in _NAMING_LOCALES:
        for code, name in Locale(locale).territories.items():
            if len(code) == 2 and code.isalpha() and code in codes:
                names.setdefault(name.casefold(), code)
    return names | _COUNTRY_NAMES


@cache
def _codes() -> frozenset[str]:
    """Give the codes of countries, some of which are codes of states too: `Utrecht, NL`, `Wilmington, DE`."""
    return frozenset(country.alpha_2 for country in pycountry.countries)


@cache
def _regions() -> dict[str, list[tuple[str, str]]]:
    """Map the name or the code of a state to the countries that have one so called (`WA`: US and AU) and its code."""
    regions: dict[str, list[tuple[str, str]]] = {}
    for country in _WITH_REGIONS:
        for subdivision in (known for known in pycountry.subdivisions if known.country_code == country):
            code = subdivision.code.partition("-")[2]
            regions.setdefault(subdivision.name.casefold(), []).append((country, code))
            regions.setdefault(code, []).append((country, code))
    return regions


def find_place(text: str) -> Place | None:
    """Find the place that a short text names, such as a location column or an address line.

    A city alone must be written as a name; a country or state beside it decides between namesakes.

    Args:
        text: A location, at most a line or two.
    """
    found = find_places(text)
    return found[0].value if found else None


def find_places(text: str) -> list[Found[Place]]:
    """Find the places that a short text names, in order; cities first take the country that stands beside them."""
    pieces = _pieces(text)
    wide = [_wide(_bare(piece)) for piece, _ in pieces]
    cities: list[tuple[_City, int, int]] = []
    last: _City | None = None
    for number, (piece, offset) in enumerate(pieces):
        if last is not None and any(_lies_in(last, known) for known in wide[number]):
            continue  # the state or country of the city before it
        if last is not None and _is_district(text, cities[-1][1], piece, offset):
            continue
        beside = list(chain(*wide[number + 1 : number + 4], *wide[max(0, number - 1) : number]))
        state = _state_at_end(piece)
        city, at, length = _city_in(piece, state or beside)
        if state and city is None:  # `Berlin DE`
            city, at, length = _city_in(piece, beside)
        if city is not None:
            cities.append((city, offset + at, offset + at + length))
        last = city
    places = [_found(text, start, end, city) for city, start, end in _without_namesakes(text, cities)]
    return places or _wide_places(text, pieces, wide)


def _wide_places(text: str, pieces: list[tuple[str, int]], wide: list[list[tuple[str, str]]]) -> list[Found[Place]]:
    """Give the states and countries that a text names; two letters are states unless one of them can only be a country."""
    places: list[Found[Place]] = []
    are_countries = any(
        _bare(piece) in _codes() and len(known) == 1 for (piece, _), known in zip(pieces, wide, strict=True)
    )
    for (piece, offset), known in zip(pieces, wide, strict=True):
        if known:
            country, region = known[-1 if are_countries and _bare(piece) in _codes() else 0]
            bare = _bare(piece)
            if bare not in piece:  # a postcode stood inside it
                bare = piece.strip()
            start = offset + piece.index(bare)
            span = Span.of(text, start, start + len(bare))
            places.append(Found(value=Place(text=bare, region=region, country=country), span=span, confidence=0.8))
    return places


def _pieces(text: str) -> list[tuple[str, int]]:
    """Cut a text at its commas and the like, and at an `and` that stands in no name; give each piece and its offset."""
    pieces = []
    for piece in _PIECE.finditer(text):
        bare = _bare(piece.group())
        cuts = [] if _wide(bare) or bare.casefold() in _cities() else list(_JOINED.finditer(piece.group()))
        starts, ends = [0, *(cut.end() for cut in cuts)], [*(cut.start() for cut in cuts), len(piece.group())]
        pieces += [(piece.group()[start:end], piece.start() + start) for start, end in zip(starts, ends, strict=True)]
    return pieces


def _is_district(text: str, city_start: int, piece: str, offset: int) -> bool:
    """Say whether a Chinese name is a part of the Chinese city before it: `北京·朝阳区`, not `北京、上海`."""
    if not _HAN.match(text, city_start) or not _HAN.match(piece.strip()):
        return False
    return text[:offset].rstrip().endswith(("·", "•")) or bool(_DISTRICT.match(piece.strip()))


def _without_namesakes(text: str, cities: list[tuple[_City, int, int]]) -> list[tuple[_City, int, int]]:
    """Leave out the small one of two cities far apart that a comma joins: the American Cheshire of `Warrington, Cheshire`."""
    left_out = set()
    for (one, _, end), (other, start, _) in pairwise(cities):
        apart = _great_circle_km(one.latitude, one.longitude, other.latitude, other.longitude)
        if one.country != other.country and text[end:start].strip() == "," and apart > _FAR_KM:
            smaller = min(one, other, key=lambda city: city.population)
            left_out |= {smaller} if smaller.population < _LARGE else set()
    return [found for found in cities if found[0] not in left_out]


def _state_at_end(piece: str) -> list[tuple[str, str]]:
    """Read the code of a state that ends a piece without a comma: `Townsville QLD`."""
    before, _, last = _bare(piece).rpartition(" ")
    return _regions().get(last, []) if before and last.isupper() else []


def _found(text: str, start: int, end: int, city: _City) -> Found[Place]:
    span = Span.of(text, start, end)
    place = Place(
        text=span.text,
        city=city.name,
        region=city.region,
        country=city.country,
        latitude=city.latitude,
        longitude=city.longitude,
    )
    return Found(value=place, span=span, confidence=0.9)


def _bare(piece: str) -> str:
    piece = _POSTCODE.sub("", piece).strip(" .:-")
    return _SUFFIX.sub("", _LEAD.sub("", piece)).strip(" .:-：")


def _wide(bare: str) -> list[tuple[str, str]]:
    """Read a piece as a country, a group of countries or a state; the likeliest reading first."""
    folded = bare.casefold()
    if bare in _regions() or folded in _regions():
        states = _regions().get(bare) or _regions()[folded]
        return [*states, (bare, "")] if bare in _codes() else states
    for name in (folded, folded.replace(".", "")):
        if name in _GROUP_NAMES or name in _countries():
            return [(_GROUP_NAMES.get(name) or _countries()[name], "")]
    if _state_at_end(bare):
        return _state_at_end(bare)
    if _BRITISH.fullmatch(bare):
        return [("GB", "")]
    if bare in _codes():
        return [(bare, "")]
    last = folded.rpartition(" ")[2]
    if last in {"uk", "usa", "us", "uae", "eu"} and bare.rpartition(" ")[2].isupper():
        return [(_GROUP_NAMES.get(last) or _countries()[last], "")]
    return []


def _lies_in(city: _City, wide: tuple[str, str]) -> bool:
    country, region = wide
    return city.country in _GROUPS.get(country, {country}) and region in {"", city.region}


def _city_in(piece: str, beside: list[tuple[str, str]]) -> tuple[_City | None, int, int]:
    """Find a city in a piece: the whole of it, its longest run of capitalised words, or a Chinese name in it."""
    bare = _bare(piece)
    at = piece.find(bare)
    if at < 0:  # a postcode stood inside it
        bare, at = piece, 0
    city = _pick(bare, beside)
    if city is not None:
        return city, at, len(bare)
    quarter = re.match(r"([^\W\d_]{3,})-[A-ZÄÖÜ]", bare)  # Berlin-Moabit
    if quarter and (city := _pick(quarter[1], beside, is_part=True)):
        return city, at, quarter.end(1)
    city, start, length = _han_city_in(bare, beside)
    if city is None:
        city, start, length = _latin_city_in(bare, beside)
    return city, at + start, length


def _han_city_in(bare: str, beside: list[tuple[str, str]]) -> tuple[_City | None, int, int]:
    for run in _HAN.finditer(bare):
        for first in range(len(run.group()) - 1):
            for length in range(min(7, len(run.group()) - first), 1, -1):
                city = _pick(run.group()[first : first + length].removesuffix("市"), beside)
                if city is not None:
                    return city, run.start() + first, length
    return None, 0, 0


def _latin_city_in(bare: str, beside: list[tuple[str, str]]) -> tuple[_City | None, int, int]:
    words = list(re.finditer(r"[^\W\d_][\w.'’-]*", bare))
    for count in range(min(3, len(words)), 0, -1):
        for first in range(len(words) - count + 1):
            start, end = words[first].start(), words[first + count - 1].end()
            city = _pick(bare[start:end], beside, is_part=True)
            if city is not None:
                return city, start, end - start
    return None, 0, 0


_LARGE = 300
"""Thousands of people from which a city is meant when nothing stands beside its name inside a longer text."""


def _pick(name: str, beside: list[tuple[str, str]], *, is_part: bool = False) -> _City | None:
    cities = _cities().get(name.casefold(), [])
    if not cities or (name.isascii() and not name[:1].isupper()) or name in _regions():
        return None
    for known in beside:
        fitting = [city for city in cities if _lies_in(city, known)]
        if fitting:
            return fitting[0]
    if beside or (is_part and cities[0].population < _LARGE):
        return None
    return cities[0]


def is_in(place: Place, country: str) -> bool:
    """Say whether a place lies in a country (ISO 3166-1 alpha-2) or a group of countries such as `EU`."""
    if not place.country:
        return False
    return place.country == country or place.country in _GROUPS.get(country, frozenset())


def distance_km(place: Place, other: Place) -> float | None:
    """Give the great-circle distance in kilometres, or None when either place has no coordinates."""
    if place.latitude is None or place.longitude is None or other.latitude is None or other.longitude is None:
        return None
    return _great_circle_km(place.latitude, place.longitude, other.latitude, other.longitude)


@lru_cache(maxsize=100_000)
def _great_circle_km(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    first, second = math.radians(latitude), math.radians(other_latitude)
    across = math.radians(other_longitude - longitude)
    half = math.sin((second - first) / 2) ** 2 + math.cos(first) * math.cos(second) * math.sin(across / 2) ** 2
    return 2 * _EARTH_KM * math.asin(min(1.0, math.sqrt(half)))
