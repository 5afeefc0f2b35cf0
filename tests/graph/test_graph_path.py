from metier.graph.edge import EDGE_KINDS, Edge, Node
from metier.graph.graph_path import GraphPath

AIRFLOW = Node(uri="a", kind="technology", label="Airflow")
WIDER = Node(uri="w", kind="skill", label="workflow orchestration", labels={"zh": ("工作流编排",)})
ENGINEER = Node(uri="e", kind="occupation", label="data engineer")
PATH = GraphPath(
    nodes=(AIRFLOW, WIDER, ENGINEER),
    edges=(
        Edge(source="a", target="w", kind="broader"),
        Edge(source="e", target="w", kind="optional", weight=0.31, is_inferred=True),
    ),
)


def test_the_sentence_points_the_way_the_edges_do():
    assert PATH.sentence == "Airflow → workflow orchestration ← data engineer"
    assert len(PATH) == 2


def test_a_symmetric_edge_points_both_ways():
    edge = Edge(source="a", target="w", kind="cooccurs")
    assert GraphPath(nodes=(WIDER, AIRFLOW), edges=(edge,)).sentence == "workflow orchestration ↔ Airflow"


def test_words_say_what_is_inferred_and_how_sure_it_is():
    assert PATH.words() == (
        "“Airflow” belongs to “workflow orchestration”; "
        "“data engineer” may need “workflow orchestration” (inferred, 31% sure)"
    )
    assert PATH.words("zh") == "「Airflow」属于「工作流编排」；「data engineer」可能需要「工作流编排」（推断，把握31%）"


def test_a_caller_may_call_the_nodes_otherwise():
    assert "「数据工程师」可能需要「编排」" in PATH.words("zh", ["Airflow", "编排", "数据工程师"])


def test_every_kind_has_words_in_both_languages():
    for kind in EDGE_KINDS:
        path = GraphPath(nodes=(AIRFLOW, WIDER), edges=(Edge(source="a", target="w", kind=kind),))
        assert "Airflow" in path.words() < path.words("zh")


def test_a_way_to_itself_is_its_name():
    assert GraphPath(nodes=(AIRFLOW,), edges=()).sentence == "Airflow"
    assert GraphPath(nodes=(AIRFLOW,), edges=()).words() == ""
