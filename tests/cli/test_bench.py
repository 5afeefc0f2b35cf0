import json

import pytest


@pytest.fixture
def task(tmp_path):
    folder = tmp_path / "tasks" / "mini"
    (folder / "qrels").mkdir(parents=True)
    (folder / "queries.jsonl").write_text('{"_id": "q1", "text": "nurse"}\n{"_id": "q2", "text": "氩弧焊"}\n')
    corpus = {"d1": "TIG welder", "d2": "night nurse", "d3": "焊工 氩弧焊"}
    (folder / "corpus.jsonl").write_text(
        "".join(json.dumps({"_id": key, "text": text}) + "\n" for key, text in corpus.items())
    )
    (folder / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\nq1\td2\t1\nq2\td3\t1\n")
    return folder


@pytest.mark.parametrize("options", [(), ("--lexical-only",)])
def test_figures_are_shown_and_written(invoke, task, tmp_path, options):
    result = invoke("bench", task, "--json", tmp_path / "figures.json", *options)
    assert result.exit_code == 0, result.output
    assert "MAP" in result.stdout
    (figures,) = json.loads((tmp_path / "figures.json").read_text())["tasks"]
    assert (figures["name"], figures["queries"], figures["corpus"], figures["metrics"]["mrr"]) == ("mini", 2, 3, 1.0)
    low, high = figures["intervals"]["mrr"]
    assert low <= figures["metrics"]["mrr"] <= high


def test_a_folder_of_tasks_stands_for_them_and_others_are_left_out(invoke, task, tmp_path):
    (tmp_path / "other").mkdir()
    result = invoke("bench", task.parent, tmp_path / "other", "--lexical-only")
    assert result.exit_code == 0
    assert "mini" in result.stdout
    assert "left out" in result.stderr


def test_a_broken_task_is_told_and_the_others_are_run(invoke, task, tmp_path):
    broken = tmp_path / "tasks" / "broken"
    (broken / "qrels").mkdir(parents=True)
    for name in ("queries.jsonl", "corpus.jsonl", "qrels/test.tsv"):
        (broken / name).write_text("{oops")
    result = invoke("bench", task.parent, "--lexical-only")
    assert result.exit_code == 1
    assert "queries.jsonl" in result.stderr or "corpus.jsonl" in result.stderr
    assert "mini" in result.stdout


@pytest.mark.parametrize("options", [("nothing",), ("{task}", "--json", "nothing/figures.json")])
def test_a_folder_that_is_not_there_is_wrong_usage(invoke, task, tmp_path, monkeypatch, options):
    monkeypatch.chdir(tmp_path)
    assert invoke("bench", *(option.format(task=task) for option in options)).exit_code == 2
