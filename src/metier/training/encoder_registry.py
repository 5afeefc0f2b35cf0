"""Tuned encoders of a catalog: registered, tried in the shadow, promoted and taken back by re-encoding it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np

from metier.catalog import Catalog, ModelRun
from metier.errors import ConfigError, InputError, NotFoundError
from metier.models.base import Encoder
from metier.models.folder import folder_encoder
from metier.models.onnx import OnnxEncoder
from metier.recommender import Recommender
from metier.records.job import Job
from metier.records.profile import Profile
from metier.retrieval.catalog_encoder import keep_encoder, kept_encoder
from metier.retrieval.reencode import Progress, reencode
from metier.training.run_file import read_run

KIND = "encoder"
ASKED, AMONG = 50, 2000
"""So many people are asked for in the shadow, so many jobs are looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shadow:
    """How like the answers of two encoders are.

    Attributes:
        people: Whose lists were compared.
        jobs: What the lists were made of.
        overlap: The mean share of jobs that both lists have, 0 to 1.
        same_first: The share of people whose first job is the same.
    """

    people: int
    jobs: int
    overlap: float
    same_first: float


def register_encoder(catalog: Catalog, folder: Path) -> ModelRun:
    """Keep the encoder of a run beside a catalog, and what was measured of it; nothing is answered with it yet.

    Args:
        catalog: The catalog.
        folder: The `--out` folder of a run of `metier train encoder`, `distil` or `pretrain`.

    Raises:
        ModelError: The folder holds no encoder, or no finished run.
        InputError: The run is none of an encoder.
    """
    told = read_run(folder)
    if "gain" not in told or told["gain"].get("metric") != "ndcg@10":
        raise InputError(f"{folder} holds a run of no encoder", hint="Give the folder of metier train encoder.")
    encoder = folder_encoder(folder)
    low, high = told["gain"]["interval"]
    report = {
        "wins": low > 0,
        "gain": {"mean": told["gain"]["mean"], "low": low, "high": high},
        **{when: told[when] for when in ("before", "after")},
    }
    run = ModelRun(
        id=f"{KIND}-{encoder.model_id.rpartition('-')[2]}",
        kind=KIND,
        model=json.dumps({"encoder": encoder.model_id}),
        report=json.dumps(report),
    )
    keep_encoder(catalog.uri, folder)
    catalog.models.add(run)
    return run


def registered_encoder(uri: str, run: ModelRun) -> OnnxEncoder:
    """Open the encoder of a run that was registered for a catalog."""
    return kept_encoder(uri, _encoder_id(run))


def promote_encoder(
    catalog: Catalog, run: ModelRun, *, over: Sequence[str] = (), progress: Progress | None = None
) -> Encoder:
    """Make all vectors of a catalog new with a registered encoder, by which it answers from then on.

    Until the end it answers as before; after a kill the same call goes on where it was.

    Args:
        catalog: The catalog.
        run: A registered encoder.
        over: See `ModelRegistry.promote`.
        progress: See `reencode`.
    """
    encoder = registered_encoder(catalog.uri, run)
    if catalog.models.in_use(KIND) is None and catalog.encoder_id != encoder.model_id:
        catalog.models.add(_over(run, catalog.encoder_id))
    reencode(catalog, encoder, progress=progress)
    catalog.models.promote(run.id, over=over)
    return encoder


def rollback_encoder(catalog: Catalog, otherwise: Encoder, *, progress: Progress | None = None) -> Encoder:
    """Give a catalog back the vectors of the encoder before the last promotion.

    Args:
        catalog: The catalog.
        otherwise: What it may have been made with before the first promotion.
        progress: See `reencode`.

    Raises:
        NotFoundError: Nothing was promoted.
        ConfigError: The former encoder is not at hand.
    """
    now, former = catalog.models.in_use(KIND), catalog.models.former(KIND)
    if now is None:
        raise NotFoundError("no encoder was promoted", hint="There is nothing to roll back.")
    encoder: Encoder = otherwise if former is None else registered_encoder(catalog.uri, former)
    wanted = str(json.loads(now.model)["over"]) if former is None else encoder.model_id
    if encoder.model_id != wanted:
        raise ConfigError(
            f"{catalog.uri} was made with {wanted!r} before, not with {encoder.model_id!r}",
            hint="Set METIER_ENCODER to that encoder, and roll back again.",
        )
    reencode(catalog, encoder, progress=progress)
    catalog.models.rollback(KIND)
    return encoder


def shadow(live: Recommender, encoder: Encoder, *, as_of: dt.date, n: int = 10) -> Shadow:
    """Compare the answers of a catalog with those that another encoder would give; nothing is changed.

    Args:
        live: The catalog as it answers; the first people and jobs of it, by id, are looked at.
        encoder: The other encoder.
        as_of: The day on which both are reckoned.
        n: How many jobs of a list are compared.

    Raises:
        InputError: It holds no people or no jobs.
    """
    catalog = live.catalog
    jobs = [job for job in live.load("job", list(islice(sorted(catalog.ids("job")), AMONG))) if isinstance(job, Job)]
    found = live.load("person", list(islice(sorted(catalog.ids("person")), ASKED)))
    people = [person for person in found if isinstance(person, Profile)]
    if not people or not jobs:
        raise InputError(f"{catalog.uri} holds no people or no jobs to compare lists of", hint="Import some of both.")
    other = Recommender.open(encoder=encoder, graph=live.graph)
    other.model, other.policy, other.depth = live.model, live.policy, live.depth
    other.add(jobs)
    only = [job.id for job in jobs]
    shares, firsts = [], []
    for person in people:
        lists = [
            [match.job.id for match in each.jobs_for(person, n=n, as_of=as_of, only=only)] for each in (live, other)
        ]
        longest = max(map(len, lists))
        if longest:
            shares.append(len(set(lists[0]) & set(lists[1])) / longest)
            firsts.append(lists[0][:1] == lists[1][:1])
    if not shares:
        raise InputError(f"no job of {catalog.uri} fits its people on {as_of}", hint="Give another --as-of day.")
    return Shadow(people=len(shares), jobs=len(jobs), overlap=float(np.mean(shares)), same_first=float(np.mean(firsts)))


def _encoder_id(run: ModelRun) -> str:
    return str(json.loads(run.model)["encoder"])


def _over(run: ModelRun, encoder_id: str) -> ModelRun:
    """Give a run that knows what the catalog was made with, which the last rollback gives back."""
    model = {**json.loads(run.model), "over": encoder_id}
    return ModelRun(id=run.id, kind=run.kind, model=json.dumps(model), report=run.report)
