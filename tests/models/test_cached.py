"""A vector is made once; of a server whose bits change the first answer stays."""

from dataclasses import dataclass, field

import numpy as np
import pytest

from metier.errors import ModelError
from metier.models.cached import CachedEncoder
from metier.models.endpoint import EndpointEncoder
from metier.models.options import EncoderOptions
from metier.models.post import Poster
from metier.models.store import VectorStore
from metier.testing import EncoderContract, HashEncoder

TEXTS = ["welder", "nurse", "welder", "焊工"]


@dataclass
class Counting:
    """An encoder that notes what it is asked, reads five words, and may be another model under the same name."""

    model_id: str = "counting"
    size: int = 16
    weights: int = 0
    asked: list[str] = field(default_factory=list)

    def reads(self, text):
        return text.isascii()

    def encode(self, texts):
        self.asked += texts
        return HashEncoder(size=self.size).encode([f"{text} {self.weights or ''}".strip() for text in texts])

    def cut(self, texts):
        return [len(text.split()) > 5 for text in texts]


@pytest.fixture
def store(tmp_path):
    return VectorStore(path=tmp_path / "vectors.sqlite")


class TestCachedServer(EncoderContract):
    """The server of the tests gives other bits at each request."""

    @pytest.fixture(autouse=True)
    def _served(self, server, store):
        self.cached = CachedEncoder(
            inner=EndpointEncoder.of(f"{server.url}#m", poster=Poster(environment={})), store=store
        )

    def encoder(self):
        return self.cached


def test_the_bits_of_a_bare_server_do_change(server):
    bare = EndpointEncoder.of(f"{server.url}#m", poster=Poster(environment={}))
    assert bare.encode(["welder"]).tobytes() != bare.encode(["welder"]).tobytes()


def test_each_text_is_encoded_once_and_never_again(store):
    first = Counting()
    vectors = CachedEncoder(inner=first, store=store).encode(TEXTS)
    np.testing.assert_array_equal(vectors, HashEncoder(size=16).encode(TEXTS))
    assert sorted(text for text in first.asked if text in TEXTS) == ["nurse", "welder", "焊工"]
    second = Counting()
    again = CachedEncoder(inner=second, store=store).encode(TEXTS[::-1])
    assert again.tobytes() == vectors[::-1].tobytes()
    assert second.asked == []


def test_where_all_is_kept_the_model_is_not_even_asked_its_size(store):
    CachedEncoder(inner=Counting(), store=store).encode(TEXTS)

    class Unloaded(Counting):
        @property
        def size(self):
            raise AssertionError("loaded")

        @size.setter
        def size(self, value):
            """Take the default."""

    cached = CachedEncoder(inner=Unloaded(), store=store)
    assert cached.encode(TEXTS).shape == (4, cached.size)


def test_the_name_and_what_is_read_are_those_of_the_model(store):
    cached = CachedEncoder(inner=Counting(), store=store)
    assert (cached.model_id, cached.size) == ("counting", 16)
    assert cached.reads("welder")
    assert not cached.reads("焊工")


def test_what_was_cut_is_still_told_when_it_was_kept(store):
    long = "one two three four five six"
    CachedEncoder(inner=Counting(), store=store).encode([long, "welder"])
    assert CachedEncoder(inner=Counting(), store=store).cut([long, "welder"]) == [True, False]


def test_an_encoder_that_tells_no_cuts_has_none(store):
    cached = CachedEncoder(inner=HashEncoder(), store=store)
    cached.encode(["welder"])
    assert cached.cut(["welder"]) == [False]


@pytest.mark.parametrize("other", [Counting(weights=1), Counting(size=8)])
def test_other_weights_under_the_same_name_are_refused(store, other):
    CachedEncoder(inner=Counting(), store=store).encode(TEXTS)
    with pytest.raises(ModelError, match="other weights") as told:
        CachedEncoder(inner=other, store=store).encode(["a new text"])
    assert str(store.path) in told.value.hint


def test_a_model_that_rounds_otherwise_is_still_the_same(server, store):
    def cached():
        poster = Poster(environment={})
        return CachedEncoder(
            inner=EndpointEncoder.of(f"{server.url}#m", poster=poster, options=EncoderOptions()), store=store
        )

    before = cached().encode(TEXTS)
    both = cached().encode(["a new text", *TEXTS])
    assert both[1:].tobytes() == before.tobytes()


def test_what_was_made_before_a_failure_is_kept(store):
    class Failing(Counting):
        def encode(self, texts):
            if "299" in texts:
                raise ModelError("the server is gone")
            return super().encode(texts)

    texts = [str(number) for number in range(300)]
    with pytest.raises(ModelError, match="gone"):
        CachedEncoder(inner=Failing(), store=store).encode(texts)
    assert len(store.find("counting", texts, 16)) == 256
