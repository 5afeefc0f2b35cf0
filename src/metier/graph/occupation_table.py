"""The occupations that Metier knows: ESCO's and the groups of ISCO-08 in English, the Chinese classification of 2022."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Literal, NamedTuple

from metier.errors import NotFoundError
from metier.graph.fold import BOUNDARY, fold
from metier.graph.skill_table import read_rows
from metier.records.skill import LinkReason, Occupation

Taxonomy = Literal["esco", "isco", "csco", "onet", "other"]

_ESCO = "http://data.europa.eu/esco/occupation/"
_ISCO = "http://data.europa.eu/esco/isco/"
_CSCO = "csco:"
_ONET = "onet:"
_BRACKETS = re.compile(r"\s*[(（][^)）]*[)）]")
_HAN = re.compile(r"[\u3400-\u9fff]")
_LITTLE = frozenset(["of", "and", "in", "for", "the", "to", "at", "on", "by", "with", "from", "a", "an", "or", "de"])
"""Words that order-free keys leave out."""
_SCORES: dict[str, tuple[float, float]] = {"label": (1.0, 0.9), "alias": (0.95, 0.85)}
"""Of a name met as it is written, and with other endings."""


class OccupationRow(NamedTuple):
    """An occupation as a taxonomy gives it.

    Attributes:
        uri: The concept.
        label: Its preferred label.
        names: Its other names, of any language.
        isco_group: Its code in ISCO-08; empty if it is not known.
    """

    uri: str
    label: str
    names: tuple[str, ...] = ()
    isco_group: str = ""


class OccupationForm(NamedTuple):
    """One way to write an occupation.

    Attributes:
        uri: The occupation.
        folded: The folded words.
        stems: The same without the endings of verbs.
        surface: As the table writes it.
        reason: Whether it is the preferred label or another name.
        is_usual: It was written by hand as what most people mean by it.
    """

    uri: str
    folded: tuple[str, ...]
    stems: tuple[str, ...]
    surface: str
    reason: LinkReason
    is_usual: bool = False


class OccupationTable:
    """Occupations by URI, and the forms by which texts name them.

    Args:
        more: Occupations to add to those that ship, as from a taxonomy that the user loaded; a row of a known URI
            takes the place of the one that ships, which keeps its group where the new one has none.
    """

    def __init__(self, more: Iterable[OccupationRow] = ()) -> None:
        self.forms: dict[tuple[str, ...], list[OccupationForm]] = {}
        self.unordered: dict[tuple[str, ...], list[OccupationForm]] = {}
        self.longest: dict[str, int] = {}
        rows = {row.uri: row for row in _shipped()}
        for row in more:
            if row.uri and row.label.strip():
                known = rows.get(row.uri, row)
                rows[row.uri] = row._replace(isco_group=row.isco_group or known.isco_group)
        self._rows = rows
        for row in rows.values():
            self._add(row.label, row.uri, "label")
        self._add_hand_written()
        for row in rows.values():
            for name in row.names:
                self._add(name, row.uri, "alias")

    def __len__(self) -> int:
        """Count the occupations."""
        return len(self._rows)

    def occupation(self, uri: str) -> Occupation:
        """Give an occupation by its URI.

        Raises:
            NotFoundError: No occupation has that URI.
        """
        if uri not in self._rows:
            raise NotFoundError(f"no occupation has the URI {uri!r}", hint="Link a title to see the URIs.")
        row = self._rows[uri]
        return Occupation(uri=uri, preferred_label=row.label, alt_labels=row.names, isco_group=row.isco_group)

    def label(self, uri: str) -> str:
        """Give the preferred label of a known occupation."""
        return self._rows[uri].label

    def all_forms(self) -> Iterator[OccupationForm]:
        """Give every form, preferred labels before other names."""
        for forms in self.forms.values():
            yield from forms

    def _add_hand_written(self) -> None:
        """Add what most people mean by a title, and the everyday titles in Chinese and English of each occupation."""
        by_label = {row.label: row.uri for row in reversed(self._rows.values())}
        for label, titles in read_rows("usual_titles.tsv"):
            for title in filter(None, titles.split("|")):
                self._add(title, by_label.get(label, ""), "alias", is_usual=True)
        for uri, chinese, english in read_rows("occupation_names.tsv"):
            for title in filter(None, f"{chinese}|{english}".split("|")):
                self._add(title, uri, "alias")

    def _add(self, name: str, uri: str, reason: LinkReason, *, is_usual: bool = False) -> None:
        if uri not in self._rows:
            return
        for written in _ways(name):
            tokens = [token for token in fold(written) if token.folded != BOUNDARY]
            if not tokens:
                continue
            stems = tuple([token.stem for token in tokens])
            form = OccupationForm(uri, tuple([token.folded for token in tokens]), stems, written, reason, is_usual)
            known = self.forms.setdefault(stems, [])
            if any(one.uri == uri and one.folded == form.folded for one in known):
                continue
            known.append(form)
            if self.longest.get(stems[0], 0) < len(stems):
                self.longest[stems[0]] = len(stems)
            if not _HAN.search(written):
                self.unordered.setdefault(without_order(stems), []).append(form)


def form_score(form: OccupationForm, folded: tuple[str, ...]) -> float:
    """Say how sure it is that words that compare equal to a form name its occupation."""
    exact, other = _SCORES[form.reason]
    return exact if form.folded == folded else other


def taxonomy_of(uri: str) -> Taxonomy:
    """Tell by its URI which classification an occupation belongs to."""
    if uri.startswith(_ESCO):
        return "esco"
    if uri.startswith(_ISCO):
        return "isco"
    if uri.startswith(_CSCO):
        return "csco"
    return "onet" if uri.startswith(_ONET) else "other"


def without_order(stems: tuple[str, ...]) -> tuple[str, ...]:
    """Give a key that is the same for `restaurant manager` and `manager of a restaurant`."""
    return tuple(sorted(stem for stem in stems if stem not in _LITTLE))


def _ways(name: str) -> Iterator[str]:
    """Give the ways to read a name: as it is, without brackets, and each of `waiter/waitress`."""
    name = " ".join(name.split())
    if not name:
        return
    bare = _BRACKETS.sub("", name).strip()
    yield bare or name
    halves = bare.split("/")
    if len(halves) == 2 and all(len(half) >= 3 for half in halves) and not _HAN.search(bare):
        left, right = halves
        shared = left.rpartition(" ")[0] if " " not in right else ""
        yield left
        yield f"{shared} {right}".strip()


def _shipped() -> Iterator[OccupationRow]:
    for uri, label, names, group in read_rows("occupations.tsv.gz"):
        yield OccupationRow(uri, label, tuple(filter(None, names.split("|"))), group)
    for uri, label, names in read_rows("csco.tsv.gz"):
        yield OccupationRow(uri, label, tuple(filter(None, names.split("|"))))


@cache
def occupation_table() -> OccupationTable:
    """Give the table that ships, read once."""
    return OccupationTable()
