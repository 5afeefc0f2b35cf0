"""Names that share a word in a list: `MIG and TIG welding`, `front- and back-end development`, `maintain records and files`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from metier.graph.fold import BOUNDARY, Token, fold_once
from metier.graph.skill_table import Form

_HAN = re.compile(r"[\u3400-\u9fff]")
_CONJUNCTIONS = frozenset(["and", "or", "und", "et", "y", "和", "与", "及", "或"])
_BETWEEN = re.compile(r"\s*-?\s*(?:[/&＆／、]|,|，)\s*")
_HEAD = 3
"""The most words of what is shared; of Chinese, characters."""
_ITEM = 2
_HAN_ITEM = 4
_LIST = 6


class Shared(NamedTuple):
    """An item of a list that names a skill together with a word that stands only once.

    Attributes:
        start: Where the item begins.
        end: Where the item ends; the shared word may stand outside.
        form: The name that both make.
    """

    start: int
    end: int
    form: Form


def shared_names(text: str, forms: dict[str, list[Form]]) -> Iterator[Shared]:
    """Find names whose last (or first) word the text writes only once for several items.

    Args:
        text: The text.
        forms: Names by their stems, joined by spaces (`SkillTable.forms`).
    """
    tokens = fold_once(text)
    for place in _joints(text, tokens):
        yield from _shared_head(text, tokens, place, forms)
        yield from _shared_verb(tokens, place, forms)


def _joints(text: str, tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Give the place of the last token before a conjunction and that of the first after it."""
    for place in range(1, len(tokens) - 1):
        token = tokens[place]
        if token.folded in _CONJUNCTIONS and BOUNDARY not in (tokens[place - 1].folded, tokens[place + 1].folded):
            yield place - 1, place + 1
    for place in range(len(tokens) - 1):
        one, two = tokens[place], tokens[place + 1]
        if BOUNDARY not in (one.folded, two.folded) and _BETWEEN.fullmatch(text[one.end : two.start]):
            yield place, place + 1


def _shared_head(
    text: str, tokens: Sequence[Token], joint: tuple[int, int], forms: dict[str, list[Form]]
) -> Iterator[Shared]:
    left, right = joint
    is_han = bool(_HAN.fullmatch(tokens[left].folded))
    run = _run(tokens, right, 2 * _HAN_ITEM if is_han else _ITEM + _HEAD)
    least = 2 if is_han else 1
    items = list(_items(text, tokens, left))
    for size in range(least, (_HAN_ITEM if is_han else _ITEM) + 1):
        heads = [run[size : size + length] for length in range(_HEAD + is_han, least - 1, -1)]
        for head in (head for head in heads if len(head) >= least):
            found = [shared for item in items if (shared := _together(tokens, item, head, forms, before=False))]
            if found:
                yield from found
                return


def _shared_verb(tokens: Sequence[Token], joint: tuple[int, int], forms: dict[str, list[Form]]) -> Iterator[Shared]:
    left, right = joint
    if _HAN.fullmatch(tokens[left].folded):
        return
    object_run = _run(tokens, right, _HEAD)
    for back in range(1, 4):
        verb = left - back
        if verb < 0 or BOUNDARY in [token.folded for token in tokens[verb : left + 1]]:
            return
        for length in range(len(object_run), 0, -1):
            item = (right, right + length)
            shared = _together(tokens, item, [tokens[verb]], forms, before=True)
            if shared:
                yield shared
                return


def _items(text: str, tokens: Sequence[Token], last: int) -> Iterator[tuple[int, int]]:
    """Give the item that ends at a place, in one and two words, and those before it in a list parted by commas."""
    for _ in range(_LIST):
        is_han = bool(_HAN.fullmatch(tokens[last].folded))
        sizes = range(_HAN_ITEM, 1, -1) if is_han else range(_ITEM, 0, -1)
        for size in sizes:
            first = last - size + 1
            if first >= 0 and all(token.folded != BOUNDARY for token in tokens[first : last + 1]):
                yield first, last + 1
        before = next((place for place in range(last, -1, -1) if tokens[place].folded == BOUNDARY), -1)
        if (
            before < 1
            or last - before > _HAN_ITEM
            or text[tokens[before].start : tokens[before].end].strip() not in {",", "，", "、"}
        ):
            return
        last = before - 1
        if tokens[last].folded == BOUNDARY:
            return


def _run(tokens: Sequence[Token], first: int, most: int) -> list[Token]:
    """Give the tokens from a place on until punctuation or a conjunction."""
    run: list[Token] = []
    for token in tokens[first : first + most]:
        if token.folded == BOUNDARY or token.folded in _CONJUNCTIONS:
            break
        run.append(token)
    return run


def _together(
    tokens: Sequence[Token],
    item: tuple[int, int],
    shared: Sequence[Token],
    forms: dict[str, list[Form]],
    *,
    before: bool,
) -> Shared | None:
    """Give the name that an item and the shared words make, if there is one that any case will do for."""
    mine = [token.stem for token in tokens[item[0] : item[1]]]
    other = [token.stem for token in shared]
    known = forms.get(" ".join([*other, *mine] if before else [*mine, *other]), ())
    form = next((form for form in known if form.uri and form.case == "any"), None)
    return Shared(tokens[item[0]].start, tokens[item[1] - 1].end, form) if form else None
