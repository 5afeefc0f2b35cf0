"""A query to hits: dense, lexical, skills, fused."""
