"""Families of titles: names of one occupation in one language, across languages, and beside what it is about."""

from __future__ import annotations

import csv
import gzip
import io
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from family import Family, Group, alike, pair, present

LANGUAGES = ("en", "de", "es", "fr", "it", "nl", "pl", "pt", "ro", "sv", "cs", "da", "hu")
_CSCO = "csco:"
_LEAST_SHARED = 3


def rows(path: Path, *, delimiter: str = "\t") -> Iterator[dict[str, str]]:
    """Read a table with a heading, packed or plain."""
    csv.field_size_limit(10**8)
    raw = path.read_bytes()
    text = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8")
    with io.StringIO(text, newline="") as file:
        quoting = csv.QUOTE_NONE if delimiter == "\t" else csv.QUOTE_MINIMAL
        yield from csv.DictReader(file, delimiter=delimiter, quoting=quoting)


def labels_of_occupations(data: Path) -> dict[str, dict[str, list[str]]]:
    """Give ESCO's labels of occupations and ISCO groups by URI and language."""
    found: dict[str, dict[str, list[str]]] = defaultdict(dict)
    for language in LANGUAGES:
        for row in rows(data / f"esco/labels/{language}.tsv"):
            found[row["uri"]].setdefault(language, []).append(row["label"])
    return dict(sorted(found.items()))


def everyday_titles(table: Path) -> tuple[dict[str, list[str]], dict[str, tuple[list[str], list[str]]]]:
    """Give the Chinese titles by ESCO's URI, and the everyday Chinese and English titles by CSCO's code."""
    esco: dict[str, list[str]] = {}
    csco: dict[str, tuple[list[str], list[str]]] = {}
    for row in rows(table):
        if row["uri"].startswith("#"):
            continue
        every, english = row["chinese"].split("|"), row["english"].split("|")
        if row["uri"].startswith(_CSCO):
            csco[row["uri"].removeprefix(_CSCO)] = every, english
        else:
            esco[row["uri"]] = every
    return esco, csco


def title_families(data: Path, everyday: Path) -> list[Family]:
    """Give the families of titles; `everyday` is the table of everyday titles that ships."""
    labels = labels_of_occupations(data)
    by_esco, by_csco = everyday_titles(everyday)
    for uri, titles in by_esco.items():
        if uri in labels:
            labels[uri]["zh"] = titles
    official = {row["code"]: row for row in rows(data / "csco/csco22.csv", delimiter=",")}
    return [
        Family("title", present(_same_language(labels)), 4.0, noise=0.15),
        Family("title across languages", present(_across(labels)), 3.0, noise=0.1),
        Family("title onet", present(_onet(data)), 2.0, noise=0.1),
        Family("title csco", present(_csco(official, by_csco)), 1.5, noise=0.3),
        Family("title described", present(_described(data, labels, official, by_csco)), 1.5, pairs=128),
        Family("title viewed", present(_viewed(data)), 0.4),
    ]


def _same_language(labels: dict[str, dict[str, list[str]]]) -> Iterator[Group | None]:
    for uri, by_language in labels.items():
        for texts in by_language.values():
            yield alike(uri, [texts])


def _across(labels: dict[str, dict[str, list[str]]]) -> Iterator[Group | None]:
    for uri, by_language in labels.items():
        if len(by_language) > 1:
            yield alike(uri, list(by_language.values()))


def _onet(data: Path) -> Iterator[Group | None]:
    titles: dict[str, list[str]] = defaultdict(list)
    for row in rows(data / "onet/alternate_titles.tsv.gz"):
        titles[row["O*NET-SOC Code"]] += [row["Title"], row["Alternate Title"], row["Short Title"]]
    for row in rows(data / "onet/sample_of_reported_titles.tsv.gz"):
        titles[row["O*NET-SOC Code"]].append(row["Reported Job Title"])
    for code, texts in sorted(titles.items()):
        yield alike(f"onet:{code}", [[text for text in texts if text != "n/a"]])


def _csco(
    official: dict[str, dict[str, str]], everyday: dict[str, tuple[list[str], list[str]]]
) -> Iterator[Group | None]:
    for code, row in official.items():
        every, english = everyday.get(code, ([], []))
        names = [row["name"], *row["alias"].split("、")]
        yield (
            pair(f"csco:{code}", [*every, *every, *english, *names], names) if every else alike(f"csco:{code}", [names])
        )
        yield alike(f"csco:{code}", [[*every, *names]])


def _described(
    data: Path,
    labels: dict[str, dict[str, list[str]]],
    official: dict[str, dict[str, str]],
    everyday: dict[str, tuple[list[str], list[str]]],
) -> Iterator[Group | None]:
    for row in rows(data / "esco/occupations_en.csv", delimiter=","):
        uri = row["conceptUri"]
        yield pair(uri, labels.get(uri, {}).get("en", [row["preferredLabel"]]), [row["description"]])
    tasks: dict[str, list[str]] = defaultdict(list)
    for row in rows(data / "onet/task_statements.tsv.gz"):
        tasks[row["O*NET-SOC Code"]].append(row["Task"])
    for row in rows(data / "onet/occupation_data.tsv.gz"):
        code = row["O*NET-SOC Code"]
        yield pair(f"onet:{code}", [row["Title"]], [row["Description"], *tasks[code]])
    for code, row in official.items():
        every, _ = everyday.get(code, ([], []))
        duties = [part.lstrip("0123456789. ") for part in row["tasks"].split(" ")]
        yield pair(
            f"csco:{code}",
            [row["name"], *every],
            [row["definition"], *[duty for duty in duties if len(duty) > _LEAST_SHARED]],
        )


def _viewed(data: Path) -> Iterator[Group | None]:
    """Titles that one person looked at, and the work and the wishes of that person: loosely related."""
    viewed: dict[str, list[str]] = defaultdict(list)
    had: dict[str, list[str]] = defaultdict(list)
    for row in rows(data / "views/train.csv", delimiter=","):
        viewed[row["Applicant.ID"]].append(row["Position"])
    for row in rows(data / "views/experience.csv", delimiter=","):
        had[row["Applicant.ID"]].append(row["Position.Name"])
    for row in rows(data / "views/positions_of_interest.csv", delimiter=","):
        had[row["Applicant.ID"]].append(row["Position.Of.Interest"])
    for person, titles in sorted(viewed.items()):
        yield pair(f"person:{person}", [text for text in had[person] if text != "NA"], titles)
