"""Learning from the user's own events: splits, a ranker, what it brings."""
