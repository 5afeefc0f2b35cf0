"""`metier train ranker`: learn, and change nothing by itself."""

import pytest


def test_a_ranker_is_trained_and_changes_nothing_by_itself(run, event_catalog, trained, world):
    report = trained["report"]
    assert report["against"] == "zero-shot-2+session-1"
    assert report["shadow"]["lists"] == report["measured_on"]
    assert len(report["history"]) >= report["trees"]
    assert (report["gaps"], report["widened"], report["calibration"]) == (None, None, None)
    (answer,) = run("recommend", world.welder, "--catalog", event_catalog, "--json", "--as-of", "2026-11-20")
    assert answer["versions"]["weights"] == "zero-shot-2+session-1"


def test_people_see_the_comparison_and_the_gaps_of_their_groups(invoke, event_catalog, few_questions, tmp_path):
    groups = tmp_path / "groups.csv"
    rows = [f"somebody{number},{'even' if number % 2 == 0 else 'odd'}" for number in range(150)]
    groups.write_text("\n".join(["person,group", *rows, "stranger,odd"]))
    result = invoke("train", "ranker", "--catalog", event_catalog, "--groups", groups, "--contrast-weight", "0.2")
    assert result.exit_code == 0
    assert "measured on" in result.stdout
    assert "→" in result.stdout
    assert "gap between groups in ndcg" in result.stdout
    assert "0 people measured on have no group; 1 people of the file are not known" in result.stdout
    assert "would change in their first ten" in result.stdout
    assert "goes on answering" in result.stderr


@pytest.mark.parametrize(
    ("rows", "told"),
    [(["somebody1,a", "somebody1,b"], "is of 'a' and of 'b'"), (["x,a", "y,b"], "too few later questions")],
)
def test_bad_groups_are_refused_and_nothing_is_kept(invoke, run, event_catalog, few_questions, tmp_path, rows, told):
    groups = tmp_path / "groups.csv"
    groups.write_text("\n".join(["person,group", *rows]))
    result = invoke("train", "ranker", "--catalog", event_catalog, "--groups", groups)
    assert (result.exit_code, result.exception.code) == (1, "bad_input")
    assert told in str(result.exception)
    assert run("train", "runs", "--catalog", event_catalog, "--json") == []


def test_lists_that_were_never_swapped_cannot_tell_by_swaps(invoke, event_catalog, few_questions):
    result = invoke("train", "ranker", "--catalog", event_catalog, "--bias-from", "swaps")
    assert "too few to tell ranks apart by swaps" in str(result.exception)


def test_wrong_usage_and_nothing_there(invoke, run, world, tmp_path):
    assert invoke("train", "ranker").exit_code == 2
    run("import", "jobs", world.feed, "--catalog", tmp_path / "d", "--json")
    result = invoke("train", "ranker", "--catalog", tmp_path / "d")
    assert (result.exit_code, result.exception.code) == (1, "bad_input")
