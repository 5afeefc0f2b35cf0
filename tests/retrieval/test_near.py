from dataclasses import replace

import pytest

from metier.catalog import MEMORY, Catalog
from metier.records.job import Job
from metier.records.place import Place
from metier.records.span import Found
from metier.retrieval.index import Indexer
from metier.retrieval.near import NearRetriever
from metier.testing import HashEncoder, RetrieverContract

ENCODER = HashEncoder()
BERLIN = Place(text="Berlin", city="Berlin", country="DE", latitude=52.52, longitude=13.4)
POTSDAM = Place(text="Potsdam", city="Potsdam", country="DE", latitude=52.4, longitude=13.06)
MUNICH = Place(text="München", city="Munich", country="DE", latitude=48.14, longitude=11.58)
GERMANY = Place(text="Germany", country="DE")
QUERY = replace(RetrieverContract.query, places=(BERLIN,))


def retriever_over(jobs):
    """Search among jobs, and many more that are elsewhere."""
    catalog = Catalog.open(MEMORY, encoder_id=ENCODER.model_id, size=ENCODER.size)
    elsewhere = [Job(id=f"else-{number}", source="feed", title="welder", text="welder") for number in range(20)]
    Indexer(catalog=catalog, encoder=ENCODER).write([*jobs, *elsewhere])
    return NearRetriever(catalog=catalog, kind="job")


def test_where_most_are_nearby_the_place_says_nothing():
    for others, found in ((20, True), (12, False)):
        retriever = retriever_over([at(RetrieverContract.jobs[0], BERLIN, id=str(number)) for number in range(15)])
        retriever.catalog.delete("job", [f"else-{number}" for number in range(20 - others)])
        assert bool(retriever.search(QUERY, depth=9)) is found


def at(job, place, **changes):
    return replace(job, job_location=(Found(value=place, span=None),), **changes)


class TestNearRetriever(RetrieverContract):
    query = QUERY
    jobs = tuple(at(job, POTSDAM) for job in RetrieverContract.jobs)

    def retriever(self, jobs):
        return retriever_over(jobs)


@pytest.mark.parametrize(
    ("places", "found"),
    [((BERLIN,), ["p"]), ((MUNICH,), ["m"]), ((GERMANY,), ["p", "m"]), ((MUNICH, BERLIN), ["p", "m"]), ((), [])],
)
def test_only_what_lies_nearby_is_found_the_most_alike_first(places, found):
    welder, nurse = RetrieverContract.jobs[0], RetrieverContract.jobs[4]
    jobs = [at(welder, POTSDAM, id="p"), at(nurse, MUNICH, id="m"), replace(welder, id="nowhere")]
    assert [hit.id for hit in retriever_over(jobs).search(replace(QUERY, places=places), depth=9)] == found


def test_without_a_vector_nothing_is_found():
    assert retriever_over([at(RetrieverContract.jobs[0], BERLIN)]).search(replace(QUERY, vector=None), depth=9) == []


def test_it_searches_among_given_ids_and_after_a_deletion_too():
    jobs = [at(RetrieverContract.jobs[0], BERLIN, id=str(number)) for number in range(5)]
    retriever = retriever_over(jobs)
    assert [hit.id for hit in retriever.search(QUERY, depth=9, only={"1", "3", "x"})] == ["1", "3"]
    retriever.catalog.delete("job", ["0", "3"])
    assert [hit.id for hit in retriever.search(QUERY, depth=9)] == ["1", "2", "4"]
