import json
from importlib.resources import files

import jsonschema
import pytest

PARSED = json.loads(files("metier.schema").joinpath("parse.schema.json").read_text())


def spans(value):
    """Give every quote in some JSON."""
    if isinstance(value, dict):
        if {"text", "start", "end"} <= value.keys():
            yield value
        for one in value.values():
            yield from spans(one)
    elif isinstance(value, list):
        for one in value:
            yield from spans(one)


def test_resumes_and_feeds_are_told_apart(run, world):
    (profile,) = run("parse", world.welder, "--json")
    jobs = run("parse", world.feed, "--json")
    assert profile["kind"] == "profile"
    assert [(job["kind"], job["id"]) for job in jobs] == [("job", key) for key in ("w1", "w2", "n1", "k1")]
    for line in (profile, *jobs):
        jsonschema.validate(line, PARSED)


def test_every_quote_stands_at_its_offsets(run, world):
    for line in run("parse", world.welder, world.nurse, world.accountant, world.feed, "--json"):
        found = list(spans(line["record"]))
        assert found
        for span in found:
            assert line["text"][span["start"] : span["end"]] == span["text"]


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("jobs.csv", "title,description\nWelder,TIG welding of pipe\n", "job"),
        ("people.csv", "id,resume\np1,Welder for ten years in Leeds\n", "profile"),
        (
            "page.html",
            '<script type="application/ld+json">{"@type": "JobPosting", "title": "Welder", "description": "Weld"}</script>',
            "job",
        ),
        ("resume.html", "<h1>Ann Lee</h1><p>Welder for ten years in Leeds</p>", "profile"),
        ("resume.json", '{"basics": {"name": "Ann Lee", "label": "Welder"}}', "profile"),
        ("简历.txt", "王芳\n会计，十年工作经验\n", "profile"),
    ],
)
def test_the_kind_is_told_by_what_a_file_holds(run, tmp_path, name, content, kind):
    (tmp_path / name).write_text(content)
    (line,) = run("parse", tmp_path / name, "--json")
    assert line["kind"] == kind


def test_the_kind_may_be_given(run, invoke, tmp_path):
    posting = tmp_path / "posting.txt"
    posting.write_text("Welder\n\nRequirements\n- TIG welding of stainless pipe\n")
    assert [run("parse", posting, "--json", *kind)[0]["kind"] for kind in ((), ("--kind", "job"))] == ["profile", "job"]
    assert invoke("parse", posting, "--kind", "course").exit_code == 2


def test_twins_of_a_feed_share_a_cluster(run, world, tmp_path):
    rows = (tmp_path / "feed.jsonl").read_text().splitlines()
    twin = json.loads(rows[0]) | {"id": "w9"}
    (tmp_path / "feed.jsonl").write_text("\n".join([*rows, json.dumps(twin)]))
    clusters = {line["id"]: line["record"]["cluster_id"] for line in run("parse", world.feed, "--json")}
    assert clusters["w1"] == clusters["w9"]
    assert len(set(clusters.values())) == len(clusters) - 1


def test_what_cannot_be_read_is_a_line_and_the_rest_goes_on(run, invoke, world, tmp_path):
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7 nothing")
    first, second = run("parse", tmp_path / "broken.pdf", world.welder, "--json", code=1)
    assert first["source"].endswith("broken.pdf")
    assert all(first["error"][name] for name in ("code", "message", "hint"))
    assert second["kind"] == "profile"
    told = invoke("parse", tmp_path / "broken.pdf", tmp_path / "nobody.csv")
    assert told.exit_code == 1
    assert told.stderr.count("error: ") == 2


def test_for_people_the_offsets_and_what_is_empty_are_left_out(invoke, world):
    shown = json.loads(invoke("parse", world.welder).stdout)
    assert shown["record"]["basics"]["name"] == "Ann Lee"
    assert not list(spans(shown["record"]))
    assert "education" not in shown["record"]
