"""Match people and jobs in both directions, and say why."""
