"""What a catalog holds as nodes and edges, laid over the taxonomy: jobs, people, employers, courses, and what people did.

A person is a node by their id alone: no name, no address and nothing protected goes into the graph.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from metier.catalog import Catalog
from metier.graph.edge import Edge, EdgeKind, Node
from metier.graph.fold import fold_label
from metier.graph.graph_builder import GraphBuilder
from metier.graph.knowledge_graph import KnowledgeGraph
from metier.records.course import Course
from metier.records.event import Event, EventKind
from metier.records.job import Job
from metier.records.profile import Profile

JOB, PERSON, EMPLOYER, COURSE = "job:", "person:", "employer:", "course:"
ORIGIN = "catalog"
_NICE = 0.6
"""Weight of a skill that a job would like but does not insist on, or only names."""
_DID: dict[EventKind, tuple[EdgeKind, float]] = {
    "click": ("viewed", 0.7),
    "save": ("viewed", 1.0),
    "apply": ("applied", 0.8),
    "interview": ("applied", 0.9),
    "hire": ("applied", 1.0),
}
"""An impression is what the board did, and a dismissal is no tie."""
_BATCH = 500


def catalog_graph(
    base: KnowledgeGraph, catalog: Catalog, *, courses: Iterable[Course] = (), events: Iterable[Event] = ()
) -> KnowledgeGraph:
    """Lay a catalog over a taxonomy.

    Args:
        base: Skills and occupations; a skill that it does not know is left out.
        catalog: Its jobs and people.
        courses: Courses, until the catalog holds them.
        events: What people did, until the catalog holds it.
    """
    builder = GraphBuilder()
    builder.add_graph(base.arrays)
    builder.add_all(_of_catalog(catalog))
    for course in courses:
        builder.add_all(course_records(course))
    builder.add_all(event_edges(events))
    return KnowledgeGraph(builder.build())


def job_records(job: Job) -> Iterator[Node | Edge]:
    """Give a job, its employer, and the skills that it asks for."""
    uri = JOB + job.id
    yield Node(uri=uri, kind="job", label=job.title or job.id)
    if job.hiring_organization.strip():
        yield _employer(job.hiring_organization)
        yield _edge(uri, _employer(job.hiring_organization).uri, "offered_by")
    counts = Counter(mention.uri for mention in job.skills if not mention.is_negated)
    must = {
        mention.uri
        for requirement in job.requirements
        if requirement.importance == "must" and not requirement.is_waived
        for mention in requirement.mentions
        if not mention.is_negated
    }
    for skill in sorted(must | counts.keys()):
        yield _edge(uri, skill, "requires", 1.0 if skill in must else _NICE, max(1, counts[skill]))


def person_records(profile: Profile) -> Iterator[Node | Edge]:
    """Give a person, the skills they have, and where they worked."""
    uri = PERSON + profile.id
    yield Node(uri=uri, kind="person", label=profile.id)
    for skill in profile.skills:
        yield _edge(uri, skill.uri, "has", skill.confidence, max(1, len(skill.mentions)))
    for work in profile.work:
        if work.name is not None and work.name.value.strip():
            yield _employer(work.name.value)
            yield _edge(uri, _employer(work.name.value).uri, "works_at", work.confidence)


def course_records(course: Course) -> Iterator[Node | Edge]:
    """Give a course and what it teaches."""
    uri = COURSE + course.id
    yield Node(uri=uri, kind="course", label=course.name or course.id)
    for skill in dict.fromkeys(mention.uri for mention in course.teaches if not mention.is_negated):
        yield _edge(uri, skill, "teaches")


def event_edges(events: Iterable[Event]) -> Iterator[Edge]:
    """Give what people did with jobs, each kind once for a pair, with how often; the same event twice counts once."""
    found: dict[tuple[str, str, EdgeKind], tuple[int, float]] = {}
    seen: set[str] = set()
    for event in events:
        if event.id in seen or event.actor != "person" or event.kind not in _DID:
            continue
        seen.add(event.id)
        kind, weight = _DID[event.kind]
        pair = (PERSON + event.profile_id, JOB + event.job_id, kind)
        count, strongest = found.get(pair, (0, 0.0))
        found[pair] = (count + 1, max(strongest, weight))
    for (person, job, kind), (count, weight) in found.items():
        yield _edge(person, job, kind, weight, count)


def _of_catalog(catalog: Catalog) -> Iterator[Node | Edge]:
    jobs, people = catalog.ids("job"), catalog.ids("person")
    for begin in range(0, len(jobs), _BATCH):
        for job in catalog.jobs(jobs[begin : begin + _BATCH]):
            yield from job_records(job)
    for begin in range(0, len(people), _BATCH):
        for person in catalog.people(people[begin : begin + _BATCH]):
            yield from person_records(person)


def _employer(name: str) -> Node:
    return Node(uri=EMPLOYER + fold_label(name)[0].replace(" ", "-"), kind="employer", label=name)


def _edge(source: str, target: str, kind: EdgeKind, weight: float = 1.0, count: int = 1) -> Edge:
    return Edge(source=source, target=target, kind=kind, weight=weight, count=count, origin=ORIGIN)
