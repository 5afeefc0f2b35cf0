import json
from importlib.resources import files

import jsonschema
import pytest

ANSWER = json.loads(files("metier.schema").joinpath("answer.schema.json").read_text())
DAY = ("--as-of", "2026-11-20")


@pytest.fixture
def recommend(run, world):
    """Give the jobs for the welder, by id."""

    def make(*options, code=0):
        (line,) = run("recommend", world.welder, "--jobs", world.feed, "--json", *DAY, *options, code=code)
        return {match["job"]["id"]: match for match in line["matches"]}

    return make


def test_each_resume_gets_its_trade_first_on_a_line_of_its_own(run, world):
    resumes = [world.welder, world.nurse, world.accountant]
    lines = run("recommend", *resumes, "--jobs", world.feed, "--json", *DAY)
    assert [line["source"] for line in lines] == resumes
    assert [line["matches"][0]["job"]["id"] for line in lines] == ["w1", "n1", "k1"]
    for line in lines:
        jsonschema.validate(line, ANSWER)
        assert line["versions"]["as_of"] == "2026-11-20"


def test_the_same_command_gives_the_same_bytes_whatever_the_order_of_the_feed(invoke, recommend, world, tmp_path):
    command = ("recommend", world.welder, "--jobs", world.feed, "--json", *DAY)
    assert invoke(*command).stdout == invoke(*command).stdout
    everything = {key: match["score"] for key, match in recommend().items()}
    rows = (tmp_path / "feed.jsonl").read_text().splitlines()
    for kept in (rows[::-1], rows[::2]):
        (tmp_path / "feed.jsonl").write_text("\n".join(kept))
        scores = {key: match["score"] for key, match in recommend().items()}
        assert len(scores) == len(kept)
        assert all(everything[key] == score for key, score in scores.items())


def test_a_folder_stands_for_its_resumes(run, world):
    lines = run("recommend", world.folder, "--jobs", world.feed, "--json", *DAY)
    assert sorted(line["source"] for line in lines) == sorted([world.welder, world.nurse, world.accountant])


def test_an_unreadable_resume_is_one_line_and_the_others_go_on(run, invoke, world, tmp_path):
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7 nothing")
    command = ("recommend", broken, tmp_path / "nobody.pdf", world.welder, "--jobs", world.feed)
    first, second, third = run(*command, "--json", code=1)
    for line, path in ((first, broken), (second, tmp_path / "nobody.pdf")):
        assert line["source"] == str(path)
        assert all(line["error"][name] for name in ("code", "message", "hint"))
        jsonschema.validate(line, ANSWER)
    assert third["matches"]
    told = invoke(*command)
    assert sum(line.startswith("error: ") for line in told.stderr.splitlines()) == 2
    assert "TIG Welder" in told.stdout


def test_a_bad_row_is_told_and_the_others_go_in(invoke, world, tmp_path):
    with (tmp_path / "feed.jsonl").open("a") as feed:
        feed.write('\n{"description": "no title"}\n{broken\n')
    result = invoke("recommend", world.welder, "--jobs", world.feed, "--json", *DAY)
    assert result.exit_code == 1
    assert result.stderr.count("error: ") == 2
    assert len(json.loads(result.stdout)["matches"]) == 4


def test_several_feeds_are_one_catalog(run, world, tmp_path):
    other = tmp_path / "other.csv"
    other.write_text("id,title,description\nx1,Pipe welder,TIG welding of stainless pipe\n")
    for options in (("--jobs", world.feed, other), ("--jobs", world.feed, "--jobs", other)):
        (line,) = run("recommend", world.welder, *options, "--json", *DAY)
        assert len(line["matches"]) == 5


def test_n_limits_and_the_setting_does_so_too(recommend, monkeypatch):
    assert len(recommend("-n", "2")) == 2
    monkeypatch.setenv("METIER_N", "1")
    assert len(recommend()) == 1
    assert len(recommend("-n", "3")) == 3


def test_an_ended_job_is_not_recommended(run, world):
    for day, is_there in (("2026-12-05", True), ("2026-12-06", False)):
        (line,) = run("recommend", world.nurse, "--jobs", world.feed, "--json", "--as-of", day)
        assert ("n1" in {match["job"]["id"] for match in line["matches"]}) is is_there


def test_reasons_come_in_the_language_that_is_asked_for(recommend, monkeypatch):
    assert "The job asks for" in recommend()["w1"]["reasons"][0]["sentence"]
    assert "职位要求" in recommend("--lang", "zh")["w1"]["reasons"][0]["sentence"]
    monkeypatch.setenv("METIER_LANG", "zh")
    assert "职位要求" in recommend()["w1"]["reasons"][0]["sentence"]


def test_wishes_come_from_flags_before_the_file_before_the_resume(recommend, tmp_path):
    def salary(*options):
        found = recommend(*options)
        return "w2" in found, "w1" in found

    wishes = tmp_path / "wishes.toml"
    wishes.write_text('salary_min = "£25,000 a year"\n')
    assert salary() == (True, True)
    assert salary("--preferences", wishes) == (False, True)
    assert salary("--preferences", wishes, "--salary-min", "£15,000 a year") == (True, True)
    assert salary("--salary-min", "£35,000 a year") == (False, False)


@pytest.mark.parametrize(
    ("options", "left"),
    [
        (("--location", "Sheffield"), {"w1", "w2", "k1"}),
        (("--location", "Sheffield", "--location", "Bristol"), {"w1", "w2", "n1", "k1"}),
        (("--workplace", "remote"), {"w1", "w2", "n1", "k1"}),
        (("--title", "会计"), {"w1", "w2", "n1", "k1"}),
        (("--employment-type", "full-time"), {"w1", "w2", "n1", "k1"}),
    ],
)
def test_only_a_wish_that_is_not_met_removes(recommend, options, left):
    assert set(recommend(*options)) == left


def test_a_pair_that_is_ruled_out_may_be_marked_instead(recommend, monkeypatch):
    monkeypatch.setenv("METIER_POLICY", "mark")
    found = list(recommend("--salary-min", "£25,000 a year").values())
    assert found[-1]["job"]["id"] == "w2"
    assert ("salary", "not_met") in {(one["kind"], one["verdict"]) for one in found[-1]["constraints"]}


def test_the_employer_cap_is_a_setting_and_0_is_no_cap(recommend, monkeypatch):
    monkeypatch.setenv("METIER_EMPLOYER_CAP", "1")
    capped = recommend()
    assert "w2" not in capped
    assert capped["w1"]["job"]["more_from_employer"] == 1
    monkeypatch.setenv("METIER_EMPLOYER_CAP", "0")
    assert "w2" in recommend()


@pytest.mark.parametrize(
    "options",
    [
        ("--as-of", "soon"),
        ("--lang", "fr"),
        ("-n", "0"),
        ("-n", "many"),
        ("--colour", "red"),
    ],
)
def test_wrong_usage_ends_with_2(invoke, world, options):
    assert invoke("recommend", world.welder, "--jobs", world.feed, *options).exit_code == 2


def test_no_resume_is_wrong_usage(invoke):
    assert invoke("recommend").exit_code == 2


@pytest.mark.parametrize(
    "options",
    [
        ("--salary-min", "much"),
        ("--location", "Nowhereville-on-Sea"),
        ("--workplace", "moon"),
        ("--employment-type", "x"),
    ],
)
def test_a_wish_that_is_none_is_told_with_what_may_be_wished(invoke, world, options):
    result = invoke("recommend", world.welder, "--jobs", world.feed, *options)
    assert result.exit_code == 1
    assert options[1] in str(result.exception)
    assert result.exception.hint


def test_a_catalog_that_is_not_there_is_not_made_by_asking(invoke, world, tmp_path):
    result = invoke("recommend", world.welder, "--catalog", tmp_path / "typo")
    assert result.exit_code == 1
    assert "typo" in str(result.exception)
    assert not (tmp_path / "typo").exists()
