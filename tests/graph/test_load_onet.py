import pytest

from metier.errors import InputError
from metier.graph.edge import Edge, Node
from metier.graph.load_onet import OnetReader, is_onet, table_of, version_of
from metier.graph.load_report import LoadReport
from metier.graph.taxonomy_file import TaxonomyFile


def read(tmp_path, name, *rows, linker=None):
    (tmp_path / name).write_text("\n".join("\t".join(row) for row in rows) + "\n")
    reader = OnetReader(origin="onet 29.0", report=LoadReport(taxonomy="onet"), linker=linker)
    records = list(reader.read(TaxonomyFile(name=name, path=tmp_path / name)))
    nodes = [record for record in records if isinstance(record, Node)]
    return nodes, [record for record in records if isinstance(record, Edge)], reader.report


SOC = "O*NET-SOC Code"


def test_occupations_and_their_titles(tmp_path):
    nodes, edges, report = read(
        tmp_path,
        "Occupation Data.txt",
        (SOC, "Title", "Description"),
        ("51-4121.00", "Welders", "Weld."),
        ("x", "No code", ""),
        ("51-4122.00", "", ""),
    )
    assert [(node.uri, node.kind, node.label) for node in nodes] == [
        ("onet:51-4121.00", "occupation", "Welders"),
        ("onet:group/51", "group", "Production"),
    ]
    assert [(edge.target, edge.kind) for edge in edges] == [("onet:group/51", "broader")]
    assert dict(report.files[0].skipped) == {"no O*NET-SOC code": 1, "empty label": 1}
    nodes, _, _ = read(
        tmp_path,
        "Alternate Titles.txt",
        (SOC, "Alternate Title", "Short Title", "Source(s)"),
        ("51-4121.00", "Gas Tungsten Arc Welder", "GTAW", "8"),
        ("51-4121.00", "Fitter", "n/a", "8"),
    )
    assert [node.labels["en"] for node in nodes] == [("Gas Tungsten Arc Welder", "GTAW"), ("Fitter",)]


def test_technologies_are_tied_to_those_of_the_same_name(tmp_path, graph):
    header = (SOC, "Example", "Commodity Code", "Commodity Title", "Hot Technology", "In Demand")
    nodes, edges, _ = read(
        tmp_path,
        "Technology Skills.txt",
        header,
        ("15-1252.00", "Apache Airflow", "43232402", "Development environment software", "Y", "Y"),
        ("15-1252.00", "C++", "43232402", "Development environment software", "N", "N"),
        linker=graph,
    )
    assert [node.uri for node in nodes if node.uri.startswith("onet:technology")] == [
        "onet:technology/apache-airflow",
        "onet:technology/c-plus-plus",
    ]
    needs = [(edge.target, edge.kind, edge.weight) for edge in edges if edge.source == "onet:15-1252.00"]
    assert needs == [
        ("onet:technology/apache-airflow", "essential", 1.0),
        ("onet:technology/c-plus-plus", "optional", 0.8),
    ]
    same = [(edge.target, edge.is_inferred) for edge in edges if edge.kind == "same_as"]
    assert ("metier:skill/apache-airflow", True) in same


def test_skills_and_knowledge_by_their_importance(tmp_path):
    header = (SOC, "Element ID", "Element Name", "Scale ID", "Data Value", "Recommend Suppress")
    rows = [("4.5", "N"), ("3.0", "N"), ("1.5", "N"), ("4.5", "Y"), ("much", "N")]
    _, edges, report = read(
        tmp_path,
        "Skills.txt",
        header,
        *[("11-1011.00", f"2.A.1.{n}", f"s{n}", "IM", value, hidden) for n, (value, hidden) in enumerate(rows)],
    )
    assert [(edge.target[-1], edge.kind, edge.weight) for edge in edges] == [
        ("0", "essential", 0.875),
        ("1", "optional", 0.5),
    ]
    assert sum(report.files[0].skipped.values()) == 3


def test_related_occupations(tmp_path):
    header = (SOC, "Related O*NET-SOC Code", "Relatedness Tier", "Index")
    _, edges, _ = read(
        tmp_path,
        "Related Occupations.txt",
        header,
        ("11-1011.00", "11-1021.00", "Primary-Short", "1"),
        ("11-1011.00", "11-1011.00", "Primary-Short", "2"),
    )
    assert [(edge.kind, edge.weight, edge.target) for edge in edges] == [("related", 1.0, "onet:11-1021.00")]


def test_skills_that_tasks_name_are_inferred_and_surer_when_named_again(tmp_path, graph):
    rows = [
        ("51-4121.00", "1", "Prepare joints for TIG welding."),
        ("51-4121.00", "2", "Check TIG welding by eye."),
        ("35-2014.00", "3", "Answer the phone."),
    ]
    nodes, edges, _ = read(tmp_path, "Task Statements.txt", (SOC, "Task ID", "Task"), *rows, linker=graph)
    (edge,) = [edge for edge in edges if edge.count == 2]
    once = [other for other in edges if other.count == 1]
    assert edge.is_inferred
    assert graph.skill(edge.target).preferred_label == "perform tungsten inert gas welding"
    assert all(0 < other.weight < 1 for other in [edge, *once])
    assert edge.weight > 0.9
    assert {node.uri for node in nodes} >= {edge.target}


def test_what_is_not_taken_is_told(tmp_path):
    for name, why in (("Job Zones.txt", "no room"), ("Notes.txt", "no table"), ("Task Statements.txt", "not inferred")):
        _, _, report = read(tmp_path, name, ("x",))
        assert why in report.not_taken[0][1]


def test_a_missing_column_names_file_and_column(tmp_path):
    with pytest.raises(InputError, match=r"Alternate Titles\.txt has no column 'Alternate Title'"):
        read(tmp_path, "Alternate Titles.txt", (SOC, "Name"), ("51-4121.00", "x"))


def test_files_and_version_are_told_by_their_names(tmp_path):
    def file(*parts):
        path = tmp_path.joinpath(*parts)
        return TaxonomyFile(name=path.name, path=path)

    assert table_of(file("Education, Training, and Experience.txt")) == "education_training_and_experience"
    assert is_onet(file("occupation_data.tsv"))
    assert not is_onet(file("skills.csv"))
    assert version_of([file("db_29_0_text", "Skills.txt")]) == "29.0"
    assert version_of([file("Skills.txt")]) == ""
    with pytest.raises(InputError, match="several versions"):
        version_of([file("db_29_0_text", "Skills.txt"), file("db_28_3_text", "Skills.txt")])
