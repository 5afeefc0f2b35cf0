import pytest

from metier.errors import NotFoundError
from metier.graph.knowledge_graph import shipped_graph
from metier.graph.node_finder import find_node


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("data engineer", "data engineer"),
        ("Airflow", "Apache Airflow"),
        ("I have used Airflow for years", "Apache Airflow"),
        (" WELDER ", "welder"),
        ("metier:skill/apache-airflow", "Apache Airflow"),
    ],
)
def test_names_uris_and_words_are_found(graph, text, label):
    assert find_node(shipped_graph(), text, linker=graph).label == label


def test_other_titles_of_an_occupation_are_found(graph):
    assert find_node(shipped_graph(), "wire drawer draw machine operative", linker=graph).kind == "occupation"


@pytest.mark.parametrize("text", ["", "   ", "zzqx", "🙂", "a" * 2000])
def test_what_nothing_is_called_is_an_error_with_a_remedy(graph, text):
    with pytest.raises(NotFoundError) as caught:
        find_node(shipped_graph(), text, linker=graph)
    assert caught.value.hint


def test_a_slip_is_answered_with_what_is_nearly_the_same(graph):
    with pytest.raises(NotFoundError) as caught:
        find_node(shipped_graph(), "veterinry nurs", linker=graph)
    assert "'veterinary nurse'" in caught.value.hint
