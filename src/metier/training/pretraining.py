"""Continued pre-training on texts alone: masked language modelling, SimCSE, TSDAE."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from metier.training.loss import info_nce, targets_of
from metier.training.network import Network
from metier.training.pair_batch import PairBatch
from metier.training.pairs import Pair
from metier.training.recipe import PretrainObjective, Recipe
from metier.training.scorer import PairScorer
from metier.training.token_batch import padded, precision, slices
from metier.training.tuning import Check, Tuner

_SPECIAL = 4
_UNKNOWN = 3
_MASKED, _DELETED, _DROPPED = 0.15, 0.6, 0.1
_SAMPLED = 2048
_HEADS = 2


class PieceDecoder(nn.Module):
    """Says which piece stood where, over the pieces of the batch and a sample of the others (Jean et al. 2015).

    The pieces' own vectors are the output weights (Press & Wolf 2017).

    Args:
        width: Of the states.
        is_deep: Whether pieces are decoded one after another from the vector of their text (Wang et al. 2021, TSDAE).
    """

    def __init__(self, width: int, *, is_deep: bool) -> None:
        super().__init__()
        self.bent = nn.Linear(width, width)
        self.norm = nn.LayerNorm(width)
        self.layer = (
            nn.TransformerDecoderLayer(width, _HEADS, 2 * width, dropout=0.0, batch_first=True) if is_deep else None
        )
        nn.init.eye_(self.bent.weight)
        nn.init.zeros_(self.bent.bias)

    def loss(self, states: Tensor, pieces: Tensor, network: Network) -> Tensor:
        """Give the cross-entropy of states with the pieces that stood there."""
        rows = network.word.weight.shape[0]
        others = torch.randint(rows, (min(_SAMPLED, rows),), device=states.device)
        known, aim = torch.cat([pieces, others]).unique(return_inverse=True)
        table = functional.embedding(known, network.word.weight, sparse=network.word.sparse)
        logits = self.norm(self.bent(states.float())) @ functional.normalize(table, dim=-1).T
        return functional.cross_entropy(logits, aim[: len(pieces)])

    def decoded(self, vectors: Tensor, ids: Tensor, is_token: Tensor, network: Network) -> Tensor:
        """Give the states from which each next piece is told: they see the pieces before it and the text's vector."""
        if self.layer is None:
            raise TypeError("a flat decoder decodes no text")
        places = torch.arange(ids.shape[1], device=ids.device)
        asked = network.embedding_norm(network.word(ids) + network.position(places))
        later = torch.ones(len(places), len(places), dtype=torch.bool, device=ids.device).triu(1)
        states: Tensor = self.layer(
            asked, vectors[:, None], tgt_mask=later, tgt_key_padding_mask=~is_token, tgt_is_causal=True
        )
        return states


class Pretrainer(Tuner):
    """Goes on pre-training a network; steps, checks, checkpoints and stops are those of tuning.

    Args:
        scorer: Whose network is trained.
        texts: What it reads.
        recipe: How; pairs play no part.
        objective: `mlm`, `simcse` or `tsdae`.
        folder: Where checkpoints lie.
        check: Gives a value, higher is better.
        digest: Names the data and the base.
    """

    def __init__(
        self,
        scorer: PairScorer,
        texts: Sequence[str],
        recipe: Recipe,
        *,
        objective: PretrainObjective,
        folder: Path,
        check: Check,
        digest: str = "",
    ) -> None:
        self.aim = objective
        if objective != "simcse":
            torch.manual_seed(recipe.seed)
            scorer.decoder = PieceDecoder(scorer.network.shape.width, is_deep=objective == "tsdae")
        pairs = [Pair(left=text, right=text) for text in texts]
        super().__init__(scorer, pairs, recipe, folder=folder, check=check, digest=f"{objective} {digest}")
        if objective == "simcse":
            scorer.network.drop(recipe.dropout or _DROPPED)

    def _backward(self, batch: PairBatch, step: int) -> float:
        chance = np.random.default_rng([self.recipe.seed, step, 2])
        ids = [each for each in self.scorer.ids_of(batch.left) if len(each) > 2]
        if not ids:
            return 0.0
        if self.aim == "simcse":
            loss = self._alike(ids)
            self._pull(loss)
            return float(loss.detach())
        total = 0.0
        for places in slices(ids, tokens=self.tokens):
            some = [ids[place] for place in places]
            part = self._masked(some, chance) if self.aim == "mlm" else self._deleted(some, chance)
            part = part * (len(some) / len(ids))
            self._pull(part)
            total += float(part.detach())
        return total

    def _alike(self, ids: list[list[int]]) -> Tensor:
        """Give InfoNCE of each text with itself, other states left out (Gao et al. 2021, SimCSE)."""
        once, _ = self.scorer.documents(ids, tokens=self.tokens)
        again, _ = self.scorer.documents(ids, tokens=self.tokens)
        scores = once[:, 0] @ again[:, 0].T / self.recipe.temperature
        keys = [tuple(each) for each in ids]
        apart = torch.tensor([[one != other for other in keys] for one in keys], device=scores.device)
        return info_nce(scores, apart, targets_of(len(ids), 0.0, None, 0.0).to(scores.device))

    def _masked(self, ids: list[list[int]], chance: np.random.Generator) -> Tensor:
        """Hide some pieces behind the one of unknown words, and ask for them (Devlin et al. 2019)."""
        network, decoder = self.scorer.network, self.scorer.decoder
        table, is_token = padded(ids, network.word.weight.device)
        drawn = torch.from_numpy(chance.random(tuple(table.shape))).to(table.device)
        hidden = (drawn < _MASKED) & is_token & (table >= _SPECIAL)
        if not hidden.any():
            hidden[:, 1] = True
        with precision(table.device, in_bf16=self.recipe.in_bf16):
            states = network.states(table.masked_fill(hidden, _UNKNOWN), is_token)
        loss: Tensor = decoder.loss(states[hidden], table[hidden], network)  # type: ignore[union-attr]
        return loss

    def _deleted(self, ids: list[list[int]], chance: np.random.Generator) -> Tensor:
        """Delete most pieces, and ask for the whole text from the vector of what is left."""
        network, decoder = self.scorer.network, self.scorer.decoder
        left = [_thinned(each, chance) for each in ids]
        vectors, _ = self.scorer.documents(left, tokens=self.tokens)
        table, is_token = padded(ids, network.word.weight.device)
        states = decoder.decoded(vectors[:, 0], table[:, :-1], is_token[:, :-1], network)  # type: ignore[union-attr]
        asked = is_token[:, 1:]
        loss: Tensor = decoder.loss(states[asked], table[:, 1:][asked], network)  # type: ignore[union-attr]
        return loss


def halves(texts: Sequence[str]) -> list[Pair]:
    """Give the first and the second half of the words of each text as a pair: a measure that needs no labels.

    Texts of one word are left out; a text without spaces is cut in the middle.
    """
    pairs = []
    for text in texts:
        words = text.split()
        cut = len(words) // 2 if len(words) > 1 else 0
        one, other = (
            (" ".join(words[:cut]), " ".join(words[cut:])) if cut else (text[: len(text) // 2], text[len(text) // 2 :])
        )
        if one and other and one != other and len(text) > 3:
            pairs.append(Pair(left=one, right=other))
    return pairs


def _thinned(ids: Sequence[int], chance: np.random.Generator) -> list[int]:
    inside = list(ids[1:-1])
    kept = [piece for piece in inside if chance.random() >= _DELETED] or inside[:1]
    return [ids[0], *kept, ids[-1]]
