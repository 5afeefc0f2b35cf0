"""TREC run and qrels files, so that other tools can check what we measured."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

Qrels = Mapping[str, Mapping[str, int]]


def run_lines(ranked: Mapping[str, Sequence[str]], *, tag: str) -> list[str]:
    """Write a run: `query Q0 document rank score tag`, the score falling with the rank."""
    return [
        f"{query} Q0 {key} {rank} {len(keys) - rank + 1} {tag}"
        for query, keys in ranked.items()
        for rank, key in enumerate(keys, start=1)
    ]


def qrels_lines(qrels: Qrels) -> list[str]:
    """Write judgements: `query 0 document grade`."""
    return [f"{query} 0 {key} {grade}" for query, grades in qrels.items() for key, grade in grades.items()]
