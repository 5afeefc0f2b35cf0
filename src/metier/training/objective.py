"""The loss of one batch: the recipe's own, and what knowledge and ethics add to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from metier.training.loss import binary, info_nce, lambda_loss, list_wise, squared, targets_of, triplet
from metier.training.pair_batch import PairBatch
from metier.training.scorer import Documents, PairScorer
from metier.training.twin import twin_pairs

Nearness = Callable[[str, str], float]
TWINS = 8
"""Texts of a batch whose twins are compared."""


@dataclass(frozen=True, eq=False)
class Objective:
    """The loss of a recipe.

    Attributes:
        scorer: What is trained.
        nearness: How near two right texts lie in the knowledge graph, 0 to 1; None where it does not enter.
    """

    scorer: PairScorer
    nearness: Nearness | None = None

    def texts(self, batch: PairBatch, *, step: int) -> list[str]:
        """Give every text of a batch once, those of the twins too."""
        twins = [text for _, one, other in self._twins(batch, step) for text in (one, other)]
        return list(dict.fromkeys([*batch.texts(), *twins]))

    def towers(self, batch: PairBatch, texts: Sequence[str], documents: Documents, *, step: int) -> Tensor:
        """Give the loss of a batch whose texts were read apart."""
        places = {text: place for place, text in enumerate(texts)}

        def chosen(wanted: Sequence[str]) -> Documents:
            rows = torch.tensor([places[text] for text in wanted], device=documents[0].device)
            return documents[0][rows], documents[1][rows]

        head, twins = self.scorer.head, self._twins(batch, step)
        loss = self._table(batch, chosen) if self.scorer.recipe.compares_batch else self._rows(batch, chosen)
        if twins:
            right = chosen([batch.right[place] for place, _, _ in twins])
            gap = head.rows(chosen([one for _, one, _ in twins]), right) - head.rows(
                chosen([other for _, _, other in twins]), right
            )
            loss = loss + self.scorer.recipe.twin_weight * gap.square().mean()
        return loss

    def joined(self, batch: PairBatch, *, step: int, tokens: int) -> Tensor:
        """Give the loss of a batch whose two texts are read as one."""
        recipe, scorer = self.scorer.recipe, self.scorer
        logits = scorer.joined(batch.left, batch.right, tokens=tokens)
        labels = torch.from_numpy(batch.labels).to(logits.device)
        if recipe.loss == "triplet":
            rows = [row for row, text in enumerate(batch.others) if text]
            far = scorer.joined([batch.left[row] for row in rows], [batch.others[row] for row in rows], tokens=tokens)
            loss = triplet(logits[rows].sigmoid(), far.sigmoid())
        elif recipe.loss == "mse":
            loss = squared(logits.sigmoid(), labels)
        else:
            loss = binary(logits, labels, smoothing=recipe.label_smoothing)
        twins = self._twins(batch, step)
        if twins:
            right = [batch.right[place] for place, _, _ in twins]
            one = scorer.joined([text for _, text, _ in twins], right, tokens=tokens).sigmoid()
            other = scorer.joined([text for _, _, text in twins], right, tokens=tokens).sigmoid()
            loss = loss + recipe.twin_weight * (one - other).square().mean()
        return loss

    def _table(self, batch: PairBatch, chosen: Callable[[Sequence[str]], Documents]) -> Tensor:
        recipe, head = self.scorer.recipe, self.scorer.head
        columns = [*batch.right, *batch.others]
        if recipe.loss == "mnrl":
            scores = head.table(chosen(batch.left), chosen(columns)) / recipe.temperature
            targets = targets_of(len(batch.left), recipe.label_smoothing, self._near(batch), recipe.graph_weight)
            return info_nce(scores, torch.from_numpy(batch.allowed).to(scores.device), targets.to(scores.device))
        lefts, distinct = _firsts(batch.left), _firsts(columns)
        scores = head.table(chosen([batch.left[row] for row in lefts]), chosen([columns[place] for place in distinct]))
        grades = torch.from_numpy(batch.grades[np.ix_(lefts, distinct)]).to(scores.device)
        known = torch.tensor([[batch.left[row] != columns[place] for place in distinct] for row in lefts])
        scores, known = scores / recipe.temperature, known.to(scores.device)
        if recipe.loss == "lambda":
            return lambda_loss(scores, grades, known)
        return list_wise(scores, grades, known, smoothing=recipe.label_smoothing)

    def _rows(self, batch: PairBatch, chosen: Callable[[Sequence[str]], Documents]) -> Tensor:
        recipe, head = self.scorer.recipe, self.scorer.head
        if recipe.loss == "triplet":
            return self._triplets(batch, chosen)
        likeness = head.rows(chosen(batch.left), chosen(batch.right))
        labels = torch.from_numpy(batch.labels).to(likeness.device)
        if recipe.loss == "mse":
            return squared(likeness, labels)
        return binary(head.logits(likeness), labels, smoothing=recipe.label_smoothing)

    def _triplets(self, batch: PairBatch, chosen: Callable[[Sequence[str]], Documents]) -> Tensor:
        head = self.scorer.head
        given = [row for row, text in enumerate(batch.others) if text]
        left = chosen([batch.left[row] for row in given])
        near = head.rows(left, chosen([batch.right[row] for row in given]))
        return triplet(near, head.rows(left, chosen([batch.others[row] for row in given])))

    def _near(self, batch: PairBatch) -> Tensor | None:
        """Give how near the other right texts of the batch lie to each, 0 to itself."""
        if self.nearness is None or not self.scorer.recipe.graph_weight:
            return None
        right = batch.right
        near = [[0.0 if one == other else self.nearness(one, other) for other in right] for one in right]
        return torch.tensor(near) * torch.from_numpy(batch.allowed[:, : len(right)])

    def _twins(self, batch: PairBatch, step: int) -> list[tuple[int, str, str]]:
        return twin_pairs(batch.left, count=TWINS, seed=step) if self.scorer.recipe.twin_weight else []


def _firsts(texts: Sequence[str]) -> list[int]:
    """Give the place where each distinct text is met first."""
    first: dict[str, int] = {}
    for place, text in enumerate(texts):
        first.setdefault(text, place)
    return list(first.values())
