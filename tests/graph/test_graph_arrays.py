import pytest
from hypothesis import given
from hypothesis import strategies as st

from metier.errors import InputError
from metier.graph.edge import Edge, Node
from metier.graph.graph_arrays import from_bytes, save_arrays, to_bytes
from metier.graph.graph_builder import GraphBuilder


def arrays(label="welding", **labels):
    builder = GraphBuilder()
    builder.add_node(Node(uri="a", kind="skill", label=label, labels=labels))
    builder.add_node(Node(uri="b", kind="group", label="metal"))
    builder.add_edge(Edge(source="a", target="b", kind="broader", weight=0.5, count=7, origin="x 1"))
    return builder.build()


def test_what_is_written_is_read():
    read = from_bytes(to_bytes(arrays(zh=("焊接", "电焊"))), "f")
    assert (read.uris, read.labels, read.origins) == (["a", "b"], ["welding", "metal"], ["x 1"])
    assert read.names == {"zh": {0: ("焊接", "电焊")}}
    assert (read.edges.weight[0], read.edges.count[0], read.kinds.tolist()) == (0.5, 7, [0, 2])


def test_an_empty_graph_is_a_graph():
    assert from_bytes(to_bytes(GraphBuilder().build()), "f").uris == []


@given(st.text(max_size=20), st.text(max_size=20))
def test_any_label_comes_back_on_one_line(label, name):
    built = arrays(label, xx=(name,))
    read = from_bytes(to_bytes(built), "f")
    assert read.labels == built.labels
    assert read.labels[0] == " ".join(label.split())
    assert read.names.get("xx", {}) == built.names.get("xx", {})


@pytest.mark.parametrize("data", [b"", b"nonsense", b"PK\x03\x04 broken", to_bytes(arrays())[:-40]])
def test_what_is_no_graph_is_one_error_that_names_the_file(data):
    with pytest.raises(InputError, match=r"x\.npz is no graph"):
        from_bytes(data, "x.npz")


def test_a_file_is_whole_and_leaves_no_draft(tmp_path):
    save_arrays(arrays(), tmp_path / "g.npz")
    save_arrays(arrays("other"), tmp_path / "g.npz")
    assert [path.name for path in tmp_path.iterdir()] == ["g.npz"]
    assert from_bytes((tmp_path / "g.npz").read_bytes(), "g").labels[0] == "other"
