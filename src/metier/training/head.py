"""What stands on the language model and makes a score of two documents' parts; by name."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

PARTS = 16
"""A document is seen as at most so many parts: even runs of its tokens, each the mean of its states."""
_NEVER = -1e4
_HEADS = 6
_HIDDEN = 256
_STEEP, _MIDDLE = 10.0, -5.0
"""How a cosine becomes a logit before anything is learnt: half way at .5."""


class Head(nn.Module):
    """The cosine of two vectors as they are; the other heads start as this one and learn to depart from it.

    A document is a tensor of its parts, (parts, width), each of length 1; one without parts has one, its vector.

    Attributes:
        wants_parts: Whether it looks at parts.
        is_portable: Whether it acts on one vector alone, so that it can be written into the encoder.
    """

    wants_parts = False
    is_portable = True

    def __init__(self, width: int) -> None:
        super().__init__()
        self.width = width
        self.steepness = nn.Parameter(torch.tensor(_STEEP))
        self.middle = nn.Parameter(torch.tensor(_MIDDLE))

    def vectors(self, parts: Tensor, present: Tensor) -> Tensor:  # noqa: ARG002 - heads that look at parts need it
        """Give one vector of length 1 a document, (documents, width)."""
        return functional.normalize(parts[:, 0] + self.moved(parts[:, 0]), dim=-1)

    def moved(self, vectors: Tensor) -> Tensor:
        """Give what is added to a vector; nothing here."""
        return torch.zeros_like(vectors)

    def rows(self, left: tuple[Tensor, Tensor], right: tuple[Tensor, Tensor]) -> Tensor:
        """Give the likeness of each left document with the right one of its row, about -1 to 1."""
        return (self.vectors(*left) * self.vectors(*right)).sum(-1)

    def table(self, left: tuple[Tensor, Tensor], right: tuple[Tensor, Tensor]) -> Tensor:
        """Give the likeness of every left with every right document."""
        return self.vectors(*left) @ self.vectors(*right).T

    def logits(self, likeness: Tensor) -> Tensor:
        """Turn likeness into the log-odds that two documents fit."""
        return self.steepness * likeness + self.middle


class LinearHead(Head):
    """A vector moved by a matrix, the same on both sides."""

    def __init__(self, width: int) -> None:
        super().__init__(width)
        self.matrix = nn.Linear(width, width)
        nn.init.zeros_(self.matrix.weight)
        nn.init.zeros_(self.matrix.bias)

    def moved(self, vectors: Tensor) -> Tensor:
        """Give what is added to a vector."""
        moved: Tensor = self.matrix(vectors)
        return moved


class MlpHead(Head):
    """A vector moved by two layers."""

    def __init__(self, width: int) -> None:
        super().__init__(width)
        self.up, self.down = nn.Linear(width, _HIDDEN), nn.Linear(_HIDDEN, width)
        nn.init.zeros_(self.down.weight)
        nn.init.zeros_(self.down.bias)

    def moved(self, vectors: Tensor) -> Tensor:
        """Give what is added to a vector."""
        moved: Tensor = self.down(functional.gelu(self.up(vectors)))
        return moved


class PositionalHead(LinearHead):
    """Parts that weigh by where they stand and what they say, then a matrix."""

    wants_parts = True
    is_portable = False

    def __init__(self, width: int) -> None:
        super().__init__(width)
        self.place = nn.Parameter(torch.zeros(PARTS))
        self.asked = nn.Parameter(torch.zeros(width))

    def vectors(self, parts: Tensor, present: Tensor) -> Tensor:
        """Give one vector of length 1 a document."""
        weights = (self.place[: parts.shape[1]] + parts @ self.asked).masked_fill(~present, _NEVER).softmax(-1)
        mean = functional.normalize((parts * weights[:, :, None]).sum(1), dim=-1)
        return functional.normalize(mean + self.moved(mean), dim=-1)


class AttentionHead(Head):
    """The parts of both documents attend to one another before they are compared (Vaswani et al. 2017)."""

    wants_parts = True
    is_portable = False

    def __init__(self, width: int) -> None:
        super().__init__(width)
        self.side = nn.Parameter(torch.zeros(2, width))
        self.norm = nn.LayerNorm(width)
        self.attention = nn.MultiheadAttention(width, _HEADS if width % _HEADS == 0 else 1, batch_first=True)
        self.judge = nn.Linear(2 * width, 1)
        for weight in (
            self.attention.out_proj.weight,
            self.attention.out_proj.bias,
            self.judge.weight,
            self.judge.bias,
        ):
            nn.init.zeros_(weight)

    def rows(self, left: tuple[Tensor, Tensor], right: tuple[Tensor, Tensor]) -> Tensor:
        """Give the likeness of each left document with the right one of its row."""
        parts, present = torch.cat([left[0], right[0]], 1), torch.cat([left[1], right[1]], 1)
        count = left[0].shape[1]
        sides = torch.cat([self.side[:1].expand(count, -1), self.side[1:].expand(right[0].shape[1], -1)])
        asking = self.norm(parts + sides)
        seen, _ = self.attention(asking, asking, asking, key_padding_mask=~present, need_weights=False)
        states = parts + seen
        one = functional.normalize(_mean(states[:, :count], present[:, :count]), dim=-1)
        other = functional.normalize(_mean(states[:, count:], present[:, count:]), dim=-1)
        judged = self.judge(torch.cat([one * other, (one - other).abs()], -1))[:, 0]
        return (one * other).sum(-1) + judged

    def table(self, left: tuple[Tensor, Tensor], right: tuple[Tensor, Tensor]) -> Tensor:
        """Give the likeness of every left with every right document, pair by pair."""
        lefts, rights = len(left[0]), len(right[0])
        one = tuple(each.repeat_interleave(rights, 0) for each in left)
        other = tuple(each.repeat(lefts, *[1] * (each.dim() - 1)) for each in right)
        return self.rows((one[0], one[1]), (other[0], other[1])).view(lefts, rights)


class LateHead(LinearHead):
    """Each part is held against the most like part of the other side (Khattab & Zaharia 2020), both ways."""

    wants_parts = True
    is_portable = False

    def rows(self, left: tuple[Tensor, Tensor], right: tuple[Tensor, Tensor]) -> Tensor:
        """Give the likeness of each left document with the right one of its row."""
        one, other = self._placed(left[0]), self._placed(right[0])
        return self._best(one @ other.transpose(1, 2), left[1], right[1])

    def table(self, left: tuple[Tensor, Tensor], right: tuple[Tensor, Tensor]) -> Tensor:
        """Give the likeness of every left with every right document."""
        likeness = torch.einsum("lpw,rqw->lrpq", self._placed(left[0]), self._placed(right[0]))
        return self._best(likeness, left[1][:, None], right[1][None])

    def _placed(self, parts: Tensor) -> Tensor:
        return functional.normalize(parts + self.moved(parts), dim=-1)

    @staticmethod
    def _best(likeness: Tensor, left: Tensor, right: Tensor) -> Tensor:
        forth = likeness.masked_fill(~right[..., None, :], _NEVER).amax(-1)
        back = likeness.masked_fill(~left[..., :, None], _NEVER).amax(-2)
        shares = ((forth * left).sum(-1) / left.sum(-1), (back * right).sum(-1) / right.sum(-1))
        return (shares[0] + shares[1]) / 2


class Judge(nn.Module):
    """What stands on a cross-encoder: z = M(x), s = f(z), a linear map or two layers."""

    def __init__(self, width: int, *, is_deep: bool) -> None:
        super().__init__()
        inside = [nn.Linear(width, _HIDDEN), nn.GELU(), nn.Linear(_HIDDEN, 1)] if is_deep else [nn.Linear(width, 1)]
        self.layers = nn.Sequential(*inside)

    def forward(self, vectors: Tensor) -> Tensor:
        """Give the log-odds that the two documents of each text fit."""
        logits: Tensor = self.layers(vectors)[:, 0]
        return logits


HEADS: dict[str, type[Head]] = {
    "none": Head,
    "linear": LinearHead,
    "mlp": MlpHead,
    "positional": PositionalHead,
    "attention": AttentionHead,
    "late": LateHead,
}


def _mean(states: Tensor, present: Tensor) -> Tensor:
    return (states * present[:, :, None]).sum(1) / present.sum(1, keepdim=True)
