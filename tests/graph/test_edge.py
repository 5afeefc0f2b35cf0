from metier.graph.edge import EDGE_KINDS, NODE_KINDS, SYMMETRIC, Edge


def test_an_edge_gives_its_other_end():
    edge = Edge(source="a", target="b", kind="broader")
    assert (edge.other("a"), edge.other("b")) == ("b", "a")


def test_kinds_are_told_once_and_symmetric_ones_are_kinds():
    assert len(set(EDGE_KINDS)) == len(EDGE_KINDS)
    assert len(set(NODE_KINDS)) == len(NODE_KINDS)
    assert set(EDGE_KINDS) >= SYMMETRIC
