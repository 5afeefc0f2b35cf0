"""What noise and other words for the same do to the ranking of held-out queries."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from metier.evaluation.metric import ndcg
from metier.models.base import Vectors
from metier.training.measure import K, Served, Trial, rankings
from metier.training.noise import NOISES, Noise
from metier.training.paraphrase import shipped_paraphraser

MOST = 300
"""So many queries are read anew with each noise."""

Robustness = dict[str, dict[str, float]]


def robustness(trial: Trial, served: Served, *, seed: int, corpus: Vectors | None = None) -> Robustness:
    """Give, for each noise, the mean nDCG@10 of the queries that it changed: without it and with it.

    The corpus stays as it is; the same trial and seed give the same noise, so that two models are compared on it.

    Args:
        trial: The held-out queries; the first `MOST` are read.
        served: What ranks.
        seed: Of the noise.
        corpus: Vectors of the corpus, where they are made already.

    Returns:
        By noise: `queries` that it changed, and nDCG@10 `clean` and `noisy`, from 0 to 1; without queries no more.
    """
    queries = trial.queries[:MOST]
    corpus = served.encode(trial.corpus) if corpus is None else corpus
    clean = _values(trial, served, queries, corpus)
    found: Robustness = {}
    noises: dict[str, Noise] = {**NOISES, "paraphrase": shipped_paraphraser()}
    for name, noise in noises.items():
        noisy = [noise(text, np.random.default_rng([seed, place])) for place, text in enumerate(queries)]
        changed = [place for place, text in enumerate(noisy) if text != queries[place]]
        found[name] = {"queries": len(changed)}
        if changed:
            values = _values(trial, served, noisy, corpus)
            found[name]["clean"] = float(np.mean([clean[place] for place in changed]))
            found[name]["noisy"] = float(np.mean([values[place] for place in changed]))
    return found


def _values(trial: Trial, served: Served, queries: Sequence[str], corpus: Vectors) -> list[float]:
    ranked = rankings(trial, served, queries, corpus)
    return [ndcg(each, grades, k=K) for each, grades in zip(ranked, trial.grades, strict=False)]
