"""Vectors of a server: in order, of length 1, of the size they were, and never cut in silence."""

import numpy as np
import pytest

from metier.errors import ConfigError, ModelError
from metier.models.endpoint import EndpointEncoder
from metier.models.options import EncoderOptions
from metier.models.post import Poster
from metier.testing import HashEncoder

TEXTS = ["Registered nurse", "TIG welder", "Java 后端工程师"]
LONG = " ".join(f"word{number}" for number in range(60))


@pytest.fixture
def encoder_of(server):
    """Make an encoder of the server, with some options."""

    def make(batch=64, **options):
        poster = Poster(sleep=lambda _: None, environment={})
        return EndpointEncoder.of(f"{server.url}#bge-m3", poster=poster, batch=batch, options=EncoderOptions(**options))

    return make


def test_vectors_come_in_the_order_of_their_index_and_have_length_one(encoder_of):
    vectors = encoder_of().encode(TEXTS)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(vectors, HashEncoder(size=8).encode(TEXTS), atol=1e-5)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, rtol=1e-6)


def test_no_texts_are_no_rows_and_a_blank_one_is_asked_as_a_mark(encoder_of, server):
    assert encoder_of().encode([]).shape == (0, 8)
    assert encoder_of().encode([""]).shape == (1, 8)
    assert "" not in server.texts()


def test_a_request_holds_no_more_than_a_batch(encoder_of, server):
    encoder = encoder_of(batch=2)
    assert encoder.size == 8
    server.asked.clear()
    encoder.encode(TEXTS)
    assert [len(asked["input"]) for asked in server.asked] == [2, 1]
    assert {asked["model"] for asked in server.asked} == {"bge-m3"}


def test_a_request_holds_no_more_than_a_hundred_thousand_characters(encoder_of, server):
    encoder_of().encode(["word " * 8_000] * 4)
    assert [len(asked["input"]) for asked in server.asked if asked["input"] != ["size"]] == [2, 2]


def test_the_prompt_goes_before_every_text(encoder_of, server):
    encoder_of(prompt="query: ").encode(TEXTS)
    assert server.texts()[:3] == [f"query: {text}" for text in TEXTS]


def test_dimensions_are_asked_for_and_checked(encoder_of, server):
    assert encoder_of(dimensions=4).encode(TEXTS).shape == (3, 4)
    assert server.asked[-1]["dimensions"] == 4
    with pytest.raises(ModelError, match="8 dimensions, not 12") as told:
        encoder_of(dimensions=12).encode(TEXTS)
    assert "encoder_dimensions" in told.value.hint


def test_the_id_names_server_model_and_options_but_not_the_scheme(encoder_of, server):
    assert encoder_of().model_id == f"127.0.0.1:{server.server_port}/v1#bge-m3"
    names = {encoder_of(**one).model_id for one in ({}, {"dimensions": 4}, {"prompt": "query: "}, {"max_tokens": 9})}
    assert len(names) == 4
    spelled = (
        "https://API.example.com/v1#m",
        "https://api.example.com/v1/#m",
        "http://api.example.com/v1/embeddings#m",
    )
    assert {EndpointEncoder.of(address).model_id for address in spelled} == {"api.example.com/v1#m"}


@pytest.mark.parametrize(
    "body",
    [
        {},
        [],
        {"data": []},
        {"data": [{"index": 1, "embedding": [1.0]}]},
        {"data": [{"index": 0}]},
        {"data": [{"index": 0, "embedding": "AAAA"}]},
        {"data": [{"index": 0, "embedding": []}]},
        {"data": [{"index": 0, "embedding": [True]}]},
        {"data": [{"index": 0, "embedding": [[1.0]]}]},
    ],
)
def test_an_answer_without_vectors_is_an_error_that_names_the_server(encoder_of, server, body):
    encoder = encoder_of()
    assert encoder.size == 8
    server.told = [(200, {}, body)]
    with pytest.raises(ModelError, match="gave no 1 vectors") as told:
        encoder.encode(["welder"])
    assert server.url in str(told.value)
    assert told.value.hint


def test_a_value_that_is_no_number_is_an_error(encoder_of, server):
    encoder = encoder_of()
    assert encoder.size == 8
    server.told = [(200, {}, b'{"data": [{"index": 0, "embedding": [NaN, 1, 1, 1, 1, 1, 1, 1]}]}')]
    with pytest.raises(ModelError, match="no numbers"):
        encoder.encode(["welder"])


def test_vectors_of_another_size_than_before_are_refused(encoder_of, server):
    encoder = encoder_of()
    assert encoder.size == 8
    server.told = [(200, {}, {"data": [{"index": 0, "embedding": [0.5] * 16}]})]
    with pytest.raises(ModelError, match="16 dimensions, not 8"):
        encoder.encode(["welder"])


def test_one_text_too_long_is_cut_and_told_and_the_others_are_whole(encoder_of, server):
    server.max_words = 40
    encoder = encoder_of()
    vectors = encoder.encode([*TEXTS, LONG])
    assert encoder.cut([*TEXTS, LONG]) == [False, False, False, True]
    np.testing.assert_allclose(vectors[:3], HashEncoder(size=8).encode(TEXTS), atol=1e-5)
    read = max((text for text in server.texts() if text in LONG and len(text.split()) <= 40), key=len)
    assert len(read.split()) > 20


def test_a_server_that_takes_nothing_is_an_error(encoder_of, server):
    encoder = encoder_of()
    assert encoder.size == 8
    server.told = [(413, {}, b"")] * 99
    with pytest.raises(ModelError, match="takes no texts so long"):
        encoder.encode([LONG])


def test_a_server_that_cuts_in_silence_is_found_out_by_its_count_of_tokens(encoder_of, server):
    encoder = encoder_of(max_tokens=30)
    encoder.encode([*TEXTS, LONG, "word " * 20])
    assert encoder.cut([*TEXTS, LONG, "word " * 20]) == [False, False, False, True, False]
    assert [LONG] in [asked["input"] for asked in server.asked]


@pytest.mark.parametrize(
    "address",
    ["https://", "https://host/v1", "https://#m", "https://host:nn/v1#m", "https://host/v1?a=b#m", "http://ü/#m"],
)
def test_an_address_that_is_not_whole_says_how_one_is(address):
    with pytest.raises(ConfigError) as told:
        EndpointEncoder.of(address)
    assert "https://HOST/v1#MODEL" in told.value.hint


def test_a_password_in_an_address_is_refused_and_not_told():
    with pytest.raises(ConfigError, match="password in its address") as told:
        EndpointEncoder.of("https://user:hunter2@host/v1#m")
    assert "hunter2" not in str(told.value) + told.value.hint


def test_which_scripts_are_read_is_as_said(encoder_of):
    assert encoder_of().reads("高级护士")
    assert not encoder_of(reads_han=False).reads("高级护士")
