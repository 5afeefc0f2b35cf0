import pytest

from metier.catalog import MEMORY, Catalog
from metier.retrieval.base import Query
from metier.retrieval.index import Indexer
from metier.retrieval.lexical import LexicalRetriever
from metier.testing import HashEncoder, RetrieverContract

ENCODER = HashEncoder()


def retriever_over(jobs):
    catalog = Catalog.open(MEMORY, encoder_id=ENCODER.model_id, size=ENCODER.size)
    Indexer(catalog=catalog, encoder=ENCODER).write(jobs)
    return LexicalRetriever(catalog=catalog, kind="job")


class TestLexicalRetriever(RetrieverContract):
    def retriever(self, jobs):
        return retriever_over(jobs)


def test_a_chinese_word_is_found_within_a_sentence(job_of):
    jobs = [job_of("后端工程师", "熟悉分布式系统的开发", id="1"), job_of("护士", "负责病房护理工作", id="2")]
    (hit,) = retriever_over(jobs).search(Query(vector=None, text="护理"), depth=5)
    assert hit.id == "2"


def test_the_rarer_word_counts_more(job_of):
    jobs = [job_of("Nurse", f"Ward {number} of a hospital.", id=str(number)) for number in range(5)]
    jobs.append(job_of("Nurse", "Cannulation at a hospital.", id="rare"))
    hits = retriever_over(jobs).search(Query(vector=None, text="nurse hospital cannulation"), depth=9)
    assert hits[0].id == "rare"


@pytest.mark.parametrize("text", ['AND OR "', "title:(", "*", "'; drop table job", "", "\x00", "C++ \\ [", "2026 12"])
def test_a_query_has_no_syntax(text):
    hits = retriever_over(RetrieverContract.jobs[:2]).search(Query(vector=None, text=text), depth=5)
    assert hits == []
