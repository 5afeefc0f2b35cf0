"""The truth in SQL and the index over it."""
