import datetime as dt

import pytest

from metier.graph.catalog_graph import catalog_graph, course_records, event_edges
from metier.graph.edge import Edge
from metier.graph.knowledge_graph import shipped_graph
from metier.graph.skill_table import skill_table
from metier.recommender import Recommender
from metier.records.course import Course
from metier.records.event import Event
from metier.records.skill import Mention
from metier.records.span import Span
from metier.testing import HashEncoder

RESUME = "Ann Lee\nann@example.com\n\nWork experience\nWelder, Acme Ltd, 01/2016 - 12/2025\n- TIG welding of pipe\n"


def event(kind, key="1", actor="person", job="w1"):
    return Event(
        id=key, kind=kind, profile_id="ann", job_id=job, actor=actor, at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    )


@pytest.fixture(scope="module")
def laid(graph, job_of, person_of):
    recommender = Recommender.open(encoder=HashEncoder(), graph=graph)
    text = "Requirements\n- TIG welding of stainless pipe\n- Blueprint reading would be a plus\n"
    recommender.add(
        [job_of("TIG Welder", text, id="w1", hiring_organization="ACME Ltd"), job_of("Cleaner", "Clean.", id="c1")]
    )
    recommender.add([person_of(RESUME, "ann")])
    tig = skill_table().uri("perform tungsten inert gas welding")
    course = Course(
        id="k",
        name="Welding basics",
        text="TIG",
        teaches=(Mention(span=Span.of("TIG", 0, 3), uri=tig, preferred_label="t"),),
    )
    return catalog_graph(
        shipped_graph(), recommender.catalog, courses=[course], events=[event("save"), event("apply", "2")]
    )


def test_jobs_people_employers_and_courses_are_nodes(laid):
    assert {node.uri for kind in ("job", "person", "employer", "course") for node in laid.nodes(kind)} == {
        "job:w1",
        "job:c1",
        "person:ann",
        "employer:acme-ltd",
        "course:k",
    }
    assert laid.path("person:ann", "job:w1").edges[0].kind in {"has", "applied"}
    kinds = {(one.edge.kind, one.node.kind) for one in laid.neighbours("person:ann")}
    assert {("has", "skill"), ("works_at", "employer"), ("viewed", "job"), ("applied", "job")} <= kinds


def test_what_a_job_insists_on_weighs_more(laid):
    weights = {one.node.label: one.edge.weight for one in laid.neighbours("job:w1", kinds=["requires"])}
    assert weights["perform tungsten inert gas welding"] == 1.0
    assert all(weight in {1.0, 0.6} for weight in weights.values())


def test_nothing_of_a_person_but_their_id_is_in_the_graph(laid):
    person = laid.node("person:ann")
    assert (person.label, person.labels) == ("ann", {})
    assert not any("Ann Lee" in label or "example.com" in label for label in laid.arrays.labels)


def test_events_count_once_by_id_and_only_what_the_person_did():
    events = [
        event("click"),
        event("click"),
        event("save", "2"),
        event("impression", "3"),
        event("dismiss", "4"),
        event("hire", "5", actor="employer"),
        event("apply", "6", job="x"),
    ]
    found = [(edge.target, edge.kind, edge.count, edge.weight) for edge in event_edges(events)]
    assert found == [("job:w1", "viewed", 2, 1.0), ("job:x", "applied", 1, 0.8)]


def test_a_course_without_a_name_is_called_by_its_id():
    records = list(course_records(Course(id="k", name="", text="")))
    assert records[0].label == "k"
    assert not any(isinstance(record, Edge) for record in records)
