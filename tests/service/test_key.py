"""Keys: shown once, kept as a digest, ended at once."""

import sqlite3
import time

import pytest

from metier.errors import InputError, NotFoundError
from metier.service.key import Caller, KeyStore, check_tenant


@pytest.fixture
def store(tmp_path):
    store = KeyStore(tmp_path)
    yield store
    store.close()


def test_a_key_says_who_it_is(store):
    token = store.create("agency", scope="recruiter", tenant="acme")
    caller = store.caller(token)
    assert caller == Caller(key_id=token.split("_")[1], tenant="acme", scope="recruiter")


def test_a_key_is_not_kept(store, tmp_path):
    token = store.create("agency", scope="admin")
    secret = token.split("_", 2)[2]
    for file in tmp_path.iterdir():
        assert secret.encode() not in file.read_bytes()
    assert sqlite3.connect(tmp_path / "keys.sqlite").execute("select count(*) from keys").fetchone() == (1,)


@pytest.mark.parametrize(
    "change", [lambda t: t[:-1] + ("a" if t[-1] != "a" else "b"), lambda t: "", lambda t: t + "x", lambda t: t.upper()]
)
def test_what_is_not_the_key_opens_nothing(store, change):
    assert store.caller(change(store.create("a", scope="admin"))) is None


def test_keys_end(store, monkeypatch):
    lasting, short = store.create("a", scope="admin"), store.create("b", scope="admin", days=1)
    assert store.caller(short) is not None
    now = time.time()
    monkeypatch.setattr("metier.service.key.time.time", lambda: now + 86_401)
    assert store.caller(short) is None
    store.revoke(lasting.split("_")[1])
    assert store.caller(lasting) is None
    assert [entry.state for entry in store.entries()] in (["revoked", "expired"], ["expired", "revoked"])
    assert not store.has_good()
    with pytest.raises(NotFoundError):
        store.revoke("nobody")


def test_only_seekers_are_persons(store):
    with pytest.raises(InputError):
        store.create("a", scope="seeker")
    with pytest.raises(InputError):
        store.create("a", scope="admin", person="ana")
    with pytest.raises(InputError):
        store.create("a", scope="king")


@pytest.mark.parametrize("name", ["", "..", "../b", "a/b", "A", "a b", "a\x00", "-a", "x" * 64, "a.b", "日本"])
def test_names_of_tenants_are_no_paths(name):
    with pytest.raises(InputError):
        check_tenant(name)
