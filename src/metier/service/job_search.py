"""Words to jobs: by meaning, by words and by the skills that they name."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from metier.catalog import Catalog
from metier.graph.base import SkillGraph
from metier.models.base import Encoder
from metier.records.job import Job
from metier.retrieval.base import Query
from metier.retrieval.hybrid import HybridRetriever


class JobSearch:
    """Searches the jobs of one catalog.

    Args:
        folder: Where the catalog is.
        encoder: The encoder that it was made with.
        graph: Links the skills that the words name.
    """

    def __init__(self, folder: Path, *, encoder: Encoder, graph: SkillGraph) -> None:
        self._catalog = Catalog.open(str(folder), encoder_id=encoder.model_id, size=encoder.size)
        self._encoder = encoder
        self._graph = graph

    def close(self) -> None:
        """Close the database."""
        self._catalog.close()

    def find(self, words: str, *, n: int, on: dt.date) -> list[Job]:
        """Give jobs that have not ended before a day, best first.

        Args:
            words: A title, a sentence, skills.
            n: How many at most.
            on: The day.
        """
        vector = self._encoder.encode([words])[0] if self._encoder.reads(words) else None
        skills = tuple(dict.fromkeys(one.uri for one in self._graph.link(words) if not one.is_negated))
        retriever = HybridRetriever.over(self._catalog, "job")
        query = Query(vector=vector, text=words, skills=skills)
        hits = retriever.search(query, depth=n, only=self._catalog.current_jobs(on))
        return self._catalog.jobs([hit.id for hit in hits])
