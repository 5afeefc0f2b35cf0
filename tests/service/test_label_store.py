"""Grades: the last of each labeller holds."""

from metier.service.label_store import Label, LabelStore


def a_label(person, job="w", grade=1, labeller="k"):
    return Label(profile_id=person, job_id=job, labeller=labeller, grade=grade, note="n\x00", at="")


def test_labels_come_in_pages_and_are_forgotten_with_the_person(desk):
    store = LabelStore(desk.store)
    for person in ("ana", "bo", "cy"):
        store.put(a_label(person))
    store.put(a_label("ana", grade=3))
    first = store.page(after="", limit=2)
    assert [(label.profile_id, label.grade, label.note) for label in first] == [("ana", 3, "n"), ("bo", 1, "n")]
    assert [label.profile_id for label in store.page(after=first[-1].place(), limit=2)] == ["cy"]
    store.forget("bo")
    assert [label.profile_id for label in store.page(after="", limit=9)] == ["ana", "cy"]
