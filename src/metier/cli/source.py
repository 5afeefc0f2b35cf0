"""Where a command's jobs and people come from: a catalog, feeds, or the sample."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import typer

from metier.catalog import MEMORY, Catalog
from metier.cli.base import error_fields, note, note_error, track
from metier.config import Settings
from metier.errors import MetierError
from metier.jobs import read_jobs
from metier.models.named import open_encoder
from metier.recommender import Recommender
from metier.records.job import Job
from metier.records.profile import Profile
from metier.resumes import UnreadResume, read_resumes
from metier.retrieval.catalog_encoder import encoder_of

__all__ = ["Faults", "error_fields", "open_recommender", "read_all_jobs", "read_all_people"]


class Faults:
    """The inputs that could not be read, told as they come and counted."""

    def __init__(self) -> None:
        self.told: list[dict[str, str]] = []

    def tell(self, error: MetierError | UnreadResume) -> None:
        """Write an error down and show it."""
        inner = error.error if isinstance(error, UnreadResume) else error
        source = error.source if isinstance(error, UnreadResume) else ""
        self.told.append(error_fields(inner) | ({"source": source} if source else {}))
        note_error(inner, source)

    def end(self) -> None:
        """End with exit code 1 if there was any.

        Raises:
            Exit: There was one.
        """
        if self.told:
            raise typer.Exit(1)


def open_recommender(catalog: str, settings: Settings, *, make: bool = False) -> Recommender:
    """Open a catalog, or an empty one in memory; an encoder that the catalog keeps goes before the one that is set.

    Raises:
        CatalogError: There is none, unless it may be made.
    """
    if catalog and not make:
        Catalog.open(catalog).close()
    encoder = encoder_of(catalog or MEMORY, open_encoder(settings.encoder, settings))
    recommender = Recommender.open(catalog, encoder=encoder) if catalog else Recommender.open(encoder=encoder)
    recommender.depth = settings.depth
    recommender.policy = "mark" if settings.policy == "mark" else "remove"
    return recommender


def read_all_jobs(sources: Sequence[str], recommender: Recommender, faults: Faults) -> Iterator[Job]:
    """Give the jobs of feeds; what cannot be read is told and the rest goes on."""
    for source in sources:
        count = 0
        for job in track(read_jobs(source, graph=recommender.graph), f"reading {source}"):
            if isinstance(job, Job):
                count += 1
                yield job
            else:
                faults.tell(job)
        note(f"{source}: {count} jobs read")


def read_all_people(sources: Sequence[str], recommender: Recommender, faults: Faults) -> Iterator[Profile]:
    """Give the people of files, folders and tables; what cannot be read is told and the rest goes on."""
    for source in sources:
        count = 0
        for person in track(read_resumes(source, graph=recommender.graph), f"reading {source}"):
            if isinstance(person, Profile):
                count += 1
                yield person
            else:
                faults.tell(person)
        note(f"{source}: {count} people read")
