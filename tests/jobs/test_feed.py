"""A feed by its name: tables, saved answers, pages, folders, documents, addresses."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metier.errors import InputError, MetierError, NotFoundError
from metier.jobs import open_feed
from metier.records.job import Posting

PAGE = '<html><head><script type="application/ld+json">{}</script></head><body><p>Bake.</p></body></html>'
LINKED = {"@type": "JobPosting", "title": "Baker", "description": "Bakes bread"}


def postings(source, **more):
    return list(open_feed(str(source), **more).read())


def titles(source, **more):
    return [one.fields["title"] for one in postings(source, **more) if isinstance(one, Posting)]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("feed.csv", "title,description\nBaker,Bakes bread\n"),
        ("FEED.TSV", "title\tdescription\nBaker\tBakes bread\n"),
        ("feed.jsonl", '{"title": "Baker", "description": "Bakes bread"}'),
        ("feed.json", json.dumps([{"title": "Baker", "description": "Bakes bread"}])),
        ("one.json", json.dumps({"title": "Baker", "description": "Bakes bread", "tags": [{"a": 1}]})),
        ("answer.json", json.dumps({"count": 1, "results": [{"title": "Baker", "description": "Bakes bread"}]})),
        ("linked.json", json.dumps({"@graph": [{"@type": "Thing"}, LINKED]})),
        ("page.html", PAGE.format(json.dumps(LINKED))),
        ("list.htm", PAGE.format(json.dumps([LINKED]))),
        ("posting.md", "# Baker\n\nBakes bread at night.\n"),
        ("posting.txt", "Baker\n\nBakes bread at night.\n"),
    ],
)
def test_every_kind_of_file(tmp_path, name, text):
    file = tmp_path / name
    file.write_text(text)
    assert titles(file) == ["Baker"]


@pytest.mark.parametrize(
    "text", ["", "5", '"text"', "null", '[{"title": ', "[" * 100_000, '{"id": ' + "9" * 5000 + "}", "<html></html>"]
)
def test_json_that_holds_no_postings_is_one_error(tmp_path, text):
    file = tmp_path / "feed.json"
    file.write_text(text)
    with pytest.raises(InputError, match=r"feed\.json") as told:
        postings(file)
    assert told.value.hint


def test_a_page_without_json_ld_gives_its_main_text(tmp_path):
    file = tmp_path / "page.html"
    file.write_text(
        f"<html><body><h1>Night Baker</h1><article><p>{'We bake bread at night. ' * 20}</p></article></body></html>"
    )
    (posting,) = postings(file)
    assert posting.fields["title"] == "Night Baker"
    assert "We bake bread at night." in posting.fields["description"]


def test_a_folder_gives_all_its_files_and_one_error_for_a_broken_one(tmp_path):
    (tmp_path / "sub").mkdir()
    (tmp_path / "b.csv").write_text("title,description\nBaker,Bakes\n")
    (tmp_path / "a.json").write_text("[broken")
    (tmp_path / "sub" / "c.md").write_text("# Cook\n\nCooks soup.\n")
    (tmp_path / "notes.xyz").write_text("not a feed")
    error, *rest = postings(tmp_path)
    assert isinstance(error, InputError)
    assert "a.json" in str(error)
    assert [one.fields["title"] for one in rest] == ["Baker", "Cook"]


def test_an_address_is_fetched_and_read_by_what_it_answers():
    answers = {
        "https://x.example/jobs": json.dumps([{"title": "Baker"}]).encode(),
        "https://x.example/page": PAGE.format(json.dumps(LINKED)).encode(),
    }
    assert titles("https://x.example/jobs", fetch=answers.__getitem__) == ["Baker"]
    assert titles("https://x.example/page", fetch=answers.__getitem__) == ["Baker"]


def test_a_missing_file_and_an_unknown_kind_say_what_to_do(tmp_path):
    with pytest.raises(NotFoundError, match="nowhere"):
        open_feed(str(tmp_path / "nowhere.csv"))
    (tmp_path / "feed.xlsx").write_bytes(b"PK")
    with pytest.raises(InputError, match=r"\.xlsx is no feed") as told:
        open_feed(str(tmp_path / "feed.xlsx"))
    assert ".csv" in told.value.hint


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from([".csv", ".jsonl", ".json", ".parquet"]),
    st.one_of(st.binary(max_size=60), st.text(max_size=60).map(lambda text: text.encode("utf-8", "replace"))),
)
def test_any_bytes_give_postings_or_errors_of_metier(tmp_path_factory, suffix, data):
    file = tmp_path_factory.mktemp("feeds") / f"feed{suffix}"
    file.write_bytes(data)
    try:
        given = postings(file)
    except MetierError as error:
        given = [error]
    assert all(isinstance(one, Posting) or one.hint for one in given)
