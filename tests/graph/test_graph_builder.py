from hypothesis import given
from hypothesis import strategies as st

from metier.graph.edge import EDGE_KINDS, SYMMETRIC, Edge, Node
from metier.graph.graph_arrays import to_bytes
from metier.graph.graph_builder import GraphBuilder
from metier.graph.knowledge_graph import KnowledgeGraph

URIS = st.sampled_from("abcdef")
EDGES = st.builds(
    Edge,
    source=URIS,
    target=URIS,
    kind=st.sampled_from(EDGE_KINDS),
    count=st.integers(1, 9),
    weight=st.sampled_from([0.25, 0.5, 1.0]),
    is_inferred=st.booleans(),
    origin=st.sampled_from(["", "x"]),
)


def built(*records):
    builder = GraphBuilder()
    builder.add_all(records)
    return KnowledgeGraph(builder.build()), builder


def node(uri, label="", **labels):
    return Node(uri=uri, kind="skill", label=label or uri, labels=labels)


def test_the_order_of_nodes_and_edges_does_not_matter():
    edge = Edge(source="a", target="b", kind="broader")
    one, _ = built(node("a"), node("b"), edge)
    other, _ = built(edge, node("b"), node("a"))
    assert to_bytes(one.arrays) == to_bytes(other.arrays)


def test_an_edge_to_what_never_comes_is_left_out_and_counted():
    graph, builder = built(node("a"), Edge(source="a", target="gone", kind="broader"))
    assert builder.unknown() == ["gone"]
    assert builder.loose == 1
    assert list(graph.edges()) == []
    assert "gone" not in builder


def test_a_stated_edge_beats_a_surer_inferred_one_and_the_stronger_of_two_stays():
    inferred = Edge(source="a", target="b", kind="optional", weight=0.99, is_inferred=True)
    stated = Edge(source="a", target="b", kind="optional", weight=0.5)
    graph, _ = built(node("a"), node("b"), inferred, stated, Edge(source="a", target="b", kind="optional", weight=0.75))
    (edge,) = graph.edges()
    assert (edge.weight, edge.is_inferred) == (0.75, False)


def test_names_of_a_second_source_add_up_and_the_label_stays():
    graph, _ = built(
        node("a", "welder", en=("welder",)),
        Node(uri="a", kind="skill", label="", labels={"de": ("Schweißer",), "en": ("TIG welder",)}),
    )
    assert graph.node("a").label == "welder"
    assert graph.node("a").labels == {"de": ("Schweißer",), "en": ("welder", "TIG welder")}


def test_the_preferred_name_comes_first_even_if_others_came_before():
    graph, _ = built(
        Node(uri="a", kind="occupation", label="", labels={"en": ("boss",)}),
        Node(uri="a", kind="occupation", label="Chief Executives", labels={"en": ("Chief Executives",)}),
    )
    assert graph.node("a").labels["en"] == ("Chief Executives", "boss")


def test_a_graph_added_to_a_builder_comes_out_the_same():
    graph, _ = built(
        node("a", de=("Ä", "b\tc\nd")), node("b"), Edge(source="b", target="a", kind="same_as", weight=0.5, origin="o")
    )
    builder = GraphBuilder()
    builder.add_graph(graph.arrays)
    assert to_bytes(builder.build()) == to_bytes(graph.arrays)
    assert graph.node("a").labels["de"] == ("Ä", "b c d")


@given(st.lists(EDGES, max_size=30))
def test_each_edge_is_kept_once_whatever_comes(edges):
    graph, _ = built(*map(node, "abcdef"), *edges)
    kept = list(graph.edges())
    keys = [(edge.source, edge.target, edge.kind) for edge in kept]
    assert keys == sorted(set(keys), key=lambda key: (key[0], key[1], EDGE_KINDS.index(key[2])))
    wanted = {
        (*(sorted if edge.kind in SYMMETRIC else list)((edge.source, edge.target)), edge.kind)
        for edge in edges
        if edge.source != edge.target
    }
    assert set(keys) == wanted
    assert sum(len(graph.neighbours(uri)) for uri in "abcdef") == 2 * len(kept)
