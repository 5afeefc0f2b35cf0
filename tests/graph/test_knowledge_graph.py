import pytest
from hypothesis import given
from hypothesis import strategies as st

from metier.errors import NotFoundError
from metier.graph.edge import Edge, Node
from metier.graph.graph_builder import GraphBuilder
from metier.graph.knowledge_graph import NEAR_BROADER, NEAR_GROUP, KnowledgeGraph, shipped_graph
from metier.graph.linker import SkillLinker
from metier.graph.skill_table import skill_table


def graph_of(*edges, **kinds):
    builder = GraphBuilder()
    for uri in sorted({uri for edge in edges for uri in (edge.source, edge.target)}):
        builder.add_node(Node(uri=uri, kind=kinds.get(uri, "skill"), label=uri.upper()))
    builder.add_all(edges)
    return KnowledgeGraph(builder.build())


def edge(source, target, kind="broader", **fields):
    return Edge(source=source, target=target, kind=kind, **fields)


SMALL = graph_of(
    edge("tig", "welding"),
    edge("mig", "welding"),
    edge("welder", "welding", "essential"),
    edge("welder", "mig", "optional", weight=0.3, is_inferred=True),
    edge("tig", "drawings", "cooccurs", weight=0.5, count=12),
    edge("tig", "arc", "related"),
    edge("tig", "tungsten", "same_as"),
    welder="occupation",
)


def test_neighbours_are_the_strongest_first_and_inferred_ones_last():
    found = SMALL.neighbours("welder")
    assert [(one.node.label, one.edge.kind, one.direction) for one in found] == [
        ("WELDING", "essential", "out"),
        ("MIG", "optional", "out"),
    ]
    assert [one.node.uri for one in SMALL.neighbours("welding", kinds=["broader"])] == ["mig", "tig"]
    assert {one.direction for one in SMALL.neighbours("welding")} == {"in"}
    assert [one.node.uri for one in SMALL.neighbours("mig", node_kinds=["occupation"])] == ["welder"]


def test_an_unknown_node_is_an_error_with_a_remedy_and_near_nothing():
    for ask in (SMALL.node, SMALL.neighbours, lambda uri: SMALL.path(uri, "tig")):
        with pytest.raises(NotFoundError, match="no node 'gone'") as caught:
            ask("gone")
        assert "status" in caught.value.hint
    assert SMALL.nearness("gone", "tig") == 0.0
    assert "gone" not in SMALL


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("tig", "tig", 1.0),
        ("tig", "welding", 0.6),
        ("tig", "mig", 0.35),
        ("tig", "tungsten", 1.0),
        ("tig", "arc", 0.45),
        ("tig", "drawings", 0.2),
        ("welder", "welding", 0.6),
        ("arc", "mig", 0.0),
    ],
)
def test_nearness_by_relation_both_ways(one, other, near):
    assert SMALL.nearness(one, other) == pytest.approx(near)
    assert SMALL.nearness(other, one) == pytest.approx(near)


def test_members_of_a_group_are_near_only_if_it_is_small():
    small = graph_of(*[edge(f"s{number}", "g") for number in range(3)], g="group")
    large = graph_of(*[edge(f"s{number}", "g") for number in range(60)], g="group")
    assert small.nearness("s1", "s2") == NEAR_GROUP
    assert large.nearness("s1", "s2") == 0.0
    assert large.nearness("s1", "g") == NEAR_BROADER


def test_a_path_is_the_most_telling_one_or_none():
    assert SMALL.path("tig", "welder").sentence == "TIG → WELDING ← WELDER"
    assert SMALL.path("welder", "tig").sentence == "WELDER → WELDING ← TIG"
    assert SMALL.path("arc", "welder", max_length=2) is None
    assert len(SMALL.path("tig", "tig")) == 0


@given(st.sets(st.tuples(st.sampled_from("abcde"), st.sampled_from("abcde")), min_size=1, max_size=20))
def test_rings_of_wider_concepts_are_told_and_break_nothing(pairs):
    graph = graph_of(*[edge(one, other) for one, other in sorted(pairs)])
    for ring in graph.cycles():
        uris = [node.uri for node in ring]
        assert all(pair in pairs for pair in zip(uris, (*uris[1:], uris[0]), strict=True))
    for one in (node.uri for node in graph.nodes()):
        for other in (node.uri for node in graph.nodes()):
            assert 0.0 <= graph.nearness(one, other) <= 1.0
            assert graph.nearness(one, other) == graph.nearness(other, one)
            path = graph.path(one, other)
            assert path is None or len(path) <= 4


def test_what_a_text_names_is_found_by_any_name_as_written_first():
    builder = GraphBuilder()
    builder.add_node(Node(uri="g", kind="group", label="Software developers"))
    builder.add_node(
        Node(uri="o", kind="occupation", label="software developer", labels={"de": ("Softwareentwickler",)})
    )
    builder.add_node(Node(uri="empty", kind="skill", label=""))
    graph = KnowledgeGraph(builder.build())
    assert [node.uri for node in graph.find("software developer")] == ["o", "g"]
    assert [node.uri for node in graph.find("Software developers")] == ["g", "o"]
    assert [node.uri for node in graph.find("softwareentwickler")] == ["o"]
    assert [node.uri for node in graph.find("g")] == ["g"]
    assert graph.find("") == []
    assert graph.node("empty").label == "empty"


def test_the_graph_that_ships_holds_together():
    graph = shipped_graph()
    kinds = {edge.kind for edge in graph.edges()}
    assert {"broader", "essential", "optional", "cooccurs"} <= kinds
    assert graph.cycles() == []
    assert all(edge.is_inferred for kind in ("optional", "cooccurs") for edge in graph.edges(kind))
    assert not any(edge.is_inferred for edge in graph.edges("essential"))
    assert all(0 < edge.weight <= 1 for edge in graph.edges())
    assert all(node.label for node in graph.nodes())


def test_the_graph_that_ships_is_as_near_as_the_linker_says_and_nearer_only_by_ties():
    graph, linker, table = shipped_graph(), SkillLinker(), skill_table()
    skills = [node.uri for node in graph.nodes() if node.kind in {"skill", "technology"}]
    pairs = [(uri, table.broader(uri)) for uri in skills[::7] if table.broader(uri)]
    pairs += [(skills[place], skills[-place]) for place in range(1, 400)]
    for one, other in pairs:
        assert graph.nearness(one, other) >= linker.nearness(one, other) - 1e-6
        if not any(found.node.uri == other for found in graph.neighbours(one, kinds=["cooccurs"])):
            assert graph.nearness(one, other) == pytest.approx(linker.nearness(one, other))


def test_the_graph_that_ships_explains():
    graph = shipped_graph()
    (airflow, engineer) = (graph.find("Apache Airflow")[0], graph.find("data engineer")[0])
    assert graph.path(airflow.uri, engineer.uri).sentence == "Apache Airflow → data engineering ← data engineer"
