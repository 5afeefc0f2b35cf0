"""Losses by name: of a table of likeness over a batch, or of single rows."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

_NEVER = -1e4
_MARGIN = 0.2


def info_nce(scores: Tensor, allowed: Tensor, targets: Tensor) -> Tensor:
    """Give InfoNCE both ways (van den Oord et al. 2018) against targets.

    Args:
        scores: Likeness by temperature, the fitting ones on the diagonal; columns beyond it are wrong answers only.
        allowed: Where two texts may be held apart: false where they are known to fit or are one text.
        targets: The share of each right text in a row's target, (rows, rows); rows add up to 1.
    """
    rows = len(scores)
    own = torch.eye(rows, scores.shape[1], dtype=torch.bool, device=scores.device)
    kept = scores.masked_fill(~(allowed | own), _NEVER)
    forth = -(targets * kept.log_softmax(1)[:, :rows]).sum(1).mean()
    back = -(targets.T * kept[:, :rows].T.log_softmax(1)).sum(1)
    return (forth + (back / targets.sum(0).clamp(min=1e-6)).mean()) / 2


def list_wise(scores: Tensor, grades: Tensor, known: Tensor, *, smoothing: float) -> Tensor:
    """Give the cross-entropy of a ranked list with the distribution of its grades (Cao et al. 2007, ListNet).

    Args:
        scores: Likeness by temperature, (queries, documents).
        grades: How well each fits.
        known: Which documents count for a query.
        smoothing: The share of the target that goes to all that count.
    """
    shares = grades * known
    shares = shares / shares.sum(1, keepdim=True).clamp(min=1e-6)
    even = known / known.sum(1, keepdim=True).clamp(min=1)
    targets = (1 - smoothing) * shares + smoothing * even
    logs = scores.masked_fill(~known, _NEVER).log_softmax(1)
    return -(targets * logs).sum(1)[grades.amax(1) > 0].mean()


def lambda_loss(scores: Tensor, grades: Tensor, known: Tensor) -> Tensor:
    """Give LambdaLoss (Wang et al. 2018, NDCG-Loss2++): weighed by what a swap changes in nDCG."""
    ordered = scores.masked_fill(~known, _NEVER)
    ranks = ordered.argsort(1, descending=True).argsort(1) + 1
    gains = (2.0**grades - 1) * known
    places = torch.arange(1, scores.shape[1] + 1, device=scores.device, dtype=scores.dtype)
    ideal = (gains.sort(1, descending=True).values / (places + 1).log2()).sum(1).clamp(min=1e-6)
    gains = gains / ideal[:, None]
    discounts = 1 / (ranks + 1.0).log2()
    distance = (ranks[:, :, None] - ranks[:, None, :]).abs()
    apart = (1 / (distance + 1.0).log2() - 1 / (distance + 2.0).log2()).masked_fill(distance == 0, 0)
    weights = (gains[:, :, None] - gains[:, None, :]).clamp(min=0)
    weights = weights * ((discounts[:, :, None] - discounts[:, None, :]).abs() + apart)
    both = known[:, :, None] & known[:, None, :]
    lost = functional.softplus(-(scores[:, :, None] - scores[:, None, :])) * weights * both
    return lost.sum((1, 2))[grades.amax(1) > 0].mean()


def binary(logits: Tensor, labels: Tensor, *, smoothing: float) -> Tensor:
    """Give the binary cross-entropy of log-odds with labels from 0 to 1."""
    return functional.binary_cross_entropy_with_logits(logits, labels * (1 - smoothing) + smoothing / 2)


def squared(likeness: Tensor, labels: Tensor) -> Tensor:
    """Give the mean squared error of likeness with labels from 0 to 1."""
    return functional.mse_loss(likeness, labels)


def triplet(near: Tensor, far: Tensor) -> Tensor:
    """Give by how much the far text is not far enough behind the near one (Schroff et al. 2015)."""
    return functional.relu(far - near + _MARGIN).mean()


def targets_of(rows: int, smoothing: float, nearness: Tensor | None, share: float) -> Tensor:
    """Give soft targets of a batch: mostly the own text, a share to the near ones of the graph, a share to all."""
    own = torch.eye(rows)
    if nearness is not None and share:
        near = nearness / nearness.sum(1, keepdim=True).clamp(min=1e-6)
        own = torch.where(nearness.sum(1, keepdim=True) > 0, (1 - share) * own + share * near, own)
    return (1 - smoothing) * own + smoothing / rows
