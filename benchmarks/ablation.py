"""What each step of the encoder and of the matching brings on the retrieval tasks of a folder.

Usage: python benchmarks/ablation.py FOLDER [NAME=ENCODER.onnx …]: earlier stages of the encoder, with its tokenizer; the
one that ships comes last by itself.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from _remembering import Remembering
from _table import write

from metier.evaluation.metric import METRICS
from metier.evaluation.task import Task, is_task, read_task
from metier.graph.label_lookup import LabelLookup
from metier.models.base import Encoder
from metier.models.onnx import OnnxEncoder
from metier.models.own import TOKENIZER, metier_encoder
from metier.retrieval.label_matcher import LabelMatcher

MOST = 600
"""Queries of a task that are looked at, drawn with seed 0."""
SHOWN = {"title-to-title": "map", "sentence-to-skill": "rp@10"}
STEPS = {
    "vectors alone": {"lookup": None, "wording": 0.0, "linked": 0.0},
    "and wording": {"lookup": None, "linked": 0.0},
    "and other names": {"linked": 0.0},
    "and links": {},
    "and feedback": {"has_many": True},
}


def figure(task: Task, encoder: Encoder, lookup: LabelLookup, step: dict[str, object]) -> float:
    """Give the task's metric for one way of matching."""
    ids = sorted(task.corpus)
    given = {"lookup": lookup} | step
    matcher = LabelMatcher([task.corpus[key] for key in ids], encoder=encoder, **given)  # type: ignore[arg-type]
    metric = METRICS[SHOWN.get(task.kind, "mrr")]
    values = []
    keys = list(task.queries)
    if len(keys) > MOST:
        keys = [keys[place] for place in sorted(np.random.default_rng(0).permutation(len(keys))[:MOST])]
    for first in range(0, len(keys), 200):
        block = keys[first : first + 200]
        for key, row in zip(block, matcher.scores([task.queries[one] for one in block]), strict=True):
            best = np.argsort(-row, kind="stable")[:1000]
            values.append(metric([ids[place] for place in best], task.qrels[key]))
    return float(np.mean(values))


def main() -> None:
    """Measure and write the table."""
    if len(sys.argv) < 2:
        print(f"{__doc__}\nnothing is measured")
        return
    folders = sorted(folder for folder in Path(sys.argv[1]).iterdir() if is_task(folder))
    tasks = [read_task(folder) for folder in folders]
    tasks = [task for task in tasks if np.median([len(text) for text in task.corpus.values()]) < 400]
    stages = dict(given.split("=", 1) for given in sys.argv[2:])
    rows, lookup = [], LabelLookup()
    for name, path in stages.items():
        stage = OnnxEncoder(model_id=name, model_path=Path(path), tokenizer_path=TOKENIZER, size=384)
        rows.append([f"{name}, vectors alone", *_figures(tasks, Remembering(stage), lookup, STEPS["vectors alone"])])
        print(rows[-1], flush=True)
    own = Remembering(metier_encoder())
    for name, step in STEPS.items():
        shown = f"the encoder that ships, {name}" if name == "vectors alone" else name
        rows.append([shown, *_figures(tasks, own, lookup, step)])
        print(rows[-1], flush=True)
    about = f"MAP for titles to titles, RP@10 for skills, MRR for the rest; at most {MOST} queries a task. Each row adds to the one above."
    write(__file__, "What each step brings", about, ["step", *(task.name for task in tasks)], rows)


def _figures(tasks: list[Task], encoder: Encoder, lookup: LabelLookup, step: dict[str, object]) -> list[str]:
    return [f"{figure(task, encoder, lookup, step):.3f}" for task in tasks]


if __name__ == "__main__":
    main()
