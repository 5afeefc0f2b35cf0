"""A large catalog made of the sample: postings and resumes whose lines are mixed, so that no two are alike."""

from __future__ import annotations

import json
import random
import re
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from _remembering import Remembering

from metier.catalog import Catalog
from metier.documents.read import read_bytes
from metier.graph.graph_linker import GraphLinker
from metier.jobs import parse_job
from metier.jobs.table import RowsFeed
from metier.models.base import Vectors
from metier.models.own import metier_encoder
from metier.records.job import Job, Posting
from metier.records.profile import Profile
from metier.resumes import parse_resume, read_resumes
from metier.retrieval.index import Indexer, parts_of, search_text
from metier.sample import jobs_path, resumes_path

SEED = 11
PEOPLE = 300
_LEVELS = ("", "", "", "Senior ", "Junior ", "Lead ")
_KEPT = 0.7
DISTINCT = 16_000
"""So many postings are mixed; beyond them they come again as reposts by other employers."""


class Pooled(Remembering):
    """An encoder that knows the vectors of the sample's lines; a mixed text has the mean of its lines', else of its words'.

    So a catalog of any size is made in the time that reading it takes; the search sees vectors of the true shape.
    """

    def learn(self, texts: Sequence[str]) -> None:
        """Encode texts for good."""
        super().encode(texts)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Give the known vectors, and means of them for the rest."""
        return np.array([self._vector(text) for text in texts]).reshape(len(texts), self.size)

    def _vector(self, text: str) -> Vectors:
        if text in self.known:
            return self.known[text]
        lines = [line.strip(" -*•") for line in text.split("\n")]
        found = [self.known[line] for line in (*lines, *text.split("\n")) if line in self.known]
        if not found:
            found = [self.known[word] for word in _words(text) if word in self.known]
        if not found:
            self.learn([text])
            return self.known[text]
        total = np.sum(found, axis=0)
        return np.asarray(total / np.linalg.norm(total), dtype=np.float32)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _rows() -> list[dict[str, str]]:
    return [json.loads(line) for line in jobs_path().read_text(encoding="utf-8").splitlines()]


def jobs(count: int, graph: GraphLinker, *, first: int = 0) -> Iterator[Job]:
    """Make jobs: the head of one posting, most of its lines, and lines of two others."""
    rows, chance = _rows(), random.Random(SEED)
    for number in range(count):
        row = dict(rows[number % len(rows)])
        lines = [line for line in row["description"].split("\n") if chance.random() < _KEPT or not line.strip()]
        for _ in range(2):
            other = chance.choice(rows)["description"].split("\n")
            lines.insert(chance.randrange(len(lines) + 1), chance.choice(other))
        row |= {
            "id": f"j-{number}",
            "title": chance.choice(_LEVELS) + row["title"],
            "company": f"{row['company']} {number % 977}",
            "description": "\n".join(lines).strip() or row["description"],
        }
        if number < first:
            continue
        posting = next(iter(RowsFeed(source="crowd", rows=(row,)).read()))
        if isinstance(posting, Posting):
            yield parse_job(posting, graph=graph)


def people(count: int, graph: GraphLinker) -> Iterator[Profile]:
    """Make people: the lines of a resume of the sample, one in eight left out."""
    texts = [one.text for one in read_resumes(resumes_path(), graph=graph) if isinstance(one, Profile)]
    chance = random.Random(SEED)
    for number in range(count):
        lines = texts[number % len(texts)].split("\n")
        text = "\n".join(line for line in lines if not line.strip() or chance.random() < 7 / 8)
        yield parse_resume(read_bytes(text.encode(), "crowd.txt"), graph=graph, profile_id=f"p-{number}")


def build(folder: Path, count: int) -> None:
    """Make the catalog, unless it is there."""
    encoder = Pooled(metier_encoder())
    with Catalog.open(str(folder), encoder_id=encoder.model_id, size=encoder.size) as catalog:
        there, distinct = catalog.count("job"), min(count, DISTINCT)
        if there < distinct:
            graph = GraphLinker()
            made = [job for job in (parse_job(one, graph=graph) for one in _postings()) if isinstance(job, Job)]
            encoder.learn([part.text for job in made for part in parts_of(job)])
            encoder.learn([line for job in made for line in job.text.split("\n") if len(line) > 2])
            encoder.learn([word for job in made for word in _words(job.text)])
            crowd = list(people(PEOPLE, graph))
            encoder.learn(
                [text for one in crowd for text in (search_text(one), *(part.text for part in parts_of(one)))]
            )
            indexer = Indexer(catalog=catalog, encoder=encoder, with_parts=True)
            indexer.write(crowd)
            indexer.write(jobs(distinct, graph, first=there))
        repeat(folder, count)
        catalog.search_text("job", "welder", depth=1)


def repeat(folder: Path, count: int) -> None:
    """Put the postings in again until there are so many, each time under other ids and employers."""
    truth = sqlite3.connect(folder / "truth.sqlite")
    there, last = truth.execute("select count(*), max(sequence) from records where kind = 'job'").fetchone()
    first = there
    while there < count:
        name = f"-r{there}"
        truth.execute(
            "insert into records select kind, id || :name, :last + 1, content_hash || :name,"
            " json_set(document, '$.id', id || :name, '$.content_hash', content_hash || :name,"
            " '$.hiring_organization', json_extract(document, '$.hiring_organization') || :name),"
            " lexical, skills, vector, parts, valid_through from records where kind = 'job' and id not like '%-r%' limit :most",
            {"name": name, "last": last, "most": min(first, count - there)},
        )
        truth.commit()
        there = truth.execute("select count(*) from records where kind = 'job'").fetchone()[0]
    truth.close()


def _postings() -> Iterator[Posting]:
    for row in _rows():
        posting = next(iter(RowsFeed(source="crowd", rows=(row,)).read()))
        if isinstance(posting, Posting):
            yield posting


if __name__ == "__main__":
    import sys

    build(Path(sys.argv[1]), int(sys.argv[2]))
