"""Texts as token ids, and vectors of many texts of mixed length without much padding."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from metier.training.head import PARTS
from metier.training.network import Network

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


def documents_of(network: Network, ids: Ids, *, has_parts: bool, in_bf16: bool, tokens: int) -> tuple[Tensor, Tensor]:
    """Give documents as parts of length 1, (documents, parts, width), and which parts there are.

    Without parts a document has one, the mean of its tokens; with parts each even run of its tokens is one.
    """
    device = network.word.weight.device
    found, present, order = [], [], []
    for places in slices(ids, tokens=tokens):
        table, is_token = padded([ids[place] for place in places], device)
        with precision(device, in_bf16=in_bf16):
            states = network.states(table, is_token)
        share, there = _shares(is_token, PARTS if has_parts else 1)
        found.append(functional.normalize(torch.bmm(share, states.float()), dim=-1))
        present.append(there)
        order += places
    back = torch.empty(len(order), dtype=torch.long, device=device)
    back[torch.tensor(order, device=device)] = torch.arange(len(order), device=device)
    return torch.cat(found)[back], torch.cat(present)[back]


def precision(device: torch.device, *, in_bf16: bool) -> AbstractContextManager[object]:
    """Give the context in which products are of 16-bit numbers, or none."""
    return torch.autocast(device.type, dtype=torch.bfloat16) if in_bf16 else nullcontext()


def _shares(is_token: Tensor, parts: int) -> tuple[Tensor, Tensor]:
    """Give what each token counts in each part, (documents, parts, tokens), and which parts there are."""
    lengths = is_token.sum(1, keepdim=True)
    places = torch.arange(is_token.shape[1], device=is_token.device)[None]
    owner = torch.where(lengths > parts, places * parts // lengths.clamp(min=1), places)
    member = (owner[:, None, :] == torch.arange(parts, device=is_token.device)[None, :, None]) & is_token[:, None, :]
    counts = member.sum(-1)
    return member / counts.clamp(min=1)[:, :, None], counts > 0


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
