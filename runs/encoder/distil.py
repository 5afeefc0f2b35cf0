"""The first stage: the shallow network learns to give the vectors of the deep one that it was cut from."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from checkpoint import load, save
from numpy.typing import NDArray
from start import Packed, network_of, tokenizer_of
from tokenizers import Tokenizer

from metier.training.network import Network
from metier.training.optimizer import optimizers_of, set_rates
from metier.training.token_batch import encoded, ids_of, padded

_CHUNK = 20_000


def teacher_vectors(packed: Packed, texts: Sequence[str], path: Path) -> NDArray[np.float16]:
    """Give the deep network's vectors of texts, kept on disk chunk by chunk."""
    path.mkdir(parents=True, exist_ok=True)
    network, tokenizer, found = None, None, []
    for first in range(0, len(texts), _CHUNK):
        chunk = path / f"{first}.npy"
        if not chunk.is_file():
            if network is None or tokenizer is None:
                network, tokenizer = network_of(packed), tokenizer_of(packed.pieces)
            np.save(
                chunk.with_suffix(".part.npy"),
                encoded(network, tokenizer, texts[first : first + _CHUNK]).astype(np.float16),
            )
            chunk.with_suffix(".part.npy").replace(chunk)
            print(f"teacher: {min(first + _CHUNK, len(texts)):,} of {len(texts):,}", flush=True)
        found.append(np.load(chunk))
    return np.concatenate(found)


def batches(ids: Sequence[Sequence[int]], *, tokens: int, seed: int) -> Iterator[list[int]]:
    """Give batches of texts of about one length, in an order that the seed decides; one pass over all."""
    chance = np.random.default_rng(seed)
    order = chance.permutation(len(ids))
    order = order[np.argsort([len(ids[place]) for place in order], kind="stable")]
    found: list[list[int]] = [[]]
    for place in order.tolist():
        if found[-1] and (len(found[-1]) + 1) * len(ids[place]) > tokens:
            found.append([])
        found[-1].append(place)
    yield from (found[place] for place in chance.permutation(len(found)))


def distil(
    network: Network,
    tokenizer: Tokenizer,
    texts: Sequence[str],
    teacher: NDArray[np.float16],
    *,
    passes: int,
    rate: float,
    tokens: int,
    seed: int,
    folder: Path,
) -> None:
    """Train until the passes are done; goes on from the checkpoint in the folder if there is one."""
    ids = ids_of(tokenizer, texts, longest=128)
    plan = [batch for number in range(passes) for batch in batches(ids, tokens=tokens, seed=seed + number)]
    optimizers = optimizers_of(network, rate=rate, word_rate=rate)
    done = load(folder / "distil.pt", network, optimizers)
    middle = torch.from_numpy(teacher[:: max(1, len(teacher) // 50_000)].astype(np.float32)).mean(0)
    device, since, total = network.word.weight.device, time.monotonic(), 0.0
    for step in range(done, len(plan)):
        set_rates(optimizers, step=step, steps=len(plan), warmup=200)
        places = plan[step]
        aim = torch.from_numpy(teacher[places].astype(np.float32)).to(device)
        with torch.autocast(device.type, dtype=torch.bfloat16):
            given = network(*padded([ids[place] for place in places], device))
        loss = _distance(given, aim, middle.to(device))
        loss.backward()
        for optimizer in optimizers:
            optimizer.step()
            optimizer.zero_grad()
        total += float(loss.detach())
        if (step + 1) % 200 == 0 or step + 1 == len(plan):
            print(
                f"distil: step {step + 1:,} of {len(plan):,}, loss {total / 200:.4f}, {time.monotonic() - since:.0f} s",
                flush=True,
            )
            total = 0.0
        if (step + 1) % 1000 == 0 or step + 1 == len(plan):
            save(folder / "distil.pt", network, optimizers, step + 1)


def _distance(given: torch.Tensor, aim: torch.Tensor, middle: torch.Tensor) -> torch.Tensor:
    """One minus the cosine once the mean vector of all texts is taken away: the vectors of this teacher lie close together."""
    plain = 1 - (given * aim).sum(1)
    centred = 1 - torch.nn.functional.cosine_similarity(given - middle, aim - middle, dim=1)
    return (5 * plain + centred).mean()
