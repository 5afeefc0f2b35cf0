"""A busy server is asked again, a refusal is one clear error, and the key is told to nobody else."""

import datetime as dt
from email.utils import format_datetime

import pytest

from metier.errors import ConfigError, ModelError
from metier.models.post import Poster, TooLongError

KEY = "sk-very-secret"


@pytest.fixture
def waits():
    return []


@pytest.fixture
def poster(waits):
    return Poster(sleep=waits.append, environment={"METIER_API_KEY": KEY}, timeout_s=5)


def ask(poster, server):
    return poster.post(f"{server.url}/embeddings", {"model": "m", "input": ["welder"]})


def test_a_question_goes_with_its_key(poster, server):
    assert len(ask(poster, server)["data"]) == 1
    (asked,) = server.asked
    assert (asked["path"], asked["headers"]["Authorization"]) == ("/v1/embeddings", f"Bearer {KEY}")


@pytest.mark.parametrize("environment", [{}, {"METIER_API_KEY": "  "}])
def test_no_key_is_no_header(server, environment):
    ask(Poster(environment=environment), server)
    assert "Authorization" not in server.asked[0]["headers"]


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504])
def test_a_busy_server_is_asked_again_after_twice_as_long(poster, server, waits, status):
    server.told = [(status, {}, b"busy")] * 3
    assert ask(poster, server)["data"]
    assert waits == [0.5, 1.0, 2.0]


def test_it_waits_as_long_as_the_server_says_but_no_longer_than_a_minute(poster, server, waits):
    soon = format_datetime(dt.datetime.now(tz=dt.UTC) + dt.timedelta(seconds=30), usegmt=True)
    server.told = [(429, {"Retry-After": said}, b"") for said in ("7", soon, "9999", "soon")]
    assert ask(poster, server)["data"]
    assert (waits[0], waits[2], waits[3]) == (7, 60, 4)
    assert 25 < waits[1] <= 30


def test_one_that_stays_busy_is_an_error_that_names_it(poster, server, waits):
    server.told = [(503, {}, {"error": {"message": "loading"}})] * 9
    with pytest.raises(ModelError, match="503: loading") as told:
        ask(poster, server)
    assert server.url in str(told.value)
    assert "encoder_retries" in told.value.hint
    assert len(waits) == 4


@pytest.mark.parametrize(
    ("status", "hint"), [(401, "METIER_API_KEY"), (403, "METIER_API_KEY"), (404, "/v1"), (400, "metier config")]
)
def test_a_refusal_is_not_tried_again_and_says_what_to_do(poster, server, waits, status, hint):
    server.told = [(status, {}, {"error": {"message": f"no such thing for {KEY}"}})]
    with pytest.raises(ModelError, match=f"{status}: no such thing for …") as told:
        ask(poster, server)
    assert hint in told.value.hint
    assert waits == []


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (400, {"error": {"message": "This model's maximum context length is 512 tokens"}}),
        (400, {"error": "the input length exceeds the context length"}),
        (413, b""),
        (422, {"error": "Input validation error: `inputs` must have less than 512 tokens. Given: 600"}),
        (500, {"error": {"message": "input is too large to process. increase the physical batch size"}}),
    ],
)
def test_too_long_is_its_own_error(poster, server, status, body):
    server.told = [(status, {}, body)]
    with pytest.raises(TooLongError):
        ask(poster, server)


def test_a_quota_that_is_used_up_is_not_too_long(server):
    server.told = [(429, {}, {"error": {"message": "You exceeded the token limit of your plan"}})]
    with pytest.raises(ModelError) as told:
        ask(Poster(retries=0), server)
    assert not isinstance(told.value, TooLongError)


def test_texts_and_key_go_to_no_other_server(poster, server):
    server.told = [(307, {"Location": f"{server.url}/elsewhere"}, b"")]
    with pytest.raises(ModelError, match="307"):
        ask(poster, server)
    assert [asked["path"] for asked in server.asked] == ["/v1/embeddings"]


def test_a_page_that_is_no_json_is_an_error(poster, server):
    server.told = [(200, {}, b"<html>welcome</html>")]
    with pytest.raises(ModelError, match="did not answer with JSON") as told:
        ask(poster, server)
    assert "/v1" in told.value.hint


def test_a_server_that_is_not_there_is_an_error_after_the_retries(poster, waits, socket_enabled):
    with pytest.raises(ModelError, match="cannot be reached"):
        poster.post("http://127.0.0.1:9/v1/embeddings", {})
    assert waits == [0.5, 1.0, 2.0, 4.0]


def test_a_key_does_not_go_unencrypted_to_another_machine(poster):
    with pytest.raises(ConfigError, match="unencrypted") as told:
        poster.post("http://gpu.example.com/v1/embeddings", {})
    assert KEY not in str(told.value) + told.value.hint


def test_a_key_that_is_none_is_not_told(server):
    with pytest.raises(ConfigError, match="METIER_API_KEY holds no key") as told:
        ask(Poster(environment={"METIER_API_KEY": "sk-se\ncret"}), server)
    assert "cret" not in str(told.value) + told.value.hint
    assert server.asked == []
