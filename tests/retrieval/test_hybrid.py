from dataclasses import replace

from metier.catalog import MEMORY, Catalog
from metier.retrieval.hybrid import HybridRetriever
from metier.retrieval.index import Indexer
from metier.testing import HashEncoder, RetrieverContract

ENCODER = HashEncoder()
QUERY = RetrieverContract.query


def retriever_over(jobs):
    catalog = Catalog.open(MEMORY, encoder_id=ENCODER.model_id, size=ENCODER.size)
    Indexer(catalog=catalog, encoder=ENCODER).write(jobs)
    return HybridRetriever.over(catalog, "job")


class TestHybridRetriever(RetrieverContract):
    def retriever(self, jobs):
        return retriever_over(jobs)


def test_any_one_of_the_three_ways_finds_a_job():
    retriever = retriever_over(RetrieverContract.jobs)
    for query in (
        replace(QUERY, text="", skills=()),
        replace(QUERY, vector=None, skills=()),
        replace(QUERY, vector=None, text=""),
    ):
        assert len(retriever.search(query, depth=99)) == len(RetrieverContract.jobs)
    assert retriever.search(replace(QUERY, vector=None, text="", skills=()), depth=99) == []


def test_people_are_not_found_among_jobs(person_of):
    catalog = Catalog.open(MEMORY, encoder_id=ENCODER.model_id, size=ENCODER.size)
    Indexer(catalog=catalog, encoder=ENCODER).write([RetrieverContract.jobs[0], person_of("Stainless steel welder")])
    (hit,) = HybridRetriever.over(catalog, "job").search(QUERY, depth=9)
    assert hit.id == RetrieverContract.jobs[0].id
