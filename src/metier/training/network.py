"""The network that is trained: a BERT with mean pooling, lean enough for two cores."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.utils.checkpoint import checkpoint

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
    """Attention and feed-forward, each with its normalisation after the sum (Devlin et al. 2019).

    `up_factors` and `down_factors` are what states are divided by before they are rounded, see `smooth`.
    """

    up_factors: Tensor
    down_factors: Tensor

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.heads = shape.heads
        self.dropout = 0.0
        self.rounds = False
        self.qkv = nn.Linear(shape.width, 3 * shape.width)
        self.out = nn.Linear(shape.width, shape.width)
        self.attention_norm = nn.LayerNorm(shape.width, eps=1e-12)
        self.up = nn.Linear(shape.width, shape.inner)
        self.down = nn.Linear(shape.inner, shape.width)
        self.norm = nn.LayerNorm(shape.width, eps=1e-12)
        self.register_buffer("up_factors", torch.ones(shape.width))
        self.register_buffer("down_factors", torch.ones(shape.inner))

    def forward(self, states: Tensor, mask: Tensor) -> Tensor:
        """Give states of the shape that came in, (texts, tokens, width)."""
        texts, tokens, width = states.shape
        rounded = partial(_rounded, is_token=mask[:, 0, 0, :, None]) if self.rounds else _same
        qkv = self.qkv(rounded(states)).view(texts, tokens, 3, self.heads, width // self.heads)
        seen = self._attend(qkv, mask).reshape(texts, tokens, width)
        states = self.attention_norm(states + self._dropped(self.out(rounded(seen))))
        inner = functional.gelu(self.up(rounded(states, factors=self.up_factors)))
        return self.norm(states + self._dropped(self.down(rounded(inner, factors=self.down_factors))))

    def _dropped(self, states: Tensor) -> Tensor:
        return functional.dropout(states, self.dropout, self.training) if self.dropout else states

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


def _same(states: Tensor, *, factors: Tensor | None = None) -> Tensor:  # noqa: ARG001 - as `_rounded`
    return states


def _rounded(states: Tensor, *, is_token: Tensor, factors: Tensor | None = None) -> Tensor:
    """Bring states to 8 bits by the range of each text, as the exported graph does, and back."""
    if factors is not None:
        return _rounded(states / factors, is_token=is_token) * factors
    low = states.masked_fill(~is_token, 0).amin((1, 2), keepdim=True)
    high = states.masked_fill(~is_token, 0).amax((1, 2), keepdim=True)
    scale = ((high - low) / 255).clamp(min=1e-12)
    zero = (-low / scale).round()
    return ((states / scale).round().add(zero).clamp(0, 255) - zero) * scale


class Network(nn.Module):
    """Token ids to one vector a text, the mean of its tokens' last states.

    Attributes:
        shape: Its sizes.
        saves_memory: Whether the states inside a layer are made again for the backward pass instead of kept.
        places: The products that low-rank additions stand beside.
        has_sparse_words: Whether only the rows of words that were seen have gradients.
    """

    places = ("qkv", "out", "up", "down")
    has_sparse_words = True

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.saves_memory = False
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
            if self.saves_memory and torch.is_grad_enabled():
                states = checkpoint(layer, states, mask, use_reentrant=False)
            else:
                states = layer(states, mask)
        return states

    def drop(self, share: float) -> None:
        """Leave out this share of the states while training (Srivastava et al. 2014)."""
        for layer in self.layers:
            layer.dropout = share

    def serve(self) -> Network:
        """Read as the exported graph does: nothing dropped, states brought to 8 bits."""
        for layer in self.layers:
            layer.rounds = True
        return self.eval()

    def forward(self, ids: Tensor, is_token: Tensor) -> Tensor:
        """Give vectors of length 1, float32, (texts, width)."""
        states = self.states(ids, is_token)
        weights = is_token.to(states.dtype)[:, :, None]
        mean = (states * weights).sum(1) / weights.sum(1)
        return functional.normalize(mean.float(), dim=-1)
