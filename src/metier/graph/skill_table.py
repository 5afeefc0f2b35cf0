"""The skills that Metier knows: ESCO's labels, hand-written names in English and Chinese, and technologies."""

from __future__ import annotations

import gzip
import math
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Literal, NamedTuple

from metier.errors import NotFoundError
from metier.graph.fold import fold_label
from metier.records.skill import LinkReason, Skill

Case = Literal["any", "exact", "context"]
"""How a name must be written: in any case; just so; just so, and among other technical words."""

NAMESPACE = "metier:skill/"
_MARKS: dict[str, Case] = {"=": "exact", "?": "context"}
_NEUTRAL_VERB = re.compile(
    r"^(?:apply|carry out|conduct|deliver|execute|handle|implement|operate|perform|practise|provide|undertake|use|"
    r"work with|types of|principles of|knowledge of|methods of) (?!(?:an?|for|in|of|on|with) )(?:the )?"
)
"""What ESCO puts before a name; the name alone (`TIG welding`) is what texts say, `for refunds` is none."""
_NEUTRAL_NOUN = re.compile(r" (?:techniques?|methods|principles|procedures)$")
_VERB = re.compile(
    r"^(?:analyse|demonstrate|develop|draft|employ|enforce|evaluate|examine|follow|inspect|manage|monitor|record|"
    r"research|review|study|supervise|teach) "
)
"""A verb that needs its object: `develop test procedures` is not `develop test`."""
_IN_BRACKETS = re.compile(r" \([^)]*\)$")


class Form(NamedTuple):
    """One way to write a skill.

    Attributes:
        uri: The skill; empty for words that are no skill and hide what stands inside them.
        folded: The folded words, see `fold_label`.
        surface: As the table writes it.
        score: How sure a link by this name is.
    """

    uri: str
    folded: str
    surface: str
    reason: LinkReason
    score: float
    case: Case


class SkillTable:
    """Skills by URI, and the forms by which texts name them, by stemmed key."""

    def __init__(self) -> None:
        self.forms: dict[str, list[Form]] = {}
        self.longest: dict[str, int] = {}
        self._rows: dict[str, tuple[str, str]] = {}
        self._by_label: dict[str, str] = {}
        self._broader: dict[str, str] = {}
        self._narrower: dict[str, list[str]] = {}
        self._more_labels: dict[str, list[str]] = {}
        self._weights: dict[str, float] = {}
        self._specificities: dict[str, float] = {}
        self._tools: set[str] = set()
        self._read()

    def uris(self) -> Iterator[str]:
        """Give the URI of each skill, in the order of the table."""
        yield from self._rows

    def skill(self, uri: str) -> Skill:
        """Give a skill by its URI.

        Raises:
            NotFoundError: No skill has that URI.
        """
        if uri not in self._rows:
            raise NotFoundError(f"no skill has the URI {uri!r}", hint="Link a text to see the URIs of its skills.")
        label, alternates = self._rows[uri]
        names = [*filter(None, alternates.split("|")), *self._more_labels.get(uri, [])]
        return Skill(uri=uri, preferred_label=label, alt_labels=tuple(dict.fromkeys(names)))

    def label(self, uri: str) -> str:
        """Give the preferred label of a known skill."""
        return self._rows[uri][0]

    def uri(self, label: str) -> str:
        """Give the URI of the skill with this preferred label.

        Raises:
            NotFoundError: No skill has that label.
        """
        if label not in self._by_label:
            raise NotFoundError(f"no skill has the label {label!r}", hint="Write the preferred label as ESCO does.")
        return self._by_label[label]

    def broader(self, uri: str) -> str | None:
        """Give the next wider skill, if the table has one."""
        return self._broader.get(uri)

    def is_tool(self, uri: str) -> bool:
        """Say whether a skill is a technology: software, a language, a platform."""
        return uri in self._tools

    def specificity(self, uri: str) -> float:
        """Say how much a skill tells about a person, 0 to 1.

        Everybody's skills have a weight by hand (`data/everyday.tsv`); any other has 1 if nothing is narrower, and
        loses with the number of narrower skills: 1 / (1 + log2(1 + narrower) / 5).
        """
        if uri in self._weights:
            return self._weights[uri]
        if uri not in self._specificities:
            self._specificities[uri] = 1 / (1 + math.log2(1 + self._count_narrower(uri)) / 5)
        return self._specificities[uri]

    def _count_narrower(self, uri: str) -> int:
        below = self._narrower.get(uri, [])
        return len(below) + sum(self._count_narrower(child) for child in below)

    def _read(self) -> None:
        esco = list(read_rows("skills.tsv.gz"))
        for uri, label, alternates, broader in esco:
            self._rows[uri] = (label, alternates)
            self._by_label[label] = uri
            if broader:
                self._broader[uri] = broader
        technologies = [
            (self._known(label), label, names, wider) for label, names, wider in read_rows("technologies.tsv")
        ]
        others = [(self.uri(label), label, names, wider) for label, names, wider in read_rows("aliases.tsv")]
        for words, _ in read_rows("stop.tsv"):
            self._add(words, "", "alias", 0.0)
        for uri, label, names, wider in technologies + others:
            self._add_by_hand(uri, label, names)
            if wider:
                self._broader[uri] = self.uri(wider)
        self._tools = {uri for uri, _, _, _ in technologies}
        self._add_esco(esco)
        for label, weight, _ in read_rows("everyday.tsv"):
            self._weights[self.uri(label)] = float(weight)
        for uri, wider in self._broader.items():
            self._narrower.setdefault(wider, []).append(uri)

    def _known(self, label: str) -> str:
        """Give the URI of a technology: ESCO's if ESCO has the label, else one of Metier's own."""
        if label not in self._by_label:
            uri = NAMESPACE + re.sub(
                r"[^a-z0-9]+", "-", label.casefold().replace("+", "-plus").replace("#", "-sharp")
            ).strip("-")
            self._by_label[label] = uri
            self._rows[uri] = (label, "")
        return self._by_label[label]

    def _add_by_hand(self, uri: str, label: str, names: str) -> None:
        marked = [name for name in names.split("|") if name]
        if all(name.lstrip("=?") != label for name in marked):
            self._add(label, uri, "label", 1.0)
        for name in marked:
            case = _MARKS.get(name[0], "any")
            plain = name if case == "any" else name[1:]
            self._add(plain, uri, "alias", 0.95, case=case)
            self._more_labels.setdefault(uri, []).append(plain)

    def _add_esco(self, esco: list[list[str]]) -> None:
        for uri, label, _, _ in esco:
            self._add(label, uri, "label", 1.0)
        for uri, label, _, _ in esco:
            bare = _IN_BRACKETS.sub("", label)
            if bare != label and " " not in bare:
                self._add(bare, uri, "label", 0.9, case="context")
            short = _NEUTRAL_VERB.sub("", bare)
            if not _VERB.match(short):
                short = _NEUTRAL_NOUN.sub("", short)
            if short != label and " " in short:
                self._add(short, uri, "label", 0.8)
        for uri, _, alternates, _ in esco:
            for name in alternates.split("|") if alternates else ():
                if " " in name or "-" in name:
                    self._add(name, uri, "label", 0.9)

    def _add(self, name: str, uri: str, reason: LinkReason, score: float, *, case: Case = "any") -> None:
        """Add a form unless an earlier one is written the same: hand-written names come first."""
        folded, stemmed = fold_label(name)
        known = self.forms.setdefault(stemmed, [])
        if any(form.folded == folded for form in known):
            return
        if case == "any" and len(name) < 4 and name.isupper() and name.isascii():
            case = "exact"
        known.append(Form(uri, folded, name, reason, score, case))
        first, length = stemmed.partition(" ")[0], stemmed.count(" ") + 1
        if self.longest.get(first, 0) < length:
            self.longest[first] = length


def read_rows(name: str) -> Iterator[list[str]]:
    """Read the rows of a table in `data/`, without its heading and its comments."""
    raw = files("metier.graph").joinpath("data", name).read_bytes()
    text = (gzip.decompress(raw) if name.endswith(".gz") else raw).decode("utf-8")
    for line in text.split("\n")[1:]:
        if line and not line.startswith("#"):
            yield line.split("\t")


@cache
def skill_table() -> SkillTable:
    """Give the table that ships, read once."""
    return SkillTable()
