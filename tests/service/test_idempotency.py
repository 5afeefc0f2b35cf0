"""A key acts once: the same request again gets the first one's answer."""

import pytest

from metier.service import idempotency
from metier.service.idempotency import Reply, ReplyStore, digest_of
from metier.service.problem import ProblemError

REPLY = Reply(status=201, media_type="application/json", headers={"location": "/x"}, body=b"{}")


@pytest.fixture
def store(desk):
    return ReplyStore(desk.store)


def test_the_first_acts_and_the_second_gets_its_answer(store):
    assert store.begin("k", "one", "d") is None
    store.end("k", "one", REPLY)
    assert store.begin("k", "one", "d") == REPLY
    assert store.begin("other", "one", "d") is None


def test_another_request_under_the_same_key_is_told(store):
    store.begin("k", "one", "d")
    store.end("k", "one", REPLY)
    with pytest.raises(ProblemError) as caught:
        store.begin("k", "one", "e")
    assert (caught.value.status_code, caught.value.code) == (422, "key_reused")


def test_while_the_first_is_at_work_the_second_waits_unless_the_first_died(store, monkeypatch):
    store.begin("k", "one", "d")
    with pytest.raises(ProblemError) as caught:
        store.begin("k", "one", "d")
    assert caught.value.status_code == 409
    monkeypatch.setattr(idempotency, "_AT_WORK_S", -1.0)
    assert store.begin("k", "one", "d") is None


def test_a_failed_request_lets_its_key_go_and_old_ones_are_forgotten(store, monkeypatch):
    store.begin("k", "one", "d")
    store.end("k", "one", None)
    assert store.begin("k", "one", "other") is None
    store.end("k", "one", REPLY)
    monkeypatch.setattr(idempotency, "_KEPT_S", -1.0)
    assert store.begin("k", "one", "third") is None


@pytest.mark.parametrize("key", ["", "x" * 201])
def test_keys_have_a_length(store, key):
    with pytest.raises(ProblemError):
        store.begin("k", key, "d")


def test_digests_tell_requests_apart():
    digests = {
        digest_of(*parts)
        for parts in (
            ("PUT", "/a", "", b"bc"),
            ("PUT", "/ab", "", b"c"),
            ("POST", "/a", "", b"bc"),
            ("PUT", "/a", "x", b"bc"),
        )
    }
    assert len(digests) == 4
