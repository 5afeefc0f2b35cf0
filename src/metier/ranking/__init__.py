"""Hits to ordered matches: constraints, coverage, features, score, bands."""
