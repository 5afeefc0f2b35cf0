"""Infer which skills an occupation needs where nobody states it, from its text and from what is asked for together.

Each skill that the text points to gets five pieces of evidence; a logistic model of them gives the confidence. Its
weights were fitted by `runs/inference.py` on the occupations whose skills ESCO states; `benchmarks/graph.py` measures it
on those that were held out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from metier.graph.edge import Edge
from metier.graph.linker import SkillLinker
from metier.graph.word_index import WordIndex

EVIDENCE = ("named", "words", "label", "together", "kin")
_LOOKED_AT = 300
"""Skills with the most shared words that are weighed beside those that are named or tied."""
_KIN = 12
_GIVEN = 20
"""Skills of an occupation on which the confidence is set right."""
_SURE_LINK = 0.85
"""Score of a link that counts: below it a name only might be meant, as `Chef` at the head of a kitchen's text."""
_NEAR = 4.0
"""Kin of which the nearest has a cosine of a half count fully, and less the farther they are, squared."""
"""Occupations with the most similar texts whose stated skills are looked at."""

Weights = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """An occupation whose skills are stated."""

    text: str
    skills: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class InferenceModel:
    """A weight for each piece of `EVIDENCE`, and the bias."""

    weights: tuple[float, ...]
    bias: float

    def confidence(self, evidence: Weights) -> Weights:
        """Give the confidence in each row of evidence, 0 to 1."""
        return _chance(evidence @ np.array(self.weights) + self.bias)


WITH_KIN = InferenceModel(weights=(0.409, 1.977, 0.0, 0.46, 2.185), bias=-1.774)
ALONE = InferenceModel(weights=(0.493, 5.776, 0.85, 1.959, 0.0), bias=-3.876)
"""What `runs/inference.py` fitted: where the skills of similar occupations are known, and where none are."""


@dataclass(slots=True, eq=False)
class SkillInference:
    """Infers skills of occupations.

    Args:
        names: The text of each skill by URI: its names, and its description where there is one.
        linker: Finds the skills that a text names.
        together: By skill, what is asked for with it and how strongly (`cooccurs` edges), 0 to 1.
        known: Occupations whose skills are stated; the skills of similar ones speak for a skill.
        model: How the evidence is weighed; if None, as was fitted with or without known occupations.
    """

    names: Mapping[str, str]
    linker: SkillLinker
    together: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    known: Mapping[str, Known] = field(default_factory=dict)
    model: InferenceModel | None = None
    index: WordIndex = field(init=False)
    _labels: WordIndex = field(init=False)
    _kin: WordIndex = field(init=False)

    def __post_init__(self) -> None:
        """Index the texts."""
        self.index = WordIndex(self.names)
        self._labels = WordIndex({uri: self._label(uri) for uri in self.names})
        self._kin = WordIndex({uri: one.text for uri, one in self.known.items()})

    def infer(self, occupation: str, text: str, *, n: int = 20, least: float = 0.0, origin: str = "") -> list[Edge]:
        """Give the most likely skills of an occupation as edges marked inferred, the surest first.

        Args:
            occupation: Its URI; what is known of itself is not looked at.
            text: Its titles, its description, its tasks, its tools: whatever there is.
            n: How many at most.
            least: Confidence from which a skill is given.
            origin: What the edges carry.
        """
        uris, evidence = self.evidence(text, leave=occupation)
        if not uris:
            return []
        model = self.model or (WITH_KIN if self.known else ALONE)
        confidence = model.confidence(evidence)
        order = np.lexsort((np.arange(len(uris)), -confidence))[:n].tolist()
        return [
            Edge(
                source=occupation,
                target=uris[place],
                kind="optional",
                weight=round(float(confidence[place]), 3),
                is_inferred=True,
                origin=origin,
            )
            for place in order
            if confidence[place] >= least
        ]

    def evidence(self, text: str, *, leave: str = "") -> tuple[list[str], Weights]:
        """Give the skills that anything speaks for, and the evidence, a row each in the order of `EVIDENCE`."""
        keys = self.index.keys
        places = {uri: place for place, uri in enumerate(keys)}
        words, label = self.index.cosines(text), self._labels.covered(text)
        mentions = self.linker.link(text)
        named = {found.uri for found in mentions if not found.is_negated and found.score >= _SURE_LINK}
        columns = np.zeros((len(keys), len(EVIDENCE)))
        columns[:, 1], columns[:, 2] = words, label
        for uri in sorted(named & places.keys()):
            columns[places[uri], 0] = self.linker.specificity(uri)
        for uri, strength in self._tied(named).items():
            if uri in places:
                columns[places[uri], 3] = strength
        for uri, share in self._of_kin(text, leave).items():
            if uri in places:
                columns[places[uri], 4] = share
        shared = np.lexsort((np.arange(len(keys)), -(words + label)))[:_LOOKED_AT]
        spoken_for = np.flatnonzero(columns.any(axis=1))
        chosen = np.intersect1d(np.union1d(shared, np.flatnonzero(columns[:, [0, 3, 4]].any(axis=1))), spoken_for)
        return [keys[place] for place in chosen.tolist()], columns[chosen]

    def _label(self, uri: str) -> str:
        return self.linker.skill(uri).preferred_label

    def _tied(self, named: Iterable[str]) -> dict[str, float]:
        """Give what is asked for with the named skills: 1 minus the chance that no tie holds."""
        missing: dict[str, float] = {}
        for uri in sorted(named):
            for other, strength in self.together.get(uri, {}).items():
                missing[other] = missing.get(other, 1.0) * (1 - strength)
        return {uri: 1 - chance for uri, chance in missing.items()}

    def _of_kin(self, text: str, leave: str) -> dict[str, float]:
        """Give the share of similar occupations that need each skill, weighed by how similar they are."""
        cosines = self._kin.cosines(text)
        order = np.lexsort((np.arange(len(cosines)), -cosines)).tolist()
        kin = [(self._kin.keys[place], float(cosines[place])) for place in order if self._kin.keys[place] != leave]
        kin = [(uri, cosine**2) for uri, cosine in kin[:_KIN] if cosine > 0]
        nearest = max((weight for _, weight in kin), default=0.0) * _NEAR
        total = sum(weight for _, weight in kin)
        shares: dict[str, float] = {}
        for uri, weight in kin:
            for skill in self.known[uri].skills:
                shares[skill] = shares.get(skill, 0.0) + weight / total * min(1.0, nearest)
        return {skill: share**0.5 for skill, share in shares.items()}  # the first of the kin tells more than the last


def fit_known(inference: SkillInference, known: Mapping[str, Known]) -> InferenceModel:
    """Fit the weights on occupations whose skills are stated, each looked at as if its own were not.

    Among all the skills looked at nearly none is needed, so the confidence is set right a second time, on the surest of
    each occupation, which are the ones that are given out; their order stays.
    """
    rows, needed = [], []
    for uri in sorted(known):
        one = known[uri]
        skills, evidence = inference.evidence(one.text, leave=uri)
        rows.append(evidence)
        needed.append(np.array([float(skill in one.skills) for skill in skills]))
    model = fit(np.vstack(rows), np.concatenate(needed))
    scores = [evidence @ np.array(model.weights) for evidence in rows]
    surest = [np.argsort(-score, kind="stable")[:_GIVEN] for score in scores]
    scaled = fit(
        np.concatenate([score[places] for score, places in zip(scores, surest, strict=True)])[:, None],
        np.concatenate([right[places] for right, places in zip(needed, surest, strict=True)]),
        penalty=0.0,
    )
    slope = scaled.weights[0]
    return InferenceModel(weights=tuple(round(weight * slope, 3) for weight in model.weights), bias=scaled.bias)


def fit(evidence: Weights, is_needed: Weights, *, penalty: float = 1.0, rounds: int = 50) -> InferenceModel:
    """Fit the weights by logistic regression (Newton's method), none of them below 0: evidence never speaks against.

    Args:
        evidence: A row for each occupation and skill.
        is_needed: 1 where the occupation needs the skill, else 0.
        penalty: Of the squares of the weights.
        rounds: Steps.
    """
    design = np.hstack([evidence, np.ones((len(evidence), 1))])
    ridge = np.array([penalty] * evidence.shape[1] + [1e-6])
    weights = np.zeros(design.shape[1])
    for _ in range(rounds):
        chance = _chance(design @ weights)
        slope = design.T @ (is_needed - chance) - ridge * weights
        free = (weights > 0) | (slope > 0)
        free[-1] = True
        part = design[:, free]
        curve = (part * (chance * (1 - chance))[:, None]).T @ part + np.diag(ridge[free])
        step = np.zeros_like(weights)
        step[free] = np.linalg.solve(curve, slope[free])
        weights = _stepped(design, is_needed, ridge, weights, step)
    return InferenceModel(
        weights=tuple(round(float(value), 3) for value in weights[:-1]), bias=round(float(weights[-1]), 3)
    )


def _stepped(design: Weights, is_needed: Weights, ridge: Weights, weights: Weights, step: Weights) -> Weights:
    """Go as far along a step, halving it, as makes the fit better, and never below 0 but with the bias."""

    def loss(values: Weights) -> float:
        scores = design @ values
        return float((np.logaddexp(0.0, scores) - is_needed * scores).sum() + 0.5 * (ridge * values**2).sum())

    before = loss(weights)
    for halvings in range(20):
        moved = weights + step * 0.5**halvings
        moved[:-1] = np.maximum(moved[:-1], 0.0)
        if loss(moved) < before:
            return moved
    return weights


def _chance(scores: Weights) -> Weights:
    chance: Weights = 1 / (1 + np.exp(-np.clip(scores, -30, 30)))
    return chance
