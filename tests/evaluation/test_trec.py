from metier.evaluation.trec import qrels_lines, run_lines


def test_lines_follow_trec():
    assert run_lines({"q1": ["b", "a"]}, tag="metier") == ["q1 Q0 b 1 2 metier", "q1 Q0 a 2 1 metier"]
    assert qrels_lines({"q1": {"a": 2}}) == ["q1 0 a 2"]
