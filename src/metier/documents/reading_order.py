"""Runs of text on a page to rows in reading order, columns one after the other.

Where several rows in a run leave one vertical strip free, and the two sides have rhythms of their own, the strip is
a gutter: what stands left of it is read before what stands right of it. A strip between labels (or dates) and the
values beside them is none: there the rows stay whole. After the idea of XY-cuts (Nagy and Seth, ICPR 1984).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

_LEAST_GUTTER = 7.0
_LEAST_ROWS = 6
_LEAST_SIDE = 4
_ALIGNED = 0.8
_LABEL = 26
_HAN_LABEL, _LATIN_LABEL = 7, 16
_HAN = re.compile(r"[\u4e00-\u9fff]")
_DATE = re.compile(r"(?:19|20)\d\d|present|至今|\d{1,2}/\d{2,4}", re.IGNORECASE)
_MAX_DEPTH = 6
_SAME_LINE = 0.35


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A run of text without wide gaps; coordinates in points, the origin at the page's lower left.

    Attributes:
        is_drawn: A machine can draw all of it, so that the drawn page tells whether it is seen.
    """

    text: str
    left: float
    right: float
    bottom: float
    top: float
    size: float
    is_bold: bool = False
    is_drawn: bool = True
    column: int = 0


Row = list[Segment]


def rows_in_order(segments: Sequence[Segment]) -> list[Row]:
    """Give rows in reading order; a row's segments go from left to right."""
    return _order(list(segments), 0)


def _order(segments: list[Segment], depth: int) -> list[Row]:
    rows = _rows(segments)
    cut = _best_cut(rows) if depth < _MAX_DEPTH else None
    if cut is None:
        return rows
    first, last, middle = cut
    inside = [segment for row in rows[first:last] for segment in row]
    left = [segment for segment in inside if segment.right <= middle]
    right = [replace(segment, column=segment.column + 1) for segment in inside if segment.right > middle]
    if _are_labels(_rows(left), _rows(right)):
        while all(segment.right > middle for segment in rows[first]):
            first += 1  # rows above the first label stand over the table
        right = [segment for row in rows[first:last] for segment in row if segment.right > middle]
        table = _labelled(_rows(left), _rows(right))
        return [
            *_order([one for row in rows[:first] for one in row], depth + 1),
            *table,
            *_order([one for row in rows[last:] for one in row], depth + 1),
        ]
    above = [segment for row in rows[:first] for segment in row]
    below = [segment for row in rows[last:] for segment in row]
    return [
        *_order(above, depth + 1),
        *_order(left, depth + 1),
        *_order(right, depth + 1),
        *_order(below, depth + 1),
    ]


def _rows(segments: list[Segment]) -> list[Row]:
    rows: list[Row] = []
    for segment in sorted(segments, key=lambda one: (-(one.bottom + one.top), one.left)):
        middle = (segment.bottom + segment.top) / 2
        if rows and abs((rows[-1][0].bottom + rows[-1][0].top) / 2 - middle) <= _SAME_LINE * min(
            segment.size, rows[-1][0].size
        ):
            rows[-1].append(segment)
        else:
            rows.append([segment])
    return [sorted(row, key=lambda one: one.left) for row in rows]


def _best_cut(rows: list[Row]) -> tuple[int, int, float] | None:
    """Find the longest run of rows that leave a gutter free.

    Returns:
        First row, the row after the last, and the middle of the gutter; None when there is none.
    """
    if len(rows) < _LEAST_ROWS:
        return None
    page_left, page_right = min(row[0].left for row in rows), max(segment.right for row in rows for segment in row)
    best: tuple[int, int, int, float] | None = None
    for first in range(len(rows) - _LEAST_ROWS + 1):
        if best is not None and len(rows) - first <= best[0]:
            break
        free = [(page_left, page_right)]
        for last in range(first, len(rows)):
            free = _free_within(free, rows[last])
            if not free:
                break
            if last - first + 1 < _LEAST_ROWS or (best is not None and last - first + 1 <= best[0]):
                continue
            for low, high in free:
                if _is_gutter(rows[first : last + 1], low, high):
                    best = (last - first + 1, first, last + 1, (low + high) / 2)
                    break
    return best[1:] if best else None


def _free_within(free: list[tuple[float, float]], row: Row) -> list[tuple[float, float]]:
    for segment in row:
        narrowed = []
        for low, high in free:
            if segment.right <= low or high <= segment.left:
                narrowed.append((low, high))
                continue
            narrowed += [(low, segment.left)] if segment.left - low >= _LEAST_GUTTER else []
            narrowed += [(segment.right, high)] if high - segment.right >= _LEAST_GUTTER else []
        free = narrowed
    return free


def _is_gutter(rows: list[Row], low: float, high: float) -> bool:
    left = [[segment for segment in row if segment.right <= low + 0.01] for row in rows]
    right = [[segment for segment in row if segment.left >= high - 0.01] for row in rows]
    left_rows, right_rows = sum(map(bool, left)), sum(map(bool, right))
    if left_rows < _LEAST_SIDE or right_rows < _LEAST_SIDE:
        return False
    if not (left[0] and right[0]) and not _opens_evenly(left, right):
        return False
    return not _is_table(left, right)


def _opens_evenly(left: list[Row], right: list[Row]) -> bool:
    """The two columns begin within a few rows of one another, else the rows above belong to one side only."""
    start_left = next(place for place, row in enumerate(left) if row)
    start_right = next(place for place, row in enumerate(right) if row)
    return abs(start_left - start_right) <= max(4, len(left) // 3)


def _is_table(left: list[Row], right: list[Row]) -> bool:
    """Say whether the sparser side is labels or dates that stand beside rows of the other side."""
    sides = sorted((left, right), key=lambda side: sum(map(bool, side)))
    sparse, full = sides
    texts = ["   ".join(segment.text for segment in row) for row in sparse if row]
    beside = sum(bool(row) and bool(other) for row, other in zip(sparse, full, strict=True)) / len(texts)
    if beside < _ALIGNED:
        return False
    dated = sum(bool(_DATE.search(text)) for text in texts) / len(texts)
    if dated >= 0.5:
        return True
    return beside >= 0.95 and median(map(len, texts)) <= _LABEL and sparse is left


def _are_labels(left: list[Row], right: list[Row]) -> bool:
    """Say whether the left side holds only short labels and dates, fewer than there are rows on the right."""
    texts = ["".join(segment.text for segment in row) for row in left]
    short = sum(
        len(text) <= (_HAN_LABEL if _HAN.search(text) else _LATIN_LABEL) or bool(_DATE.search(text)) for text in texts
    )
    return len(left) * 1.4 <= len(right) and short >= 0.85 * len(texts)


def _labelled(left: list[Row], right: list[Row]) -> list[Row]:
    """Set each label before the rows that it stands beside; a label may be centred on its rows."""
    groups = _groups(left)
    cuts = [0]
    for group, following in pairwise(groups):
        cuts.append(_cut_between(right, _middle(group), _middle(following), cuts[-1]))
    cuts.append(len(right))
    table: list[Row] = []
    for group, first, last in zip(groups, cuts[:-1], cuts[1:], strict=True):
        label = _joined(group)
        table += [[label, *right[first]], *right[first + 1 : last]] if first < last else [[label]]
    return table


def _groups(rows: list[Row]) -> list[list[Row]]:
    """Put rows of one label together: rows that stand close, up to the next gap."""
    groups = [[rows[0]]]
    for row in rows[1:]:
        gap = groups[-1][-1][0].bottom - row[0].top
        if (_is_open_date(groups[-1]) and gap <= 1.5 * row[0].size) or (
            gap <= 0.45 * row[0].size and not _DATE.search(_text(groups[-1]))
        ):
            groups[-1].append(row)
        else:
            groups.append([row])
    return groups


def _text(group: list[Row]) -> str:
    return "".join(segment.text for row in group for segment in row)


def _is_open_date(group: list[Row]) -> bool:
    """Say whether a period has begun and not ended."""
    text = _text(group)
    return len(re.findall(r"(?:19|20)\d\d|至今|今|present", text, re.IGNORECASE)) == 1 and bool(
        re.match(r"\D{0,3}(?:19|20)\d\d", text)
    )


def _middle(group: list[Row]) -> float:
    return (group[0][0].top + group[-1][0].bottom) / 2


def _cut_between(rows: list[Row], upper: float, lower: float, first: int) -> int:
    """Give the row before which the lower label's rows begin: beside it, else after the widest gap between the two."""
    beside = next((place for place in range(first, len(rows)) if _is_opened_by(rows, place, lower)), None)
    if beside is not None:
        return beside
    best, widest = None, -1.0
    for place in range(max(first, 1), len(rows)):
        above, below = rows[place - 1][0], rows[place][0]
        if above.bottom < lower - above.size or below.top > upper + below.size:
            continue
        gap = above.bottom - below.top
        if gap > widest + 0.01:
            best, widest = place, gap
    if best is None:
        best = next(
            (place for place in range(first, len(rows)) if rows[place][0].top <= lower + rows[place][0].size), len(rows)
        )
    return max(best, first)


def _is_opened_by(rows: list[Row], place: int, label: float) -> bool:
    """Say whether a label stands on the line of a row that is set further from the row above than from the one below."""
    row = rows[place][0]
    if abs((row.top + row.bottom) / 2 - label) > _SAME_LINE * row.size or place + 1 == len(rows):
        return False
    return place == 0 or rows[place - 1][0].bottom - row.top > row.bottom - rows[place + 1][0].top + 1


def _joined(group: list[Row]) -> Segment:
    segments = [segment for row in group for segment in row]
    text = (
        "".join(segment.text for segment in segments)
        if _HAN.search(segments[0].text) or _DATE.search(segments[0].text)
        else " ".join(segment.text for segment in segments)
    )
    return replace(segments[0], text=text)
