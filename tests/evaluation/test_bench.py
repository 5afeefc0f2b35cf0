import json

from typer.testing import CliRunner

from metier.cli.main import app
from metier.evaluation.bench import rank_task, run_task
from metier.evaluation.task import Task
from metier.testing import HashEncoder

CORPUS = {"d1": "TIG welder", "d2": "nurse", "d3": "bus driver", "d4": "焊工 氩弧焊"}
TASK = Task(
    name="tiny", kind="title-to-title", queries={"q1": "bus driver", "q2": "氩弧焊"}, corpus=CORPUS,
    qrels={"q1": {"d3": 1}, "q2": {"d4": 2}},
)  # fmt: skip


def test_the_same_words_come_first_in_either_script():
    ranked = rank_task(TASK, encoder=HashEncoder())
    assert (ranked["q1"][0], ranked["q2"][0]) == ("d3", "d4")
    assert rank_task(TASK, encoder=None)["q1"] == ["d3"]


def test_figures_are_means_over_queries():
    result = run_task(TASK, encoder=HashEncoder(), seed=3)
    assert (result.queries, result.corpus, result.metrics["mrr"]) == (2, 4, 1.0)
    assert result.intervals["mrr"] == (1.0, 1.0)


def test_the_command_skips_other_folders_and_writes_json(tmp_path):
    task = tmp_path / "tasks" / "mini"
    (task / "qrels").mkdir(parents=True)
    (task / "queries.jsonl").write_text('{"_id": "q", "text": "nurse"}\n')
    (task / "corpus.jsonl").write_text("".join(json.dumps({"_id": k, "text": t}) + "\n" for k, t in CORPUS.items()))
    (task / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\nq\td2\t1\n")
    (tmp_path / "other").mkdir()
    written = tmp_path / "figures.json"
    arguments = ["bench", str(task), str(tmp_path / "other"), "--lexical-only", "--json", str(written)]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0, result.output
    assert "left out" in result.output + (result.stderr or "")
    (figures,) = json.loads(written.read_text())["tasks"]
    assert figures["metrics"]["mrr"] == 1.0
