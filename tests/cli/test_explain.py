import pytest

DAY = ("--as-of", "2026-11-20")


def test_one_pair_has_the_score_of_the_list_and_every_reason(run, world):
    (line,) = run("explain", world.welder, world.feed + "#w1", "--json", *DAY)
    (listed,) = run("recommend", world.welder, "--jobs", world.feed, "--json", *DAY)
    match = line["match"]
    assert match["score"] == listed["matches"][0]["score"]
    assert match["job"]["id"] == "w1"
    assert match["person"]["source"] == world.welder
    assert match["reasons"] == listed["matches"][0]["reasons"]


def test_a_file_with_one_posting_needs_no_name(run, world, tmp_path):
    posting = tmp_path / "posting.txt"
    posting.write_text("Welder\n\nRequirements\n- TIG welding of stainless pipe\n")
    (line,) = run("explain", world.welder, posting, "--json", "--lang", "zh", *DAY)
    assert "职位" in line["match"]["reasons"][0]["sentence"]


def test_a_pair_that_is_ruled_out_is_told_all_the_same(run, invoke, world, tmp_path):
    posting = tmp_path / "job.csv"
    posting.write_text("title,description\nWelder,Requirements: at least 30 years of experience in welding.\n")
    (line,) = run("explain", world.welder, posting, "--json", *DAY)
    assert ("experience_years", "not_met") in {(one["kind"], one["verdict"]) for one in line["match"]["constraints"]}
    assert "not met: experience years" in " ".join(invoke("explain", world.welder, posting, *DAY).stdout.split())


def test_the_table_shows_every_factor(run, invoke, world):
    (line,) = run("explain", world.welder, world.feed + "#w1", "--json", *DAY)
    shown = invoke("explain", world.welder, world.feed + "#w1", *DAY).stdout
    assert all(factor["name"] in shown for factor in line["match"]["factors"])


@pytest.mark.parametrize(("resume", "job"), [("nobody.pdf", "#w1"), ("", "#nobody")])
def test_what_is_not_there_is_told(invoke, world, tmp_path, resume, job):
    result = invoke("explain", tmp_path / resume if resume else world.welder, world.feed + job)
    assert result.exit_code == 1
    assert "nobody" in str(result.exception)
