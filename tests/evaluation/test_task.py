import pytest

from metier.errors import InputError
from metier.evaluation import read_task


def make_task(folder, *, queries='{"_id": "q", "text": "welder"}\n', qrels="query-id\tcorpus-id\tscore\nq\td1\t1\n"):
    (folder / "qrels").mkdir(parents=True)
    (folder / "queries.jsonl").write_text(queries)
    rows = [("d1", "TIG welder"), ("d2", "nurse"), ("d3", "bus driver")]
    (folder / "corpus.jsonl").write_text("".join(f'{{"_id": "{key}", "text": "{text}"}}\n' for key, text in rows))
    (folder / "qrels" / "test.tsv").write_text(qrels)
    return folder


def test_a_folder_is_read(tmp_path):
    task = read_task(make_task(tmp_path / "t"))
    assert (task.name, list(task.queries), len(task.corpus), task.qrels) == ("t", ["q"], 3, {"q": {"d1": 1}})


@pytest.mark.parametrize(
    ("broken", "named"),
    [({"queries": "{oops"}, "queries.jsonl, line 1"), ({"qrels": "q\td1\tmuch\nq\td1\tmore\n"}, "test.tsv, line 2")],
)
def test_a_broken_line_is_named(tmp_path, broken, named):
    with pytest.raises(InputError, match=named):
        read_task(make_task(tmp_path / "t", **broken))


def test_another_folder_is_refused(tmp_path):
    with pytest.raises(InputError) as told:
        read_task(tmp_path)
    assert "corpus.jsonl" in told.value.hint
