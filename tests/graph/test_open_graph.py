from metier.graph.edge import Node
from metier.graph.graph_builder import GraphBuilder
from metier.graph.knowledge_graph import shipped_graph
from metier.graph.occupation_linker import OccupationLinker
from metier.graph.occupation_table import occupation_table
from metier.graph.open_graph import knowledge_graph, occupations
from metier.graph.taxonomy_store import TaxonomyStore


def test_without_a_load_it_is_the_one_that_ships(tmp_path):
    assert knowledge_graph(tmp_path) is shipped_graph()


def test_what_is_loaded_lies_over_what_ships_and_is_read_once(tmp_path):
    builder = GraphBuilder()
    builder.add_node(Node(uri="x:1", kind="skill", label="basket weaving by moonlight"))
    TaxonomyStore(tmp_path).write("esco", "1.2", builder.build())
    graph = knowledge_graph(tmp_path)
    assert len(graph) == len(shipped_graph()) + 1
    assert graph.node("x:1").label == "basket weaving by moonlight"
    assert knowledge_graph(tmp_path) is graph


def test_titles_are_linked_to_the_occupations_that_were_loaded(tmp_path):
    assert occupations(tmp_path) is occupation_table()
    builder = GraphBuilder()
    builder.add_node(Node(uri="x:2", kind="occupation", label="", labels={"de": ("Mondscheinkorbflechter",)}))
    welder = occupation_table().occupation("http://data.europa.eu/esco/isco/C7212")
    builder.add_node(Node(uri=welder.uri, kind="occupation", label="joiners of metal by moonlight"))
    TaxonomyStore(tmp_path).write("esco", "1.2", builder.build())
    linker = OccupationLinker(occupations(tmp_path))
    assert linker.link_title("Mondscheinkorbflechter (m/w/d)")[0].uri == "x:2"
    assert linker.link_title("joiners of metal by moonlight")[0].uri == welder.uri
    assert linker.occupation(welder.uri).isco_group == welder.isco_group
