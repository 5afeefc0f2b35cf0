import sqlite3
import time

from metier.documents.read import read_bytes
from metier.service.web import visit as module
from metier.service.web.correction import Corrections
from metier.service.web.visit import Visit, VisitStore, new_token


def test_a_visit_is_kept_whole_and_found_by_its_owner_alone(tmp_path, job_of):
    store, token = VisitStore(tmp_path), new_token()
    visit = Visit(
        resume=read_bytes(b"Ann\nWelder", "a.txt"),
        corrections=Corrections(fields={"label": "Welder"}, added=("TIG",)),
        job=job_of(id="w1"),
        shortlist=["a"],
        notes={"a": "call"},
    )
    store.keep(token, "local", visit)
    assert VisitStore(tmp_path).find(token, "local") == visit
    assert store.find(token, "another key") is None
    assert store.find(new_token(), "local") is None
    store.close()


def test_a_token_is_not_in_the_file(tmp_path):
    store, token = VisitStore(tmp_path), new_token()
    store.keep(token, "local", Visit())
    store.close()
    rows = sqlite3.connect(tmp_path / "visits.sqlite").execute("select id from visits").fetchall()
    assert rows
    assert token not in str(rows)


def test_an_old_visit_is_gone(tmp_path, monkeypatch):
    store, token = VisitStore(tmp_path), new_token()
    store.keep(token, "local", Visit())
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + module.LASTS_S + 1)
    assert store.find(token, "local") is None
    store.keep(new_token(), "local", Visit())
    store.close()
    assert sqlite3.connect(tmp_path / "visits.sqlite").execute("select count(*) from visits").fetchone() == (1,)


def test_a_visit_is_forgotten(tmp_path):
    store, token = VisitStore(tmp_path), new_token()
    store.keep(token, "local", Visit())
    store.forget(token)
    assert store.find(token, "local") is None
    store.close()
