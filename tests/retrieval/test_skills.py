from metier.catalog import MEMORY, Catalog
from metier.retrieval.base import Query
from metier.retrieval.index import Indexer
from metier.retrieval.skills import SkillRetriever
from metier.testing import HashEncoder, RetrieverContract

ENCODER = HashEncoder()


def retriever_over(jobs):
    catalog = Catalog.open(MEMORY, encoder_id=ENCODER.model_id, size=ENCODER.size)
    Indexer(catalog=catalog, encoder=ENCODER).write(jobs)
    return SkillRetriever(catalog=catalog, kind="job")


class TestSkillRetriever(RetrieverContract):
    def retriever(self, jobs):
        return retriever_over(jobs)


def test_the_rarer_skill_counts_more_and_unknown_ones_nothing():
    query = Query(vector=None, text="", skills=("skill:nurse", "skill:welder", "skill:of another table"))
    hits = retriever_over(RetrieverContract.jobs).search(query, depth=9)
    assert [hit.id for hit in hits] == ["a", "b", *RetrieverContract.twins]


def test_sharing_no_skill_is_no_hit():
    assert retriever_over(RetrieverContract.jobs).search(Query(vector=None, text="welder"), depth=9) == []
