"""A language model and what stands on it: how well two texts fit."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor, nn

from metier.models.base import Vectors
from metier.training.head import HEADS, Head, Judge
from metier.training.network import Network
from metier.training.recipe import Recipe
from metier.training.token_batch import documents_of, ids_of, vectors_of

_TOKENS = 4096
_AT_ONCE = 2048
Documents = tuple[Tensor, Tensor]


class PairScorer(nn.Module):
    """Scores pairs of texts, as two towers or as one text.

    Args:
        network: The language model.
        tokenizer: Its tokenizer.
        recipe: Form, head, length and precision are heeded.
    """

    def __init__(self, network: Network, tokenizer: Tokenizer, recipe: Recipe) -> None:
        super().__init__()
        self.network, self.tokenizer, self.recipe = network, tokenizer, recipe
        self.is_one_text = recipe.form == "cross-encoder"
        width = network.shape.width
        self.head: Head = HEADS["none" if self.is_one_text else recipe.head](width)
        self.judge = Judge(width, is_deep=recipe.head == "mlp") if self.is_one_text else None
        self.decoder: nn.Module | None = None  # what pre-training needs beside the language model
        self._frozen: dict[str, Documents] = {}

    @property
    def is_portable(self) -> bool:
        """Say whether the head goes into the encoder that is written, so that nothing else is needed."""
        return not self.is_one_text and self.head.is_portable

    def ids_of(self, texts: Sequence[str]) -> list[list[int]]:
        """Give the tokens of texts, cut at the recipe's length."""
        return ids_of(self.tokenizer, texts, longest=self.recipe.max_tokens)

    def joined_ids(self, left: Sequence[str], right: Sequence[str]) -> list[list[int]]:
        """Give the tokens of two texts as one."""
        pairs = zip(self.ids_of(left), self.ids_of(right), strict=True)
        return [[*one, *other[1:]] for one, other in pairs]

    def documents(self, ids: Sequence[Sequence[int]], *, tokens: int = 0) -> Documents:
        """Give documents as parts, see `Head`; gradients flow."""
        return documents_of(
            self.network,
            ids,
            has_parts=self.head.wants_parts,
            in_bf16=self.recipe.in_bf16,
            tokens=tokens or self.recipe.tokens,
        )

    def kept_documents(self, texts: Sequence[str]) -> Documents:
        """Give documents of a frozen network, each made once and kept."""
        wanted = list(dict.fromkeys(texts))
        missing = [text for text in wanted if text not in self._frozen]
        for first in range(0, len(missing), _AT_ONCE):
            some = missing[first : first + _AT_ONCE]
            with torch.no_grad():
                parts, present = self.documents(self.ids_of(some), tokens=_TOKENS)
            self._frozen.update(zip(some, zip(parts, present, strict=True), strict=True))
        kept = [self._frozen[text] for text in texts]
        return torch.stack([parts for parts, _ in kept]), torch.stack([present for _, present in kept])

    def joined(self, left: Sequence[str], right: Sequence[str], *, tokens: int = 0) -> Tensor:
        """Give the log-odds of pairs that are read as one text; gradients flow."""
        if self.judge is None:
            raise TypeError("two towers read no joined text")
        vectors = vectors_of(self.network, self.joined_ids(left, right), tokens=tokens or self.recipe.tokens)
        logits: Tensor = self.judge(vectors)
        return logits

    @torch.no_grad()
    def score(self, left: Sequence[str], right: Sequence[str]) -> NDArray[np.float32]:
        """Give the score of each pair, higher is better."""
        self.eval()
        scores: list[NDArray[np.float32]] = []
        for first in range(0, len(left), _AT_ONCE):
            lefts, rights = left[first : first + _AT_ONCE], right[first : first + _AT_ONCE]
            if self.is_one_text:
                found = self.joined(lefts, rights, tokens=_TOKENS)
            else:
                found = self.head.rows(self.read(lefts), self.read(rights))
            scores.append(found.float().cpu().numpy())
        self.train()
        return np.concatenate(scores) if scores else np.zeros(0, dtype=np.float32)

    @torch.no_grad()
    def read(self, texts: Sequence[str]) -> Documents:
        """Give documents without gradients, each text once."""
        distinct = list(dict.fromkeys(texts))
        places = {text: place for place, text in enumerate(distinct)}
        parts, present = (
            self.kept_documents(distinct)
            if self.recipe.adaptation == "head"
            else self.documents(self.ids_of(distinct), tokens=_TOKENS)
        )
        order = torch.tensor([places[text] for text in texts], device=parts.device)
        return parts[order], present[order]

    @torch.no_grad()
    def vectors(self, texts: Sequence[str]) -> Vectors:
        """Give one vector a text, by which texts are searched before pairs are scored."""
        self.eval()
        rows = []
        for first in range(0, len(texts), _AT_ONCE):
            parts, present = self.read(texts[first : first + _AT_ONCE])
            rows.append((self.head.vectors(parts, present) if self.is_portable else _mean(parts, present)).numpy())
        self.train()
        found: Vectors = np.concatenate(rows)
        return found


def _mean(parts: Tensor, present: Tensor) -> Tensor:
    mean = (parts * present[:, :, None]).sum(1)
    return nn.functional.normalize(mean, dim=-1)
