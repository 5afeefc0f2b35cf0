"""For tests and plug-in authors: deterministic fakes, and the contracts that each component keeps."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from metier.models.base import Encoder, Vectors
from metier.records.job import Job
from metier.records.skill import Mention
from metier.records.span import Span
from metier.retrieval.base import Query, Retriever

__all__ = ["EncoderContract", "HashEncoder", "RetrieverContract"]


@dataclass(frozen=True, kw_only=True)
class HashEncoder:
    """An encoder without weights: the sum of one pseudo-random vector for each word (feature hashing).

    Texts that share words are near; equal texts have equal bits. Needs no model and no time.
    """

    size: int = 64

    @property
    def model_id(self) -> str:
        """Name the fake and its size."""
        return f"hash-{self.size}"

    def reads(self, text: str) -> bool:  # noqa: ARG002 - the protocol's parameter
        """Say that every text can be read."""
        return True

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Encode texts to an array of shape (number of texts, size)."""
        if not texts:
            return np.empty((0, self.size), dtype=np.float32)
        return np.stack([self._encode(text) for text in texts])

    def _encode(self, text: str) -> Vectors:
        total = np.zeros(self.size, dtype=np.float64)
        for word in sorted(re.findall(r"[^\W_]+", text.lower())) or [""]:
            seed = int.from_bytes(hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest())
            total += np.random.default_rng(seed).standard_normal(self.size)
        return (total / np.linalg.norm(total)).astype(np.float32)


class EncoderContract:
    """What every encoder must keep; subclass it in a test and give `encoder`."""

    texts = ("Registered nurse", "welder", "", "Java 后端工程师", "a long sentence about routing lorries " * 30)

    def encoder(self) -> Encoder:
        """Give the encoder under test."""
        raise NotImplementedError("a contract test gives its encoder here")

    def test_vectors_have_the_size_and_length_one(self) -> None:
        """Every row has `size` dimensions and length 1."""
        encoder = self.encoder()
        vectors = encoder.encode(self.texts)
        assert vectors.shape == (len(self.texts), encoder.size)  # noqa: S101
        assert vectors.dtype == np.float32  # noqa: S101
        np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, rtol=1e-5)

    def test_a_batch_equals_its_texts_alone_to_the_bit(self) -> None:
        """A text's vector does not depend on what is encoded beside it, or in which order."""
        encoder = self.encoder()
        together = encoder.encode(self.texts)
        alone = np.concatenate([encoder.encode([text]) for text in self.texts])
        backwards = encoder.encode(self.texts[::-1])[::-1]
        assert together.tobytes() == alone.tobytes() == backwards.tobytes()  # noqa: S101

    def test_no_texts_give_no_rows(self) -> None:
        """An empty list gives an array of shape (0, size)."""
        encoder = self.encoder()
        assert encoder.encode([]).shape == (0, encoder.size)  # noqa: S101


class RetrieverContract:
    """What every retriever must keep; subclass it in a test and give `retriever`.

    Half of the jobs are twins, written out of order, so that ties are real; all of them answer the query.
    """

    jobs = tuple(
        Job(
            id=key,
            source="contract",
            title=title,
            text=f"{title}\n{duty}",
            skills=(Mention(span=Span.of(title, 0, len(title)), uri=f"skill:{title}", preferred_label=title),),
        )
        for keys, title, duty in (
            (("twin-3", "编号-1", "o'brien", "twin-1"), "welder", "stainless steel pipe"),
            (("b", "a"), "nurse", "stainless steel ward"),
            (("c", "d"), "焊工", "不锈钢 stainless 管道"),
        )
        for key in keys
    )
    twins = ("o'brien", "twin-1", "twin-3", "编号-1")
    query = Query(
        vector=HashEncoder().encode(["welder stainless steel pipe"])[0],
        text="welder stainless steel pipe",
        skills=("skill:welder", "skill:nurse", "skill:焊工"),
    )

    def retriever(self, jobs: Sequence[Job]) -> Retriever:
        """Give the retriever under test over some jobs; vectors are those of `HashEncoder()`."""
        raise NotImplementedError("a contract test gives its retriever here")

    def test_hits_are_best_first_and_ranks_count_from_1(self) -> None:
        """Scores never rise, ranks are 1, 2, 3 …, and no id comes twice."""
        hits = self.retriever(self.jobs).search(self.query, depth=len(self.jobs))
        assert {hit.id for hit in hits} == {job.id for job in self.jobs}  # noqa: S101
        assert [hit.rank for hit in hits] == list(range(1, len(self.jobs) + 1))  # noqa: S101
        assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)  # noqa: S101

    def test_ties_go_by_id(self) -> None:
        """Identical documents stand in the order of their ids."""
        hits = self.retriever(self.jobs).search(self.query, depth=len(self.jobs))
        assert tuple(hit.id for hit in hits if hit.id in self.twins) == self.twins  # noqa: S101

    def test_the_order_is_deterministic(self) -> None:
        """The same question has the same answer, in whichever order the jobs were written."""
        retriever = self.retriever(self.jobs)
        hits = retriever.search(self.query, depth=5)
        assert retriever.search(self.query, depth=5) == hits  # noqa: S101
        assert self.retriever(self.jobs[::-1]).search(self.query, depth=5) == hits  # noqa: S101

    def test_depth_is_kept(self) -> None:
        """At most `depth` hits come back, and as many as there are."""
        retriever = self.retriever(self.jobs)
        for depth in (0, 1, 3, len(self.jobs), 100):
            assert len(retriever.search(self.query, depth=depth)) == min(depth, len(self.jobs))  # noqa: S101

    def test_only_is_kept(self) -> None:
        """Only the ids asked for come back, before `depth` cuts; unknown ones are no fault."""
        retriever = self.retriever(self.jobs)
        for job in self.jobs:
            found = retriever.search(self.query, depth=1, only={job.id, "nobody"})
            assert [hit.id for hit in found] == [job.id]  # noqa: S101
        assert retriever.search(self.query, depth=5, only=()) == []  # noqa: S101

    def test_no_jobs_give_no_hits(self) -> None:
        """An empty catalog is no fault."""
        assert self.retriever(()).search(self.query, depth=5) == []  # noqa: S101
