"""The fakes keep the contracts that they stand in for, and a contract can be broken."""

from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from metier.records.job import Job
from metier.retrieval.base import Hit
from metier.testing import EncoderContract, HashEncoder, RetrieverContract


class TestHashEncoder(EncoderContract):
    def encoder(self):
        return HashEncoder()


def test_shared_words_make_texts_near():
    a, b, c = HashEncoder().encode(["java developer berlin", "java developer", "night nurse"])
    assert a @ b > 0.5 > a @ c


@dataclass
class ById:
    """Finds every job, by id; a fault may be built in."""

    jobs: Sequence[Job]
    fault: str = ""

    def search(self, query, *, depth, only=None):
        ids = [job.id for job in self.jobs]
        if self.fault != "order":
            ids.sort(reverse=self.fault == "ties")
        if only is not None and self.fault != "only":
            ids = [key for key in ids if key in only]
        ids = ids if self.fault == "depth" else ids[:depth]
        if self.fault == "late" and only is not None:
            ids = [key for key in sorted(job.id for job in self.jobs)[:depth] if key in only]
        first = 0 if self.fault == "ranks" else 1
        return [Hit(id=key, score=1.0, rank=rank) for rank, key in enumerate(ids, start=first)]


class TestRetriever(RetrieverContract):
    def retriever(self, jobs):
        return ById(jobs)


@pytest.mark.parametrize("fault", ["order", "ties", "only", "late", "depth", "ranks"])
def test_a_retriever_that_breaks_a_rule_breaks_the_contract(fault):
    class Broken(RetrieverContract):
        def retriever(self, jobs):
            return ById(jobs, fault)

    broken = 0
    for name in dir(Broken):
        if name.startswith("test_"):
            try:
                getattr(Broken(), name)()
            except AssertionError:
                broken += 1
    assert broken


def test_a_contract_without_its_subject_says_so():
    with pytest.raises(NotImplementedError, match="retriever"):
        RetrieverContract().retriever(())
