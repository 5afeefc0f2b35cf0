"""Job feeds to cleaned jobs: read, clean, find requirements, cluster near-duplicates."""

from metier.jobs.base import JobFeed
from metier.jobs.cluster import cluster_jobs
from metier.jobs.feed import open_feed
from metier.jobs.json_ld import to_json_ld
from metier.jobs.parse import parse_job
from metier.jobs.read import find_job, read_jobs

__all__ = ["JobFeed", "cluster_jobs", "find_job", "open_feed", "parse_job", "read_jobs", "to_json_ld"]
