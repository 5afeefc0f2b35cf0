"""How good a ranking is: tasks, metrics, intervals."""
