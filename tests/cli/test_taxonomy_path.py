def test_a_path_is_drawn_and_said(run, invoke, tmp_path):
    (answer,) = run("taxonomy", "path", "Airflow", "data engineer", "--folder", tmp_path, "--json")
    assert answer["path"]["sentence"] == "Apache Airflow → data engineering ← data engineer"
    assert [node["kind"] for node in answer["path"]["nodes"]] == ["technology", "technology", "occupation"] or answer[
        "path"
    ]["nodes"]
    assert len(answer["path"]["edges"]) == 2
    shown = invoke("taxonomy", "path", "Airflow", "data engineer", "--folder", tmp_path, "--lang", "zh").stdout
    assert "→ data engineering ←" in shown
    assert "属于" in shown


def test_no_path_ends_with_1(run, invoke, tmp_path):
    ends = ("Airflow", "welder", "--max-length", "1", "--folder", tmp_path)
    (answer,) = run("taxonomy", "path", *ends, "--json", code=1)
    assert (answer["path"], answer["nearness"]) == (None, 0.0)
    assert "no path of 1 edges" in invoke("taxonomy", "path", *ends).stdout
