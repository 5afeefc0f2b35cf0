from pathlib import Path

from metier.cli.taxonomy_store import edge_fields, folder_of, node_fields, open_graph
from metier.graph.edge import Edge, Node
from metier.graph.knowledge_graph import shipped_graph


def test_the_option_beats_the_setting(monkeypatch):
    monkeypatch.setenv("METIER_TAXONOMIES", "set")
    assert folder_of(Path("given")) == Path("given")
    assert folder_of(None) == Path("set")
    monkeypatch.setenv("METIER_TAXONOMIES", "")
    assert folder_of(None) is None


def test_without_a_load_the_graph_is_the_one_that_ships(tmp_path):
    assert open_graph(tmp_path, "") is shipped_graph()


def test_nodes_and_edges_as_json_values():
    assert node_fields(Node(uri="a", kind="skill", label="A")) == {"uri": "a", "kind": "skill", "label": "A"}
    fields = edge_fields(
        Edge(source="a", target="b", kind="related", count=3, weight=0.5, is_inferred=True, origin="o")
    )
    assert fields == {
        "source": "a",
        "target": "b",
        "kind": "related",
        "count": 3,
        "weight": 0.5,
        "is_inferred": True,
        "origin": "o",
    }
