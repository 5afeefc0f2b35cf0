"""Pairs are graded blind, on disk before the next is shown, and come out as pairs for training."""

import csv
import io
import re

from metier.training.pairs import read_pairs

PAIR = re.compile(r'hx-post="(/labels/[0-9a-f]{10}/([^"]+))"')


def asked(page):
    """Give where the grade of the pair of a page goes, and the id of its job; nothing where there is no pair."""
    found = PAIR.search(page)
    return found.groups() if found else ()


def test_pairs_are_shown_blind_and_without_a_score(stocked):
    assert "/labels/next" in stocked.get("/labels").text
    page = stocked.get("/labels/next").text
    assert asked(page)
    assert [word for word in ("Ann", "Bob", "ann-lee", "bob-ray", "example.com", "7700") if word in page] == []
    assert "ring-front" not in page
    assert "<script>alert" not in page


def test_a_grade_is_kept_and_the_next_pair_is_another(stocked):
    path, job_id = asked(stocked.get("/labels/next").text)
    following = stocked.post(path, data={"grade": "3"}).text
    assert asked(following)[0] != path
    kept = stocked.get("/v1/labels").json()["items"]
    assert [(one["job_id"], one["grade"]) for one in kept] == [(job_id, 3)]


def test_a_pair_that_was_passed_does_not_come_again(stocked):
    seen = set()
    page = stocked.get("/labels/next").text
    while found := asked(page):
        assert found[0] not in seen
        seen.add(found[0])
        page = stocked.post(found[0], data={"grade": "pass"}).text
    assert len(seen) >= 3
    assert stocked.get("/v1/labels").json()["items"] == []


def test_what_was_graded_comes_out_as_pairs_for_training(stocked, tmp_path):
    for grade in ("3", "0"):
        stocked.post(asked(stocked.get("/labels/next").text)[0], data={"grade": grade})
    text = stocked.get("/labels/pairs.csv").text
    assert "Ann Lee" not in text
    assert next(csv.reader(io.StringIO(text))) == ["text_a", "text_b", "label"]
    (tmp_path / "pairs.csv").write_text(text, encoding="utf-8")
    pairs = read_pairs(tmp_path / "pairs.csv")[0]
    assert sorted(pair.label for pair in pairs) == [0, 3]


def test_what_was_not_shown_cannot_be_graded(stocked):
    assert stocked.post("/labels/0123456789/w1", data={"grade": "3"}).status_code == 404
    path = asked(stocked.get("/labels/next").text)[0]
    for wrong in ("4", "", "x"):
        assert stocked.post(path, data={"grade": wrong}).status_code == 422


def test_an_empty_catalog_says_so(client):
    assert "no pair left" in client.get("/labels/next").text
