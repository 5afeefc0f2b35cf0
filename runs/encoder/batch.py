"""Texts as token ids, and vectors of many texts of mixed length without much padding."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import torch
from network import Network
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor

Ids = Sequence[Sequence[int]]
_END = 2


def ids_of(tokenizer: Tokenizer, texts: Sequence[str], *, longest: int) -> list[list[int]]:
    """Give the token ids of texts, cut at `longest` tokens."""
    tokenizer.no_padding()
    tokenizer.enable_truncation(longest)
    return [found.ids for found in tokenizer.encode_batch(list(texts))]


def slices(ids: Ids, *, tokens: int) -> Iterator[list[int]]:
    """Cut texts, shortest first, into slices of at most some tokens, padding counted."""
    batch: list[int] = []
    for place in sorted(range(len(ids)), key=lambda place: len(ids[place])):
        if batch and (len(batch) + 1) * len(ids[place]) > tokens:
            yield batch
            batch = []
        batch.append(place)
    if batch:
        yield batch


def padded(ids: Ids, device: torch.device) -> tuple[Tensor, Tensor]:
    """Give ids and whether each place is a token, (texts, tokens of the longest)."""
    longest = max(map(len, ids))
    table = np.full((len(ids), longest), _END, dtype=np.int64)
    is_token = np.zeros((len(ids), longest), dtype=bool)
    for row, found in enumerate(ids):
        table[row, : len(found)] = found
        is_token[row, : len(found)] = True
    return torch.from_numpy(table).to(device), torch.from_numpy(is_token).to(device)


def vectors_of(network: Network, ids: Ids, *, tokens: int) -> Tensor:
    """Give the vectors of texts in their order, (texts, width); gradients flow."""
    device = network.word.weight.device
    parts, order = [], []
    for places in slices(ids, tokens=tokens):
        table, is_token = padded([ids[place] for place in places], device)
        with torch.autocast(device.type, dtype=torch.bfloat16):
            parts.append(network(table, is_token))
        order += places
    back = torch.empty(len(order), dtype=torch.long, device=device)
    back[torch.tensor(order, device=device)] = torch.arange(len(order), device=device)
    return torch.cat(parts)[back]


@torch.no_grad()
def encoded(network: Network, tokenizer: Tokenizer, texts: Sequence[str], *, longest: int = 128) -> NDArray[np.float32]:
    """Give the vectors of texts as an array, without gradients."""
    network.eval()
    vectors: NDArray[np.float32] = np.zeros((len(texts), network.shape.width), dtype=np.float32)
    ids = ids_of(tokenizer, texts, longest=longest)
    for places in slices(ids, tokens=2048):
        vectors[places] = vectors_of(network, [ids[place] for place in places], tokens=2048).cpu().numpy()
    network.train()
    return vectors
