"""Find the occupations that a title or a text names: exact names first, then names inside, then the nearest ones."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from metier.graph.fold import BOUNDARY, Token, fold, fold_once
from metier.graph.label_index import LabelIndex, terms_of
from metier.graph.negation import is_negated
from metier.graph.occupation_table import (
    OccupationForm,
    OccupationTable,
    form_score,
    occupation_table,
    taxonomy_of,
    without_order,
)
from metier.graph.title import normalise_title
from metier.models.base import Encoder
from metier.records.skill import LinkReason, Mention, Occupation
from metier.records.span import Span

_HAN = re.compile(r"[\u3400-\u9fff]")
_PARTS = re.compile(
    r"\s*(?:[|｜/／,，;；、()（）\[\]【】&+·•:：]| [-–—] |-(?=[A-Z\u3400-\u9fff])|\band\b|\bund\b|\bor\b)\s*"
)
_OF = frozenset(["of", "for", "in", "at", "with", "to", "on", "de"])
_DETERMINERS = re.compile(
    r"(?:\b(?:an?|the|our|your|as|for|hiring|seeking|need|needs|experienced|qualified|certified|licen[cs]ed|registered|skilled|senior|junior"
    r"|another|other|with|fellow|trainee|lead|head|position|role|job|title|by|or|and|two|three|more)\b[\s:]*)$",
    re.IGNORECASE,
)
_AGENT = re.compile(
    r"[师工员士手匠嫂姆长医]$|(?:司机|保安|医生|教练|导游|学徒|律师|会计|店长|助理|经理|主管|总监|顾问|专家|代表|文员)$"
)
_AGENT_WORD = re.compile(
    r"(?:er|or|ist|ian|man|woman|person|ant|ent|eer|ee|ic|ive|ess|smith|wright|chef|nurse|clerk|cook|aide|guide|pilot|vet|host|scribe|mason|judge|steward|coach|dj)$"
)
_MORE_NOISE = re.compile(
    r"\s*\b(?:band|grade|level|tier|step)\s*\d\w?\b|\s*[（(]?\s*(?:\d+|若干|数|[一二三四五六七八九十两])\s*(?:名|人|位)[)）]?|\s+(?:needed|wanted|required|asap)\b.*$"
    r"|^(?:急聘|急招|诚聘|招聘|高薪聘请|聘)\s*",
    re.IGNORECASE,
)
"""What a title may still have: a band of pay, how many are sought."""
_SHARED_HEAD = 25
"""A last word of so many names is a kind of work (`manager`), no occupation by itself inside a longer title."""
_NEAR = 12
"""Labels by shared words that are looked at more closely."""
_LEAST_OVERLAP = 0.5
_LEAST_TOGETHER = 0.55
_LEAST_HEAD = 0.34
_LOOK = 24


class _Guess(NamedTuple):
    form: OccupationForm
    start: int
    end: int
    score: float
    reason: LinkReason


class OccupationLinker:
    """Titles and texts to occupations; the same text gives the same mentions.

    Args:
        table: The occupations; the table that ships if None.
        encoder: Ranks the nearest names of a title that no name equals; by shared words alone if None.
    """

    def __init__(self, table: OccupationTable | None = None, *, encoder: Encoder | None = None) -> None:
        self._given = table
        self._encoder = encoder
        self._index: LabelIndex | None = None
        self._indexed: list[OccupationForm] = []
        self._heads: Counter[str] = Counter()

    @property
    def table(self) -> OccupationTable:
        """Give the occupations that are linked to."""
        return self._given or occupation_table()

    def occupation(self, uri: str) -> Occupation:
        """Give an occupation by its URI.

        Raises:
            NotFoundError: No occupation has that URI.
        """
        return self.table.occupation(uri)

    def link_title(self, title: str) -> list[Mention]:
        """Give the occupation of a title in each classification that has one, the surest first.

        Args:
            title: As posted or as held; level, gender marks, pay and shouting are looked past. Offsets point into it.
        """
        bare = _MORE_NOISE.sub("", normalise_title(title)).strip()
        if not bare:
            return []
        start, end = _place(title, bare)
        guesses = self._exact(bare, start, end, 1.0) or self._contained(bare, start, end) or []
        if not any(guess.score >= 0.7 for guess in guesses):
            guesses += self._nearest(bare, start, end)
        best = sorted(_best_of_each(guesses), key=lambda guess: (-guess.score, guess.form.uri))
        return self._mentions(title, best)

    def link(self, text: str) -> list[Mention]:
        """Find the occupations that running text names, in order, never overlapping; offsets point into the text."""
        tokens = fold_once(text)
        found = [guess for guess in self._inside(tokens) if self._is_named(text, guess)]
        kept: list[_Guess] = []
        taken_to = 0
        for guess in sorted(found, key=lambda guess: (guess.start, -guess.end, -guess.score)):
            if guess.start >= taken_to:
                kept += _best_of_each([one for one in found if (one.start, one.end) == (guess.start, guess.end)])
                taken_to = guess.end
        return self._mentions(text, kept)

    def _exact(self, bare: str, start: int, end: int, factor: float) -> list[_Guess]:
        """Give the occupations that a title names as a whole, in any order of its words."""
        tokens = [token for token in fold(bare) if token.folded != BOUNDARY]
        stems = tuple([token.stem for token in tokens])
        folded = tuple([token.folded for token in tokens])
        known = self.table.forms.get(stems)
        if known:
            return _weighed(known, folded, start, end, factor)
        known = self.table.unordered.get(without_order(stems)) if stems else None
        return _weighed(known, (), start, end, 0.95 * factor) if known else []

    def _contained(self, bare: str, start: int, end: int) -> list[_Guess]:
        """Give the occupations of the parts of a title, or of the longest name inside that has the title's head."""
        parts = [part for part in _PARTS.split(bare) if part.strip()]
        if len(parts) > 1:
            for part in parts:
                found = self._exact(part, *_within(bare, part, start, end), 0.9)
                if found and self._is_whole(part):
                    return found
        for part in parts:
            found = self._headed(part, *_within(bare, part, start, end))
            if found:
                return found
        return []

    def _is_whole(self, part: str) -> bool:
        """Say whether a part of a title can stand alone: not only `manager`."""
        last = fold(part)[-1].folded
        if _HAN.search(part):
            return True
        return bool(_AGENT_WORD.search(last) or self._is_kind(last)) and (" " in part or not self._is_kind(last))

    def _headed(self, part: str, start: int, end: int) -> list[_Guess]:
        tokens = [token for token in fold(part) if token.folded != BOUNDARY]
        if not tokens:
            return []
        shift = start if end - start == len(part) else None
        head = _head([token.folded for token in tokens])
        inside = [
            guess
            for guess in self._inside(tokens)
            if guess.start <= tokens[head].start and guess.end == tokens[head].end
        ]
        inside = [
            guess
            for guess in inside
            if guess.end - guess.start > len(tokens[head].folded) or not self._is_kind(tokens[head].stem)
        ]
        if _HAN.search(part) and not inside:
            inside = [guess for guess in self._inside(tokens) if _AGENT.search(guess.form.surface)]
        if not inside:
            return []
        longest = max(guess.end - guess.start for guess in inside)
        chosen = [guess for guess in inside if guess.end - guess.start == longest]
        last = max(guess.start for guess in chosen)
        share = longest / max(1, tokens[-1].end - tokens[0].start)
        factor = 0.6 + 0.35 * share
        return [
            guess._replace(
                start=start if shift is None else guess.start + shift,
                end=end if shift is None else guess.end + shift,
                score=guess.score * factor,
            )
            for guess in chosen
            if guess.start == last
        ]

    def _inside(self, tokens: Sequence[Token]) -> list[_Guess]:
        """Give every place where a name stands, overlapping ones too."""
        forms, longest = self.table.forms, self.table.longest
        found = []
        for first, token in enumerate(tokens):
            for last in range(first, min(first + longest.get(token.stem, 0), len(tokens))):
                if tokens[last].folded == BOUNDARY:
                    break
                known = forms.get(tuple([one.stem for one in tokens[first : last + 1]]))
                if known:
                    folded = tuple([one.folded for one in tokens[first : last + 1]])
                    found += _weighed(known, folded, token.start, tokens[last].end, 1.0)
        return found

    def _is_kind(self, stem: str) -> bool:
        """Say whether a word only names a kind of work, as the last word of many names."""
        if not self._heads:
            self._heads.update(form.folded[-1] for form in self.table.all_forms())
        return self._heads[stem] >= _SHARED_HEAD

    def _is_named(self, text: str, guess: _Guess) -> bool:
        """Say whether running text names an occupation there, and not an activity or only a kind of work."""
        surface = text[guess.start : guess.end]
        if _HAN.search(surface):
            if text[guess.end : guess.end + 1] == "证":
                return False
            return (
                len(surface) >= 2
                and bool(_AGENT.search(surface))
                and not (len(surface) == 2 and guess.reason == "alias")
            )
        last = guess.form.folded[-1]
        if guess.score < 0.8 or not (_AGENT_WORD.search(last) or self._is_kind(last)):
            return False
        if len(guess.form.folded) > 1:
            return True
        before = text[max(0, guess.start - _LOOK) : guess.start]
        is_plural = surface.casefold().endswith("s") and not last.endswith("s")
        is_usual = guess.reason == "label" or guess.form.is_usual
        return is_usual and len(surface) > 3 and (is_plural or bool(_DETERMINERS.search(before)))

    def _nearest(self, bare: str, start: int, end: int) -> list[_Guess]:
        """Give the nearest names by shared words, weighed by meaning too where there is an encoder that reads the title."""
        tokens = fold(bare)
        words = [token for token in tokens if token.folded != BOUNDARY]
        if not words:
            return []
        index = self._label_index()
        near = index.near(terms_of([token.stem for token in tokens]), n=_NEAR * 4)
        head = words[_head([word.folded for word in words])].stem
        likely = [one for one in near if _HAN.search(bare) or head == _head_stem(self._indexed[one.place])]
        likely = (likely or near)[:_NEAR]
        scores = [one.overlap for one in likely]
        least = _LEAST_OVERLAP
        if self._encoder is not None and likely and self._encoder.reads(bare):
            vectors = self._encoder.encode([bare, *(self._indexed[one.place].surface for one in likely)])
            scores = [
                (score + float(vectors[0] @ vector)) / 2 for score, vector in zip(scores, vectors[1:], strict=True)
            ]
            least = _LEAST_TOGETHER
        return [
            _Guess(self._indexed[one.place], start, end, round(min(0.79, score), 4), "meaning")
            for one, score in zip(likely, scores, strict=True)
            if score >= least
        ]

    def _label_index(self) -> LabelIndex:
        if self._index is None:
            self._indexed = sorted(
                self.table.all_forms(), key=lambda form: (form.reason != "label", form.uri, form.surface)
            )
            self._index = LabelIndex(terms_of(form.stems) for form in self._indexed)
        return self._index

    def _mentions(self, text: str, guesses: Iterable[_Guess]) -> list[Mention]:
        return [
            Mention(
                span=Span.of(text, guess.start, guess.end),
                uri=guess.form.uri,
                preferred_label=self.table.label(guess.form.uri),
                score=round(guess.score, 4),
                reason=guess.reason,
                is_negated=is_negated(text, guess.start, guess.end),
            )
            for guess in guesses
        ]


def _head_stem(form: OccupationForm) -> str:
    """Give the stem of the word of a name that says what kind of work it is."""
    return form.stems[_head(form.folded)]


def _head(words: Sequence[str]) -> int:
    """Give the place of the word that says what kind of work it is: `teacher` of `teacher of maths`, else the last."""
    for place, word in enumerate(words):
        if place and word in _OF:
            return place - 1
    return len(words) - 1


def _weighed(
    known: Sequence[OccupationForm], folded: tuple[str, ...], start: int, end: int, factor: float
) -> list[_Guess]:
    """Give the occupations that share one name; a name of several other ones is less sure."""
    aliases = len({form.uri for form in known if form.reason == "alias"})
    found = []
    for form in known:
        score = form_score(form, folded) * factor
        if form.reason == "alias" and aliases > 1 and not form.is_usual:
            score /= 1 + 0.05 * (aliases - 1)
        found.append(_Guess(form, start, end, score, form.reason))
    return found


def _best_of_each(guesses: Sequence[_Guess]) -> list[_Guess]:
    """Keep the surest guess of each classification; a group of ISCO only where no occupation of ESCO is as sure."""
    best: dict[str, _Guess] = {}
    for guess in sorted(guesses, key=lambda guess: (-guess.score, -_likeness(guess), guess.form.uri)):
        best.setdefault(taxonomy_of(guess.form.uri), guess)
    if "esco" in best and "isco" in best and best["esco"].score >= 0.9 * best["isco"].score:
        del best["isco"]
    return sorted(best.values(), key=lambda guess: (guess.start, -guess.score, guess.form.uri))


def _likeness(guess: _Guess) -> int:
    """Prefer, among occupations that share a name, the one whose names are about it: the shortest preferred one."""
    return -len(guess.form.surface)


def _place(title: str, bare: str) -> tuple[int, int]:
    """Find where a normalised title stands in the title, from its first word to its last."""
    at = title.find(bare)
    if at >= 0:
        return at, at + len(bare)
    words = bare.split()
    first = title.find(words[0])
    last = title.rfind(words[-1])
    if 0 <= first < last + len(words[-1]):
        return first, last + len(words[-1])
    return 0, len(title)


def _within(bare: str, part: str, start: int, end: int) -> tuple[int, int]:
    """Find where a part stands, given where the whole stands; the whole's place if words were taken out between."""
    if end - start != len(bare):
        return start, end
    at = bare.find(part)
    return start + at, start + at + len(part)
