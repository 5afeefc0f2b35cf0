"""How well and how fast texts are linked: snippets marked by hand, and whole postings for the time.

Usage: python benchmarks/linker.py [--show]
"""

from __future__ import annotations

import csv
import re
import statistics
import sys
import time
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from _table import ROOT, write

from metier.graph.reading import Reading, TextReader
from metier.records.skill import Mention

SNIPPETS = Path(__file__).with_name("linker_texts.txt")
ADS = ROOT.parent / "shared/data/jobs"
MARK = re.compile(
    r"\[\[(?P<no>!?)(?P<skill>[^\]=]+)(?:=(?P<label>[^\]]+))?\]\]|\{\{(?P<work>[^}=]+)=(?P<works>[^}]+)\}\}"
)
HAN = re.compile(r"[\u3400-\u9fff]")


class Marked(NamedTuple):
    """Words that a careful reader links."""

    start: int
    end: int
    labels: tuple[str, ...]
    is_skill: bool
    is_negated: bool


class Tally(NamedTuple):
    """What was found, what is right of it, and what there was to find."""

    found: int = 0
    right: int = 0
    to_find: int = 0
    met: int = 0

    def plus(self, other: Tally) -> Tally:
        """Add another one."""
        return Tally(*(one + two for one, two in zip(self, other, strict=True)))

    def row(self, name: str) -> list[str]:
        """Give precision, recall and their mean as a row."""
        precision, recall = self.right / max(1, self.found), self.met / max(1, self.to_find)
        mean = 2 * precision * recall / max(1e-9, precision + recall)
        return [name, f"{precision:.3f}", f"{recall:.3f}", f"{mean:.3f}", str(self.to_find)]


def unmarked(line: str) -> tuple[str, list[Marked]]:
    """Take the marks out of a line; give the text and what was marked."""
    text, marks, last = "", [], 0
    for found in MARK.finditer(line):
        text += line[last : found.start()]
        words = found["skill"] or found["work"]
        labels = found["label"] or found["works"] or ""
        marks.append(
            Marked(
                len(text),
                len(text) + len(words),
                tuple(labels.split("~")) if labels else (),
                bool(found["skill"]),
                found["no"] == "!",
            )
        )
        text += words
        last = found.end()
    return text + line[last:], marks


def agrees(mark: Marked, mention: Mention) -> bool:
    """Say whether a mention stands where a mark does, and is linked to what it says."""
    meets = mention.span.start < mark.end and mark.start < mention.span.end
    return meets and (not mark.labels or mention.preferred_label in mark.labels)


def tally(marks: list[Marked], mentions: list[Mention]) -> Tally:
    """Count for one text."""
    right = sum(any(agrees(mark, one) for mark in marks) for one in mentions)
    met = sum(any(agrees(mark, one) for one in mentions) for mark in marks)
    return Tally(len(mentions), right, len(marks), met)


def occupation_tally(marks: list[Marked], mentions: list[Mention]) -> Tally:
    """Count for one text; of one place, the right classification among those given is enough."""
    places: dict[tuple[int, int], list[Mention]] = {}
    for one in mentions:
        places.setdefault((one.span.start, one.span.end), []).append(one)
    right = sum(any(agrees(mark, one) for mark in marks for one in group) for group in places.values())
    met = sum(any(agrees(mark, one) for one in mentions) for mark in marks)
    return Tally(len(places), right, len(marks), met)


def show(text: str, marks: list[Marked], reading: Reading) -> None:
    """Print what was missed and what was found wrongly."""
    skills, works = [m for m in marks if m.is_skill], [m for m in marks if not m.is_skill]
    for kind, marked, mentions in (("skill", skills, reading.skills), ("work", works, reading.occupations)):
        for mark in marked:
            if not any(agrees(mark, one) for one in mentions):
                print(f"missed {kind}: {text[mark.start : mark.end]} {mark.labels or ''} | {text[:30]!r}")
        for one in mentions:
            hit = next((mark for mark in marked if agrees(mark, one)), None)
            if hit is None:
                print(
                    f"wrong {kind}: {one.span.text} → {one.preferred_label} ({one.reason} {one.score:.2f}) | {text[:30]!r}"
                )
            elif kind == "skill" and not hit.labels:
                print(f"open {kind}: {one.span.text} → {one.preferred_label}")
            if hit is not None and kind == "skill" and hit.is_negated != one.is_negated:
                print(f"negation: {one.span.text} | {text!r}")


def quality(reader: TextReader, *, is_shown: bool) -> list[list[str]]:
    """Measure the snippets."""
    totals: dict[str, Tally] = {}
    for line in SNIPPETS.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        text, marks = unmarked(line.replace("\\n", "\n"))
        reading = reader.read(text)
        language = "Chinese" if HAN.search(text) else "English"
        skills = tally([mark for mark in marks if mark.is_skill], list(reading.skills))
        works = occupation_tally([mark for mark in marks if not mark.is_skill], list(reading.occupations))
        negated = [mark for mark in marks if mark.is_negated]
        told = [one for one in reading.skills if one.is_negated]
        for name, count in (("skills", skills), ("occupations", works), ("negated skills", tally(negated, told))):
            key = f"{language}, {name}"
            totals[key] = totals.get(key, Tally()).plus(count)
        if is_shown:
            show(text, marks, reading)
    return [total.row(name) for name, total in totals.items()]


def postings() -> tuple[list[str], str]:
    """Give whole postings: of the shared data where they are, else of the sample; and say which."""
    if ADS.is_dir():
        with (ADS / "google.csv").open(encoding="utf-8") as file:
            rows = list(csv.DictReader(file))[:300]
        return ["\n".join(map(str, row.values())) for row in rows], "300 ads of ../shared/data/jobs"
    text = files("metier.sample").joinpath("jobs.jsonl").read_text(encoding="utf-8")
    return text.splitlines()[:300], "the postings of the sample"


def milliseconds(reader: TextReader, texts: list[str]) -> str:
    """Time the reading of each text; give the median and the 95th percentile."""
    reader.read(texts[0])
    times, work = [], []
    for text in texts:
        begun, worked = time.perf_counter(), time.process_time()
        reader.read(text)
        times.append(1000 * (time.perf_counter() - begun))
        work.append(1000 * (time.process_time() - worked))
    most = statistics.quantiles(times, n=20)[-1]
    return f"{statistics.median(times):.1f} ms (95 %: {most:.1f} ms; of the processor {statistics.median(work):.1f} ms)"


def main() -> None:
    """Measure and write the table."""
    reader = TextReader()
    rows = quality(reader, is_shown="--show" in sys.argv)
    texts, which = postings()
    rows.append([f"one posting, median; {which}", milliseconds(reader, texts), "", "", str(len(texts))])
    about = (
        "Snippets of postings of many sectors, marked by hand (`linker_texts.txt`), names and context only, no encoder. "
        "Development figures: some titles were added after a first run missed them. "
        "A skill without a label in the marks counts by its place alone."
    )
    write(__file__, "Linking", about, ["what", "precision", "recall", "F1", "to find"], rows)


if __name__ == "__main__":
    main()
