def test_neighbours_as_json_and_as_a_table(run, invoke, tmp_path):
    (answer,) = run("taxonomy", "neighbours", "Airflow", "--folder", tmp_path, "--kind", "broader", "--json")
    assert answer["node"]["label"] == "Apache Airflow"
    assert [(row["node"]["label"], row["edge"]["kind"], row["direction"]) for row in answer["neighbours"]] == [
        ("data engineering", "broader", "out")
    ]
    assert "data engineering" in invoke("taxonomy", "neighbours", "Airflow", "--folder", tmp_path).stdout


def test_a_catalog_is_laid_over_it(run, world, tmp_path):
    run("import", "jobs", world.feed, "--catalog", tmp_path / "c", "--json")
    (answer,) = run(
        "taxonomy", "neighbours", "job:w1", "--catalog", tmp_path / "c", "--folder", tmp_path / "s", "--json"
    )
    assert {"requires", "offered_by"} <= {row["edge"]["kind"] for row in answer["neighbours"]}


def test_how_many_is_kept_to_and_the_rest_is_told(run, invoke, tmp_path):
    (answer,) = run("taxonomy", "neighbours", "JavaScript", "-n", "2", "--folder", tmp_path, "--json")
    assert len(answer["neighbours"]) == 2 < answer["total"]
    assert (
        f"and {answer['total'] - 2} more"
        in invoke("taxonomy", "neighbours", "JavaScript", "-n", "2", "--folder", tmp_path).stdout
    )


def test_what_is_not_known_is_an_error(invoke, tmp_path):
    assert invoke("taxonomy", "neighbours", "x", "--kind", "odd").exit_code == 2
    result = invoke("taxonomy", "neighbours", "zzqx", "--folder", tmp_path)
    assert (result.exit_code, "zzqx" in str(result.exception)) == (1, True)
