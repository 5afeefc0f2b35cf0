"""The catalog: what is acknowledged is in the next answer, and what is gone is gone."""

import datetime as dt
import shutil

import pytest

from metier.catalog import Catalog
from metier.errors import CatalogError, EncoderMismatchError
from metier.graph.linker import SkillLinker
from metier.jobs import read_jobs
from metier.records.job import Job
from metier.retrieval.index import Indexer
from metier.sample import jobs_path
from metier.testing import HashEncoder

ENCODER = HashEncoder()
JOBS = [job for job in read_jobs(str(jobs_path()), graph=SkillLinker()) if isinstance(job, Job)]


def opened(uri):
    return Catalog.open(str(uri), encoder_id=ENCODER.model_id, size=ENCODER.size)


@pytest.fixture
def catalog(tmp_path):
    with opened(tmp_path / "c") as made:
        Indexer(catalog=made, encoder=ENCODER).write(JOBS)
        yield made


def test_what_is_written_is_found_at_once(catalog):
    assert catalog.search_text("job", "welder stainless", depth=3)[0][0] in {"s-001", "s-026"}
    assert catalog.jobs(["s-003"])[0].title.startswith("Staff Nurse")
    assert catalog.check() == []


def test_delete_and_expire(catalog):
    assert catalog.delete("job", ["s-001", "nobody"]) == 1
    assert "s-001" not in {key for key, _ in catalog.search_text("job", "TIG welder", depth=12)}
    catalog.expire(["s-002"], on=dt.date(2026, 1, 1))
    assert catalog.jobs(["s-002"])[0].is_expired(dt.date(2026, 1, 2))
    assert catalog.count("job") == len(JOBS) - 1


def test_a_second_process_sees_the_writes_of_the_first(catalog):
    with opened(catalog.uri) as other:
        other.delete("job", ["s-005"])
    assert "s-005" not in {key for key, _ in catalog.search_text("job", "bookkeeping Xero", depth=12)}


def test_a_deleted_index_gives_the_same_answers(tmp_path, catalog):
    before = catalog.search_text("job", "nurse intensive care", depth=12)
    catalog.close()
    shutil.rmtree(tmp_path / "c" / "index")
    with opened(tmp_path / "c") as again:
        assert again.search_text("job", "nurse intensive care", depth=12) == before


def test_another_encoder_and_no_catalog_are_refused(tmp_path, catalog):
    with pytest.raises(EncoderMismatchError):
        Catalog.open(catalog.uri, encoder_id="another", size=3)
    with pytest.raises(CatalogError) as told:
        Catalog.open(str(tmp_path / "nothing"))
    assert "metier import" in told.value.hint


def test_a_broken_database_says_so(tmp_path):
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "truth.sqlite").write_bytes(b"this is no database" * 100)
    with pytest.raises(CatalogError):
        opened(tmp_path / "c")
