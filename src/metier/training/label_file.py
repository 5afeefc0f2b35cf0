"""Labels that people gave, a line each, written at once; and how far the people agree."""

from __future__ import annotations

import json
import os
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from metier.errors import InputError
from metier.evaluation.agreement import krippendorff_alpha

CHAT = "chat:"


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenLabel:
    """What one person said of a text or of a pair.

    Attributes:
        text_a: The text.
        text_b: The other text of a pair; empty for a text alone.
        label: The class.
        annotator: Who said it; a chat model is named behind `chat:`.
    """

    text_a: str
    text_b: str = ""
    label: str
    annotator: str

    @property
    def key(self) -> str:
        """Name what was labelled."""
        return f"{self.text_a}\n{self.text_b}"

    @property
    def is_of_model(self) -> bool:
        """Say whether no person said it."""
        return self.annotator.startswith(CHAT)


@dataclass(frozen=True, slots=True, kw_only=True)
class AgainstPeople:
    """How far a model labels as people do.

    Attributes:
        both: How many things it and people labelled.
        same: How many of them alike.
        alpha: Krippendorff's alpha of the two; None where nothing has both.
    """

    both: int
    same: int
    alpha: float | None


def read_given(path: Path) -> list[GivenLabel]:
    """Read labels; none where the file is not there. Of two by one person for one thing the later counts.

    Raises:
        InputError: A line is broken.
    """
    if not path.is_file():
        return []
    given: dict[tuple[str, str], GivenLabel] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            row = json.loads(line)
            label = GivenLabel(
                text_a=row["text_a"], text_b=row.get("text_b", ""), label=str(row["label"]), annotator=row["annotator"]
            )
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise InputError(f"{path}, line {number}: no label", hint="Delete the line.") from error
        given[label.key, label.annotator] = label
    return list(given.values())


def add_given(path: Path, label: GivenLabel) -> None:
    """Write a label behind the others and see it on the disk."""
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(asdict(label), ensure_ascii=False) + "\n")
        file.flush()
        os.fsync(file.fileno())


def agreed(labels: Iterable[GivenLabel]) -> dict[str, GivenLabel]:
    """Give one label a thing, that of most people, a model's where no person spoke; where as many say another, none."""
    by_key: dict[str, list[GivenLabel]] = defaultdict(list)
    for label in labels:
        by_key[label.key].append(label)
    found = {}
    for key, every in by_key.items():
        given = [each for each in every if not each.is_of_model] or every
        counted = Counter(each.label for each in given).most_common(2)
        if len(counted) == 1 or counted[0][1] > counted[1][1]:
            found[key] = next(each for each in given if each.label == counted[0][0])
    return found


def agreement(labels: Iterable[GivenLabel]) -> float | None:
    """Give Krippendorff's alpha of the people; None where no two labelled the same thing."""
    ratings: dict[str, dict[str, str]] = defaultdict(dict)
    for label in labels:
        if not label.is_of_model:
            ratings[label.key][label.annotator] = label.label
    return krippendorff_alpha(ratings)


def against_people(labels: Iterable[GivenLabel], model: str) -> AgainstPeople:
    """Hold the labels of a model against what most people say.

    Args:
        labels: Of all.
        model: Its name as an annotator.
    """
    given = list(labels)
    people = agreed(label for label in given if not label.is_of_model)
    own = {label.key: label.label for label in given if label.annotator == model}
    both = {key: {"people": people[key].label, "model": own[key]} for key in own.keys() & people.keys()}
    same = sum(one["people"] == one["model"] for one in both.values())
    return AgainstPeople(both=len(both), same=same, alpha=krippendorff_alpha(both))
