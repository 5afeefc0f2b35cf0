"""Records go into a catalog batch by acknowledged batch."""

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest

from metier.catalog import MEMORY, Catalog
from metier.records.span import Span
from metier.retrieval.index import BATCH, Indexer, lexical_text, parts_of, search_text, seen_on, skill_uris
from metier.testing import HashEncoder

ENCODER = HashEncoder()


@pytest.fixture
def catalog():
    with Catalog.open(MEMORY, encoder_id=ENCODER.model_id, size=ENCODER.size) as opened:
        yield opened


@pytest.fixture
def indexer(catalog):
    return Indexer(catalog=catalog, encoder=ENCODER)


def test_a_batch_is_committed_before_it_is_acknowledged_and_one_more_is_read_meanwhile(catalog, indexer, job_of):
    job = job_of()
    read = []

    def feed():
        for number in range(3 * BATCH + 1):
            read.append(number)
            yield replace(job, id=f"{number:03}")

    def acknowledge(batch, summary):
        assert {record.id for record in batch} <= set(catalog.ids("job"))
        assert len(read) <= catalog.count("job") + BATCH
        sizes.append(summary.added)

    sizes: list[int] = []
    total = indexer.write(feed(), acknowledge=acknowledge)
    assert total.added == 3 * BATCH + 1
    assert sizes == [BATCH, BATCH, BATCH, 1]


def test_a_batch_that_was_acknowledged_stays_when_the_feed_breaks(catalog, indexer, job_of):
    def feed():
        for number in range(BATCH):
            yield replace(job_of(), id=str(number))
        raise OSError("the feed broke")

    with pytest.raises(OSError, match="broke"):
        indexer.write(feed())
    assert catalog.count("job") == BATCH


def test_jobs_and_people_may_come_together(catalog, indexer, job_of, person_of):
    assert indexer.write([job_of(), person_of("Ann Lee\nWelder of steel")]).added == 2
    assert (catalog.count("job"), catalog.count("person")) == (1, 1)


def test_no_records_are_no_batch(indexer):
    assert indexer.write([], acknowledge=pytest.fail).added == 0
    assert indexer.entries([]) == []


def test_each_part_has_a_row_and_rows_are_of_length_one(indexer, job_of):
    job = job_of(description="Requirements:\n- Forklift licence\n- TIG welding of steel\n")
    (entry,) = indexer.entries([job])
    assert entry.parts.shape == (len(parts_of(job)), ENCODER.size)
    np.testing.assert_allclose(np.linalg.norm(entry.parts.astype(np.float32), axis=1), 1, atol=2e-3)
    assert float(entry.vector @ ENCODER.encode([search_text(job)])[0]) == pytest.approx(1)


def test_parts_wait_when_they_are_not_wished(catalog, job_of):
    Indexer(catalog=catalog, encoder=ENCODER, with_parts=False).write([job_of(id="1")])
    assert catalog.parts("job", ["1"]) == {}


def test_a_record_without_words_is_indexed_all_the_same(catalog, indexer, person_of):
    nobody = replace(person_of("x y"), id="nobody", text="", sections=(), skills=())
    assert indexer.write([nobody]).added == 1
    assert catalog.people(["nobody"]) == [nobody]


def test_a_negated_skill_is_no_skill_of_the_job(job_of):
    job = job_of("Developer", "You write Python. No Java required.")
    names = {mention.uri: mention for mention in job.skills}
    assert any(mention.is_negated for mention in names.values())
    assert set(skill_uris(job)) == {uri for uri, mention in names.items() if not mention.is_negated}
    assert len(skill_uris(job)) == len(set(skill_uris(job)))


def test_words_see_the_whole_text_and_the_title_first(job_of, person_of):
    job = job_of("Nurse", "Works on ward 7.")
    assert lexical_text(job).endswith(job.text)
    assert lexical_text(job).count("Nurse") > job.text.count("Nurse")


def test_words_see_of_a_person_neither_name_nor_address_nor_age(person_of):
    person = person_of("Ann Lee\nann.lee@example.org | Leeds | 34 years old\nNurse on ward 7\nAnn Lee signed this.")
    assert lexical_text(person).split() == "| Leeds | Nurse on ward 7 signed this.".split()
    assert len(lexical_text(person)) == len(person.text)


def test_a_job_is_seen_on_a_day(job_of):
    day = dt.date(2026, 11, 20)
    seen = seen_on(job_of(), day)
    assert (seen.first_seen, seen.last_seen) == (day, day)
    assert isinstance(seen.title_span, Span)


def test_what_is_there_already_is_not_encoded_again_but_was_seen(catalog, job_of):
    encoded = []

    class Counting(HashEncoder):
        def encode(self, texts):
            encoded.extend(texts)
            return super().encode(texts)

    first, second = dt.date(2026, 11, 20), dt.date(2026, 11, 27)
    indexer = Indexer(catalog=catalog, encoder=Counting())
    indexer.write([seen_on(job_of(id="1"), first), seen_on(job_of("Cook", id="2"), first)])
    encoded.clear()
    total = indexer.write([seen_on(job_of(id="1"), second), seen_on(job_of("Head cook", id="2"), second)])
    assert (total.added, total.changed, total.unchanged) == (0, 1, 1)
    assert not any("Welder" in text for text in encoded)
    same, changed = catalog.jobs(["1", "2"])
    assert (same.first_seen, same.last_seen) == (first, second)
    assert (changed.first_seen, changed.last_seen) == (first, second)


def test_texts_that_the_encoder_cut_are_counted(catalog, job_of):
    class Short(HashEncoder):
        def cut(self, texts):
            return [len(text.split()) > 3 for text in texts]

    short, long = (
        job_of("Welder", "Weld."),
        job_of("Welder", "Requirements\n- Weld stainless steel pipes all day", id="2"),
    )
    writer = Indexer(catalog=catalog, encoder=Short())
    assert writer.write([short]).cut == 0
    total = writer.write([long, replace(long, id="3")])
    assert total.cut == 2 * sum(
        len(part.split()) > 3 for part in [search_text(long), *(one.text for one in parts_of(long))]
    )
    assert total.cut >= 4
    assert writer.write([long]).cut == 0
    assert Indexer(catalog=catalog, encoder=HashEncoder()).write([replace(long, id="4")]).cut == 0
