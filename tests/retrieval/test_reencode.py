"""A catalog to another encoder: the same vectors as an import with it would give, also after `kill -9`."""

import json
import os
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass, replace

import pytest

from metier.catalog import MEMORY, Catalog
from metier.catalog.schema import records
from metier.errors import ModelError
from metier.retrieval.index import BATCH, Indexer
from metier.retrieval.reencode import ReencodeSummary, reencode
from metier.testing import HashEncoder

OLD, NEW = HashEncoder(size=8), HashEncoder(size=12)


def opened(uri, encoder):
    return Catalog.open(str(uri), encoder_id=encoder.model_id, size=encoder.size)


def rows_of(catalog):
    with catalog._read() as connection:
        columns = (records.c.kind, records.c.id, records.c.vector, records.c.parts)
        return [tuple(row) for row in connection.execute(records.select().with_only_columns(*columns))]


@pytest.fixture
def jobs(job_of):
    return [job_of(f"Welder {number}", f"Weld part {number}.", id=f"{number:03}") for number in range(BATCH + 6)]


@pytest.fixture
def person(person_of):
    return person_of("Ann Lee\n\nWork experience\nWelder, Acme, 2016 - 2020\n- Welding of pipe to drawing\n", "ann")


@pytest.fixture
def catalog(tmp_path, jobs, person):
    with opened(tmp_path / "c", OLD) as made:
        Indexer(catalog=made, encoder=OLD).write([*jobs, person])
        yield made


def test_it_ends_with_the_bits_of_an_import_with_the_new_encoder(catalog, jobs, person):
    moves = []
    summary = reencode(catalog, NEW, progress=lambda done, total: moves.append((done, total)))
    total = len(jobs) + 1
    assert summary == ReencodeSummary(records=total)
    assert moves == [(BATCH, total), (total, total)]
    with opened(MEMORY, NEW) as fresh:
        Indexer(catalog=fresh, encoder=NEW).write([*jobs, person])
        assert sorted(rows_of(catalog)) == sorted(rows_of(fresh))
    assert catalog.check() == []


def test_again_is_nothing_to_do(catalog):
    reencode(catalog, NEW)
    assert reencode(catalog, NEW) == ReencodeSummary(records=0)


def test_records_without_kept_parts_stay_without(tmp_path, jobs):
    with opened(tmp_path / "c", OLD) as catalog:
        Indexer(catalog=catalog, encoder=OLD, with_parts=False).write(jobs[:2])
        reencode(catalog, NEW)
        assert catalog.parts("job", [job.id for job in jobs]) == {}


@dataclass(frozen=True)
class Meddling(HashEncoder):
    """Does something at each call before it encodes."""

    meddle: object = None

    def encode(self, texts):
        self.meddle()
        return super().encode(texts)


def test_a_write_by_another_process_meanwhile_is_taken(tmp_path, catalog, jobs):
    late = [replace(jobs[0], text="Changed", title="Nurse"), replace(jobs[0], id="late", title="Late")]

    def meddle():
        if late:
            with opened(tmp_path / "c", OLD) as other:
                Indexer(catalog=other, encoder=OLD).write([late.pop()])

    summary = reencode(catalog, Meddling(size=12, meddle=meddle))
    assert summary.records >= len(jobs) + 3
    found = {key for key, _ in catalog.search_dense("job", NEW.encode(["Nurse. Weld part 0."])[0], depth=99)}
    assert {"000", "late"} <= found
    assert catalog.check() == []


def test_an_encoder_that_fails_leaves_the_old_vectors_and_what_was_made(catalog, jobs):
    calls = []

    def meddle():
        calls.append(1)
        if len(calls) == 2:
            raise ModelError("the server is gone")

    before = rows_of(catalog)
    with pytest.raises(ModelError):
        reencode(catalog, Meddling(size=12, meddle=meddle))
    assert rows_of(catalog) == before
    assert catalog.encoder_id == OLD.model_id
    assert reencode(catalog, NEW).records == len(jobs) + 1 - BATCH


def test_a_search_in_another_thread_goes_on_meanwhile(tmp_path, catalog):
    answers: list[object] = []
    stop = threading.Event()
    query = OLD.encode(["Welder 3. Weld part 3."])[0]

    def search():
        with opened(tmp_path / "c", OLD) as mine:
            while not stop.is_set():
                answers.append(mine.search_dense("job", query, depth=3))

    def meddle():
        before = len(answers)
        while len(answers) < before + 3:
            assert thread.is_alive()

    thread = threading.Thread(target=search)
    thread.start()
    encoder = Meddling(size=12, meddle=meddle)
    with catalog.reencoding(encoder.model_id, encoder.size) as work:
        for batch in work.waiting(BATCH):
            indexer = Indexer(catalog=catalog, encoder=encoder)
            work.keep(list(zip(batch, indexer.entries([one.record for one in batch]), strict=True)))
        stop.set()
        thread.join()
    assert len(answers) > 5
    assert all(answer == answers[0] for answer in answers)


def test_cut_texts_are_counted(catalog, jobs):
    class Short(HashEncoder):
        def cut(self, texts):
            return ["Welder 003" in text or text.startswith("Welder 3.") for text in texts]

    assert reencode(catalog, Short(size=12)).cut >= 1


_COMMAND = """
from metier.plugins import BUILT_IN
from metier.testing import HashEncoder
BUILT_IN["encoder"]["next"] = "metier.testing:NextEncoder"
import metier.testing
metier.testing.NextEncoder = lambda: HashEncoder(size=300)
from metier.cli.main import main
main()
"""


@pytest.mark.slow
def test_kill_9_loses_nothing_and_what_was_made_is_not_made_again(tmp_path, job_of):
    count = 20 * BATCH
    first = job_of()
    jobs = [replace(first, id=f"{number:05}", title=f"Welder {number}") for number in range(count)]
    with opened(tmp_path / "c", OLD) as catalog:
        Indexer(catalog=catalog, encoder=OLD).write(jobs)
        before = rows_of(catalog)
        last = 0
        for kill in range(3):
            seen = reencode_and_kill_after(3, tmp_path / "c")
            assert seen[0] > last, (kill, seen)
            last = seen[-1]
            assert rows_of(catalog) == before
        command = [sys.executable, "-c", _COMMAND, "catalog", "reencode", "--json"]
        arguments = [str(tmp_path / "c"), "--encoder", "next"]
        done = subprocess.run([*command, *arguments], capture_output=True, text=True, check=True)
        summary = json.loads(done.stdout.splitlines()[-1])
        assert summary["records"] <= count - last
        assert summary["encoder_id"] == "hash-300"
    fresh_encoder = HashEncoder(size=300)
    with Catalog.open(str(tmp_path / "c")) as catalog, opened(MEMORY, fresh_encoder) as fresh:
        Indexer(catalog=fresh, encoder=fresh_encoder).write(jobs)
        assert sorted(rows_of(catalog)) == sorted(rows_of(fresh))
        assert catalog.check() == []


def reencode_and_kill_after(batches, uri):
    """Start the command, kill it after some batches, and give how many it said were done after each."""
    command = [sys.executable, "-c", _COMMAND, "catalog", "reencode", "--json"]
    arguments = [str(uri), "--encoder", "next"]
    process = subprocess.Popen([*command, *arguments], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert process.stdout is not None
    seen: list[int] = []
    for line in process.stdout:
        seen.append(json.loads(line)["reencoded"])
        if len(seen) == batches:
            os.kill(process.pid, signal.SIGKILL)
            break
    process.wait()
    process.stdout.close()
    return seen
