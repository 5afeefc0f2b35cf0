"""Few labels: with and without the semi-supervised step, chosen by active learning and at random.

Usage: python benchmarks/few_labels.py ONET_FOLDER. Titles are labelled with the major group of their occupation; a head
over the encoder that ships ranks the groups of held-out titles.
"""

from __future__ import annotations

import csv
import gzip
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from _table import write

from metier.models.own import metier_encoder
from metier.training.active import propose
from metier.training.few_shot import fit_head
from metier.training.self_training import self_train

POOL, QUERIES, SEEDS = 1200, 1000, 5
BUDGETS = (8, 32, 64, 128, 256)
CURVE = (8, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512)
"""Where random choice is measured, to say how many labels it needs for what active choice comes to."""
_AT_ONCE, _STEEP = 8, 1.5


@dataclass(frozen=True)
class Task:
    """A pool to label from and titles to ask for.

    Attributes:
        name: In words.
        pool: Vectors.
        groups: The right group of each.
        queries: Vectors.
        asked: The right group of each.
    """

    name: str
    pool: np.ndarray
    groups: list[str]
    queries: np.ndarray
    asked: list[str]


def titles_of(folder: Path) -> list[tuple[str, str]]:
    """Give titles and their major groups, in an order that does not change."""
    with gzip.open(folder / "alternate_titles.tsv.gz", "rt", encoding="utf-8") as file:
        rows = {row["Alternate Title"]: row["O*NET-SOC Code"][:2] for row in csv.DictReader(file, delimiter="\t")}
    names = sorted(rows)
    return [(names[place], rows[names[place]]) for place in np.random.default_rng(0).permutation(len(names))]


def long_tailed(rows: list[tuple[str, str]]) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Give a pool in which some groups are common and most are rare, and as many queries of each group."""
    groups = sorted({group for _, group in rows})
    shares = 1 / np.arange(1, len(groups) + 1) ** _STEEP
    sizes = np.maximum(4, (shares / shares.sum() * POOL).astype(int))
    each = QUERIES // len(groups)
    pool, queries = [], []
    for rank, place in enumerate(np.random.default_rng(0).permutation(len(groups))):
        own = [row for row in rows if row[1] == groups[place]]
        queries += own[:each]
        pool += own[each : each + int(sizes[rank])]
    return [pool[place] for place in np.random.default_rng(1).permutation(len(pool))], queries


def task_of(name: str, pool: list[tuple[str, str]], queries: list[tuple[str, str]]) -> Task:
    """Encode a task."""
    vectors = metier_encoder().encode([title for title, _ in [*pool, *queries]])
    groups = [group for _, group in [*pool, *queries]]
    return Task(name, vectors[: len(pool)], groups[: len(pool)], vectors[len(pool) :], groups[len(pool) :])


def ndcg_of(head: object, vectors: np.ndarray, groups: list[str]) -> float:
    """Give the mean nDCG@10 of the right group among all, a group that the head has not met being never right."""
    classes = {name: place for place, name in enumerate(head.classes)}
    shares = head.shares(vectors)
    ranks = [
        1 + int((row > row[classes[group]]).sum()) if group in classes else 99
        for row, group in zip(shares, groups, strict=True)
    ]
    return float(np.mean([1 / np.log2(rank + 1) if rank <= 10 else 0.0 for rank in ranks]))


def chosen_at_random(task: Task, seed: int, *, most: int = max(CURVE)) -> list[int]:
    """Give places at random, so that the first two are of two groups."""
    order = np.random.default_rng(seed).permutation(len(task.pool)).tolist()
    other = next(place for place in order if task.groups[place] != task.groups[order[0]])
    return [order[0], other, *(place for place in order[1:] if place != other)][:most]


def chosen_actively(task: Task, seed: int) -> list[int]:
    """Give places as `metier label` would propose them, a few at once, from two random ones on."""
    chosen = chosen_at_random(task, seed, most=2)
    while len(chosen) < max(BUDGETS):
        taken = set(chosen)
        rest = [place for place in range(len(task.pool)) if place not in taken]
        head = fit_head(task.pool[chosen], [task.groups[place] for place in chosen])
        n = _AT_ONCE - len(chosen) % _AT_ONCE
        chosen += [rest[place] for place in propose(task.pool[rest], head=head, labelled=task.pool[chosen], n=n)]
    return chosen


def measured(task: Task) -> list[list[str]]:
    """Give the rows of a task."""
    values: dict[str, dict[int, list[float]]] = {}
    for seed in range(SEEDS):
        for way, order in (("random", chosen_at_random(task, seed)), ("active", chosen_actively(task, seed))):
            for budget in CURVE if way == "random" else BUDGETS:
                names = [task.groups[place] for place in order[:budget]]
                plain = fit_head(task.pool[order[:budget]], names)
                _note(values, way, budget, ndcg_of(plain, task.queries, task.asked))
                if budget in BUDGETS:
                    taken = set(order[:budget])
                    rest = task.pool[[place for place in range(len(task.pool)) if place not in taken]]
                    taught = self_train(task.pool[order[:budget]], names, rest).head
                    _note(values, f"{way}, self-trained", budget, ndcg_of(taught, task.queries, task.asked))
        print(task.name, seed, flush=True)
    rows = [
        [task.name, way, *(f"{np.mean(by[budget]):.3f} ± {np.std(by[budget]):.3f}" for budget in BUDGETS)]
        for way, by in values.items()
    ]
    curve = [float(np.mean(values["random"][budget])) for budget in CURVE]
    needed = [_labels_for(float(np.mean(values["active"][budget])), curve) for budget in BUDGETS]
    return [*rows, [task.name, "labels that random choice needs for the same as active choice", *needed]]


def _note(values: dict[str, dict[int, list[float]]], way: str, budget: int, value: float) -> None:
    values.setdefault(way, {}).setdefault(budget, []).append(value)


def _labels_for(value: float, curve: list[float]) -> str:
    """Give how many labels come to a value on a curve, on straight lines between its points."""
    if value > max(curve):
        return f"over {CURVE[-1]}"
    return f"{np.interp(value, np.maximum.accumulate(curve), CURVE):.0f}"


def main() -> None:
    """Measure all ways from the same starts, and write the table."""
    if len(sys.argv) < 2:
        print("give the folder: python benchmarks/few_labels.py ONET_FOLDER; nothing is measured")
        return
    rows = titles_of(Path(sys.argv[1]))
    tasks = [
        task_of("as they come", rows[:POOL], rows[POOL : POOL + QUERIES]),
        task_of("long-tailed", *long_tailed(rows)),
    ]
    sizes = " and ".join(f"{len(task.pool):,}" for task in tasks)
    about = (
        f"nDCG@10 of the right one of O*NET's {len({group for _, group in rows})} major groups for held-out titles; labels from a pool of "
        f"{sizes} other titles, the rest of which is what the semi-supervised step sees; mean and deviation of {SEEDS} starts. In the "
        "long-tailed pool the size of a group falls with its rank to the power of 1.5, and each group is asked for as often. A linear head "
        "over the encoder that ships, which was trained on O*NET's titles, though not on its groups."
    )
    found = [row for task in tasks for row in measured(task)]
    write(__file__, "Few labels", about, ["pool", "labels chosen", *map(str, BUDGETS)], found)


if __name__ == "__main__":
    main()
