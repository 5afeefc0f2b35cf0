"""The queue asks what would tell most, each labeller a pair once, and tells how far they agree."""

import pytest

from metier.service.label_queue import LabelQueue
from metier.service.label_store import Label, LabelStore
from metier.service.wire import PersonIn, PostingIn

TRADES = ("TIG welding of stainless pipe", "Care for patients in wards", "Java and SQL back ends", "Driving of lorries")


def grade(desk, match, labeller, value):
    kept = Label(profile_id=match.profile.id, job_id=match.job.id, labeller=labeller, grade=value, note="", at="")
    LabelStore(desk.store).put(kept)
    return match.profile.id, match.job.id


@pytest.fixture
def stocked(desk):
    for number, trade in enumerate(TRADES):
        posting = {"id": f"j{number}", "title": trade, "description": f"{trade} is required.", "company": trade}
        desk.put([desk.read_posting(PostingIn.model_validate(posting))])
        desk.put([desk.read_person(PersonIn(id=f"p{number}", text=f"Ana\n\nExperience\n- {trade}"))])
    return desk


def test_every_pair_is_asked_once_and_then_nothing(stocked):
    queue = LabelQueue(stocked)
    asked: list[tuple[str, str]] = []
    while (match := queue.next("ann")) is not None:
        asked.append(grade(stocked, match, "ann", len(asked) % 4))
        assert len(asked) <= 16
    assert len(asked) == len(set(asked)) >= 12
    assert queue.summary("ann").own == queue.summary("bo").all == len(asked)


def test_the_same_labels_give_the_same_pair_and_what_is_passed_does_not_come_again(stocked):
    queue = LabelQueue(stocked)
    first = queue.next("ann")
    pair = (first.profile.id, first.job.id)
    assert LabelQueue(stocked).next("ann") == first
    following = queue.next("ann", passed=[pair])
    assert (following.profile.id, following.job.id) != pair


def test_every_fourth_question_is_one_that_others_have_answered(stocked):
    queue = LabelQueue(stocked)
    answered = {grade(stocked, queue.next("ann"), "ann", 3) for _ in range(6)}
    asked = [grade(stocked, queue.next("bo"), "bo", 3) for _ in range(4)]
    assert asked[3] in answered
    summary = queue.summary("bo")
    assert (summary.labellers, summary.own) == (2, 4)
    assert summary.alpha == 1.0


def test_labels_of_what_is_gone_are_left_alone(stocked):
    queue = LabelQueue(stocked)
    pair = grade(stocked, queue.next("ann"), "ann", 0)
    stocked.delete("job", pair[1])
    assert queue.next("bo") is not None
    assert queue.next("ann").job.id != pair[1]


def test_an_empty_catalog_asks_nothing(desk):
    assert LabelQueue(desk).next("ann") is None
    assert LabelQueue(desk).summary("ann").alpha is None
