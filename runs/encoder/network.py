"""The network that is trained: a BERT with mean pooling, lean enough for two cores."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

_NEVER = -1e4


@dataclass(frozen=True)
class Shape:
    """The sizes of a network.

    Attributes:
        vocabulary: Pieces of the tokenizer.
        layers: Transformer layers.
        width: Dimensions of a token and of the vector of a text.
        heads: Attention heads of a layer.
        inner: Dimensions inside the feed-forward part.
        positions: The longest text, in tokens.
    """

    vocabulary: int
    layers: int = 6
    width: int = 384
    heads: int = 12
    inner: int = 1536
    positions: int = 512


class Layer(nn.Module):
    """Attention and feed-forward, each with its normalisation after the sum (Devlin et al. 2019)."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.heads = shape.heads
        self.qkv = nn.Linear(shape.width, 3 * shape.width)
        self.out = nn.Linear(shape.width, shape.width)
        self.attention_norm = nn.LayerNorm(shape.width, eps=1e-12)
        self.up = nn.Linear(shape.width, shape.inner)
        self.down = nn.Linear(shape.inner, shape.width)
        self.norm = nn.LayerNorm(shape.width, eps=1e-12)

    def forward(self, states: Tensor, mask: Tensor) -> Tensor:
        """Give states of the shape that came in, (texts, tokens, width)."""
        texts, tokens, width = states.shape
        seen = self._attend(self.qkv(states).view(texts, tokens, 3, self.heads, width // self.heads), mask)
        states = self.attention_norm(states + self.out(seen.reshape(texts, tokens, width)))
        return self.norm(states + self.down(functional.gelu(self.up(states))))

    def _attend(self, qkv: Tensor, mask: Tensor) -> Tensor:
        """Attend by plain products: on the CPU their backward pass is twice as fast as that of PyTorch's fused one."""
        texts, tokens, _, heads, size = qkv.shape
        query, key, value = (each.reshape(texts * heads, tokens, size) for each in qkv.permute(2, 0, 3, 1, 4))
        scores = torch.bmm(query, key.transpose(1, 2)).view(texts, heads, tokens, tokens) * size**-0.5
        shares = scores.masked_fill(~mask, _NEVER).softmax(-1).to(value.dtype)
        return (
            torch.bmm(shares.view(texts * heads, tokens, tokens), value)
            .view(texts, heads, tokens, size)
            .transpose(1, 2)
        )


class Network(nn.Module):
    """Token ids to one vector a text, the mean of its tokens' last states."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.word = nn.Embedding(shape.vocabulary, shape.width)
        self.position = nn.Embedding(shape.positions, shape.width)
        self.embedding_norm = nn.LayerNorm(shape.width, eps=1e-12)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))

    def states(self, ids: Tensor, is_token: Tensor) -> Tensor:
        """Give the last states, (texts, tokens, width); `is_token` is false at padding."""
        places = torch.arange(ids.shape[1], device=ids.device)
        states = self.embedding_norm(self.word(ids) + self.position(places))
        mask = is_token[:, None, None, :]
        for layer in self.layers:
            states = layer(states, mask)
        return states

    def forward(self, ids: Tensor, is_token: Tensor) -> Tensor:
        """Give vectors of length 1, float32, (texts, width)."""
        states = self.states(ids, is_token)
        weights = is_token.to(states.dtype)[:, :, None]
        mean = (states * weights).sum(1) / weights.sum(1)
        return functional.normalize(mean.float(), dim=-1)
