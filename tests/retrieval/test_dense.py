from metier.catalog import MEMORY, Catalog
from metier.retrieval.base import Query
from metier.retrieval.dense import DenseRetriever
from metier.retrieval.index import Indexer
from metier.testing import HashEncoder, RetrieverContract

ENCODER = HashEncoder()


def retriever_over(jobs):
    catalog = Catalog.open(MEMORY, encoder_id=ENCODER.model_id, size=ENCODER.size)
    Indexer(catalog=catalog, encoder=ENCODER).write(jobs)
    return DenseRetriever(catalog=catalog, kind="job")


class TestDenseRetriever(RetrieverContract):
    def retriever(self, jobs):
        return retriever_over(jobs)


def test_a_query_in_a_script_that_the_encoder_does_not_read_has_no_hits():
    assert retriever_over(RetrieverContract.jobs).search(Query(vector=None, text="焊工"), depth=5) == []


def test_the_score_of_a_hit_does_not_depend_on_its_neighbours():
    jobs, query = RetrieverContract.jobs, RetrieverContract.query
    everything = {hit.id: hit.score for hit in retriever_over(jobs).search(query, depth=100)}
    half = {hit.id: hit.score for hit in retriever_over(jobs[::2]).search(query, depth=100)}
    assert half == {key: everything[key] for key in half}
