"""Hits to ordered matches: constraints, coverage, features, score, bands."""

from metier.ranking.ranker import Pair, PairRanker

__all__ = ["Pair", "PairRanker"]
