"""An older catalog is brought up to date when it is opened, and loses nothing."""

import sqlite3

import pytest

from metier.catalog import Catalog
from metier.records.job import Job
from metier.records.place import Place
from metier.records.span import Found
from metier.retrieval.index import Indexer
from metier.testing import HashEncoder

ENCODER = HashEncoder()
BERLIN = Place(text="Berlin", city="Berlin", country="DE", latitude=52.52, longitude=13.4)
JOBS = [
    Job(id="b", source="feed", title="Welder", text="Welder", job_location=(Found(value=BERLIN, span=None),)),
    Job(id="n", source="feed", title="Nurse", text="Nurse"),
    Job(id="o", source="feed", title="Other", text="Other"),
]


def opened(folder):
    return Catalog.open(str(folder), encoder_id=ENCODER.model_id, size=ENCODER.size)


def by_place(catalog):
    vector = ENCODER.encode(["Welder"])[0]
    return [key for key, _ in catalog.search_near("job", vector, [BERLIN], km=50, depth=9)]


@pytest.fixture
def older(tmp_path):
    """A catalog of the time before places and wordings were kept."""
    with opened(tmp_path / "c") as catalog:
        Indexer(catalog=catalog, encoder=ENCODER).write(JOBS)
    database = sqlite3.connect(tmp_path / "c" / "truth.sqlite")
    database.execute("ALTER TABLE records DROP COLUMN wording")
    database.execute("ALTER TABLE records DROP COLUMN places")
    database.commit()
    database.close()
    return tmp_path / "c"


def test_records_are_found_by_their_place_though_they_were_written_before_places_were_kept(older):
    for _ in range(2):
        with opened(older) as catalog:
            assert by_place(catalog) == ["b"]
            assert catalog.ids("job") == ["b", "n", "o"]
            assert {parts.wording for parts in catalog.parts("job", ["b", "n", "o"]).values()} == {""}


def test_a_record_that_cannot_be_read_lies_nowhere_and_is_told_by_check(older):
    database = sqlite3.connect(older / "truth.sqlite")
    database.execute("UPDATE records SET document = '{' WHERE id = 'n'")
    database.commit()
    database.close()
    with opened(older) as catalog:
        assert by_place(catalog) == ["b"]
        assert any("'n' cannot be read" in problem for problem in catalog.check())
