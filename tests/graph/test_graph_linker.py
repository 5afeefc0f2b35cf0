"""Skills are near by the table and by the knowledge graph, whichever says more."""

import pytest

from metier.errors import NotFoundError
from metier.graph.graph_linker import GraphLinker
from metier.graph.knowledge_graph import shipped_graph
from metier.graph.linker import SkillLinker


@pytest.fixture(scope="module")
def linker():
    return GraphLinker(graph=shipped_graph())


def uri(linker, name):
    return linker.link(name)[0].uri


def test_it_is_never_farther_than_the_table_says(linker):
    plain = SkillLinker()
    names = ["Python", "PostgreSQL", "MySQL", "TIG welding", "bookkeeping", "Docker", "Kubernetes"]
    uris = [uri(linker, name) for name in names]
    for one in uris:
        for other in uris:
            assert linker.nearness(one, other) >= plain.nearness(one, other)
            assert linker.nearness(one, other) == linker.nearness(other, one)


def test_what_is_asked_for_together_is_near(linker):
    docker, kubernetes = uri(linker, "Docker"), uri(linker, "Kubernetes")
    assert linker.nearness(docker, kubernetes) > 0


def test_a_way_leads_from_one_skill_to_another(linker):
    path = linker.path(uri(linker, "MySQL"), uri(linker, "PostgreSQL"))
    assert path is not None
    assert len(path) <= 2
    assert linker.path("nowhere", uri(linker, "MySQL")) is None


def test_an_unknown_skill_is_not_found(linker):
    with pytest.raises(NotFoundError):
        linker.skill("nowhere")
