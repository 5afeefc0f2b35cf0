"""Vectors and skills in memory: exact, level with the truth, ties by id."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metier.catalog import MEMORY, Catalog, Entry
from metier.catalog.dense_index import DenseIndex
from metier.records.job import Job
from metier.testing import HashEncoder

ENCODER = HashEncoder(size=8)


def entry(key, text, skills=()):
    job = Job(id=key, source="feed", title=text, text=f"{text} {sorted(skills)}")
    return Entry(kind="job", record=job, vector=ENCODER.encode([text])[0], lexical=text, skills=tuple(skills))


@pytest.fixture
def catalog():
    with Catalog.open(MEMORY, encoder_id=ENCODER.model_id, size=ENCODER.size) as opened:
        yield opened


def nearest(catalog, text, depth=99, only=None):
    return catalog.search_dense("job", ENCODER.encode([text])[0], depth=depth, only=only)


def test_the_nearest_come_first_with_their_cosine(catalog):
    catalog.upsert([entry("1", "welder"), entry("2", "nurse")])
    (first, cosine), (second, other) = nearest(catalog, "nurse")
    assert (first, second) == ("2", "1")
    assert cosine == pytest.approx(1)
    assert other == pytest.approx(float(ENCODER.encode(["nurse"])[0] @ ENCODER.encode(["welder"])[0]))


def test_many_twins_are_cut_by_id(catalog):
    """However many are equally near, the smallest ids are those that are kept."""
    order = np.random.default_rng(0).permutation(300)
    catalog.upsert(
        [entry(f"{number:03}", "nurse") for number in order] + [entry(f"w{n}", f"welder {n}") for n in range(40)]
    )
    assert [key for key, _ in nearest(catalog, "nurse", depth=3)] == ["000", "001", "002"]


def test_a_changed_record_moves_and_one_that_is_gone_is_gone(catalog):
    catalog.upsert([entry("1", "welder", ["a"]), entry("2", "nurse", ["b"]), entry("3", "chef", ["c"])])
    assert [key for key, _ in nearest(catalog, "nurse", depth=1)] == ["2"]
    catalog.upsert([entry("1", "nurse", ["b"])])
    catalog.delete("job", ["2"])
    assert [key for key, _ in nearest(catalog, "nurse")] == ["1", "3"]
    assert [key for key, _ in catalog.search_skills("job", ["a", "b", "c"], depth=9)] == ["1", "3"]
    catalog.upsert([entry("2", "nurse", ["b"])])
    assert [key for key, _ in nearest(catalog, "nurse", depth=2)] == ["1", "2"]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.integers(0, 5), st.sampled_from(["welder", "nurse", "chef"])), max_size=25))
def test_after_any_writes_it_says_the_same_as_one_made_afresh(writes):
    with Catalog.open(MEMORY, encoder_id=ENCODER.model_id, size=ENCODER.size) as catalog:
        for is_delete, number, text in writes:
            if is_delete:
                catalog.delete("job", [str(number)])
            else:
                catalog.upsert([entry(str(number), text, [text])])
            level = nearest(catalog, "nurse"), catalog.search_skills("job", ["nurse", "chef"], depth=9)
        if writes:
            catalog.rebuild()
            assert level == (nearest(catalog, "nurse"), catalog.search_skills("job", ["nurse", "chef"], depth=9))


def test_rare_skills_count_more(catalog):
    catalog.upsert([entry(str(number), "x", ["common"]) for number in range(5)] + [entry("9", "x", ["rare"])])
    found = catalog.search_skills("job", ["common", "rare"], depth=2)
    assert [key for key, _ in found] == ["9", "0"]
    assert found[0][1] > found[1][1] > 0


def test_an_empty_index_finds_nothing():
    index = DenseIndex(kind="job", size=8)
    assert index.nearest(np.ones(8, dtype=np.float32), depth=5, only=None) == []
    assert index.sharing(["a"], depth=5, only=None) == []
