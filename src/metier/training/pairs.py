"""Pairs of texts to learn from, read from CSV or JSON Lines, with what is wrong with them."""

from __future__ import annotations

import csv
import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from metier.errors import InputError

_HINT = "Write text_a, text_b and, if there are grades, label; a triplet has text_c, which text_a is far from."
_KEPT_DECIMALS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two texts and how well they fit.

    Attributes:
        left: The query, such as a resume or a title.
        right: The document, such as a posting or an occupation.
        label: How well they fit, 0 not at all; the highest grade is what the reader met.
        other: What `left` is far from, where the row is a triplet; else empty.
    """

    left: str
    right: str
    label: float = 1.0
    other: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What is odd about rows that can be read.

    Attributes:
        rows: How many there were.
        duplicated: Rows that an earlier row says already; they are left out.
        contradictory: Pairs that two rows give different labels; all their rows are left out.
        labels: How many rows there are of each label, after that.
    """

    rows: int
    duplicated: int
    contradictory: int
    labels: dict[float, int]

    def sentences(self) -> list[str]:
        """Say in words what was found, one sentence each; nothing where nothing is odd."""
        told = []
        if self.duplicated:
            told.append(f"{self.duplicated} of {self.rows} rows say what an earlier row says and are left out")
        if self.contradictory:
            told.append(f"{self.contradictory} pairs have two labels that contradict each other; all are left out")
        return told


def read_pairs(path: Path) -> tuple[list[Pair], Findings]:
    """Read pairs, graded pairs or triplets, without duplicated and contradictory ones.

    Raises:
        InputError: The file is not there, has no such columns, or a row of it is broken; the message names the row.
    """
    rows = [_pair(path, number, row) for number, row in _rows(path)]
    if not rows:
        raise InputError(f"{path} holds no pair", hint=_HINT)
    return _sifted(rows)


def read_texts(path: Path) -> list[str]:
    """Read texts: a line each of a text file, or the column `text` of CSV and JSON Lines; each text once.

    Raises:
        InputError: The file is not there, or a row has no text.
    """
    if path.suffix not in {".csv", ".jsonl"}:
        texts = [line.strip() for line in _content(path).splitlines()]
    else:
        texts = [_text(path, number, row, "text") for number, row in _rows(path)]
    return list(dict.fromkeys(filter(None, texts)))


def holds_pairs(path: Path) -> bool:
    """Say whether a file is one of pairs, by its first row; else it is one of texts.

    Raises:
        InputError: The file cannot be read.
    """
    return path.suffix in {".csv", ".jsonl"} and any("text_a" in row for _, row in islice(_rows(path), 1))


def read_labelled(path: Path) -> list[tuple[str, str]]:
    """Read texts with their labels, the columns `text` and `label`.

    Raises:
        InputError: The file is not there, or a row lacks one of them.
    """
    return [(_text(path, number, row, "text"), _text(path, number, row, "label")) for number, row in _rows(path)]


def content_hash(path: Path) -> str:
    """Hash what a file holds, so that a run can say what it learnt from."""
    return f"sha256-{hashlib.sha256(path.read_bytes()).hexdigest()[:16]}"


def held_out(pairs: Sequence[Pair], *, share: float, seed: int) -> tuple[list[Pair], list[Pair]]:
    """Split by the left text, so that no query of the second part was seen in the first.

    Args:
        pairs: All of them.
        share: About how much of the left texts is held out.
        seed: Another seed holds out others; a text's side depends on nothing else.

    Raises:
        InputError: One of the parts has no pair.
    """
    parts: tuple[list[Pair], list[Pair]] = ([], [])
    for pair in pairs:
        drawn = int.from_bytes(hashlib.blake2b(f"{seed}\n{pair.left}".encode(), digest_size=6).digest())
        parts[drawn < share * 2**48].append(pair)
    if not all(parts):
        raise InputError(
            f"{len(pairs)} pairs cannot be split: one part has none", hint="Give more pairs, or --validation FILE."
        )
    return parts


def leaked(train: Sequence[Pair], validation: Sequence[Pair]) -> list[Pair]:
    """Give the pairs of the validation that training would see too, whichever way round."""
    seen = {frozenset((pair.left, pair.right)) for pair in train}
    return [pair for pair in validation if frozenset((pair.left, pair.right)) in seen]


def _sifted(rows: Sequence[Pair]) -> tuple[list[Pair], Findings]:
    by_texts: dict[tuple[str, str, str], list[Pair]] = defaultdict(list)
    for pair in rows:
        by_texts[pair.left, pair.right, pair.other].append(pair)
    clear = [same[0] for same in by_texts.values() if len({pair.label for pair in same}) == 1]
    repeated = sum(len(same) - 1 for same in by_texts.values() if len({pair.label for pair in same}) == 1)
    findings = Findings(
        rows=len(rows),
        duplicated=repeated,
        contradictory=len(by_texts) - len(clear),
        labels=dict(sorted(Counter(pair.label for pair in clear).items())),
    )
    return clear, findings


def _pair(path: Path, number: int, row: dict[str, Any]) -> Pair:
    written = row.get("label")
    try:
        label = 1.0 if written in (None, "") else round(float(written), _KEPT_DECIMALS)
    except (TypeError, ValueError) as error:
        raise InputError(f"{path}, row {number}: the label {written!r} is no number", hint=_HINT) from error
    if not 0 <= label < float("inf"):
        raise InputError(f"{path}, row {number}: the label {label} is no grade", hint="Give 0 or more; 0 is no fit.")
    return Pair(
        left=_text(path, number, row, "text_a"),
        right=_text(path, number, row, "text_b"),
        label=label,
        other=str(row.get("text_c") or "").strip(),
    )


def _text(path: Path, number: int, row: dict[str, Any], name: str) -> str:
    text = str(row.get(name) or "").strip()
    if not text:
        raise InputError(f"{path}, row {number}: there is no {name}", hint=_HINT if name != "text" else "Give a text.")
    return text


def _rows(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    if path.suffix == ".csv":
        yield from enumerate(csv.DictReader(_content(path).splitlines(keepends=True)), start=1)
        return
    for number, line in enumerate(_content(path).splitlines(), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise InputError(f"{path}, row {number}: this is not JSON", hint="Write one object a line.") from error
        if not isinstance(row, dict):
            raise InputError(f"{path}, row {number}: this is no object", hint="Write one object a line.")
        yield number, row


def _content(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} cannot be read: {error}", hint="Give a file in UTF-8.") from error
