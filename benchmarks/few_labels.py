"""Few labels: with and without the semi-supervised step, chosen by active learning and at random.

Usage: python benchmarks/few_labels.py ONET_FOLDER. Titles are labelled with the major group of their occupation; a head
over the encoder that ships ranks the groups of held-out titles.
"""

from __future__ import annotations

import csv
import gzip
import sys
from pathlib import Path

import numpy as np
from _table import write

from metier.models.own import metier_encoder
from metier.training.active import propose
from metier.training.few_shot import fit_head
from metier.training.self_training import self_train

POOL, QUERIES, SEEDS = 1200, 1000, 3
BUDGETS = (8, 32, 64, 128)
_AT_ONCE = 8


def titles_of(folder: Path) -> tuple[list[str], list[str]]:
    """Give titles and their major groups, in an order that does not change."""
    with gzip.open(folder / "alternate_titles.tsv.gz", "rt", encoding="utf-8") as file:
        rows = {row["Alternate Title"]: row["O*NET-SOC Code"][:2] for row in csv.DictReader(file, delimiter="\t")}
    names = sorted(rows)
    chosen = np.random.default_rng(0).permutation(len(names))[: POOL + QUERIES]
    return [names[place] for place in chosen], [rows[names[place]] for place in chosen]


def ndcg_of(head: object, vectors: np.ndarray, groups: list[str]) -> float:
    """Give the mean nDCG@10 of the right group among all, a group that the head has not met being never right."""
    classes = {name: place for place, name in enumerate(head.classes)}
    shares = head.shares(vectors)
    ranks = [
        1 + int((row > row[classes[group]]).sum()) if group in classes else 99
        for row, group in zip(shares, groups, strict=True)
    ]
    return float(np.mean([1 / np.log2(rank + 1) if rank <= 10 else 0.0 for rank in ranks]))


def chosen_at_random(pool: np.ndarray, groups: list[str], seed: int) -> list[int]:
    """Give places at random, so that the first two are of two groups."""
    order = np.random.default_rng(seed).permutation(len(pool)).tolist()
    other = next(place for place in order if groups[place] != groups[order[0]])
    return [order[0], other, *(place for place in order[1:] if place != other)][: max(BUDGETS)]


def chosen_actively(pool: np.ndarray, groups: list[str], seed: int) -> list[int]:
    """Give places as `metier label` would propose them, a few at once, from two random ones on."""
    chosen = chosen_at_random(pool, groups, seed)[:2]
    while len(chosen) < max(BUDGETS):
        rest = [place for place in range(len(pool)) if place not in set(chosen)]
        head = fit_head(pool[chosen], [groups[place] for place in chosen])
        found = propose(pool[rest], head=head, labelled=pool[chosen], n=_AT_ONCE - len(chosen) % _AT_ONCE)
        chosen += [rest[place] for place in found]
    return chosen


def main() -> None:
    """Measure all ways from the same starts, and write the table."""
    if len(sys.argv) < 2:
        print("give the folder: python benchmarks/few_labels.py ONET_FOLDER; nothing is measured")
        return
    titles, groups = titles_of(Path(sys.argv[1]))
    vectors = metier_encoder().encode(titles)
    pool, queries = vectors[:POOL], vectors[POOL:]
    asked = groups[POOL:]
    ways = {"random": chosen_at_random, "active": chosen_actively}
    values: dict[tuple[str, int], list[float]] = {}
    for seed in range(SEEDS):
        for way, choose in ways.items():
            order = choose(pool, groups, seed)
            for budget in BUDGETS:
                names = [groups[place] for place in order[:budget]]
                plain = fit_head(pool[order[:budget]], names)
                values.setdefault((way, budget), []).append(ndcg_of(plain, queries, asked))
                taken = set(order[:budget])
                rest = pool[[place for place in range(POOL) if place not in taken]]
                taught = self_train(pool[order[:budget]], names, rest).head
                values.setdefault((f"{way}, self-trained", budget), []).append(ndcg_of(taught, queries, asked))
        print(seed, {key: round(each[-1], 3) for key, each in values.items()}, flush=True)
    rows = [
        [way, *(f"{np.mean(values[way, budget]):.3f} ± {np.std(values[way, budget]):.3f}" for budget in BUDGETS)]
        for way in ("random", "random, self-trained", "active", "active, self-trained")
    ]
    about = (
        f"nDCG@10 of the right one of O*NET's {len(set(groups))} major groups for {QUERIES:,} held-out titles; labels from a pool of "
        f"{POOL:,} other titles, the rest of which is what the semi-supervised step sees; mean and deviation of {SEEDS} starts. A "
        "linear head over the encoder that ships, which was trained on O*NET's titles, though not on its groups."
    )
    write(__file__, "Few labels", about, ["labels chosen", *map(str, BUDGETS)], rows)


if __name__ == "__main__":
    main()
