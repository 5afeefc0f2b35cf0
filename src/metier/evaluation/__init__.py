"""Retrieval tasks on disk, metrics with intervals, and the bench that runs them."""

from metier.evaluation.bench import TaskResult, run_task
from metier.evaluation.task import Task, read_task

__all__ = ["Task", "TaskResult", "read_task", "run_task"]
