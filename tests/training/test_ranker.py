"""Learning from a catalog's events, told honestly."""

import json
from dataclasses import replace

import numpy as np
import pytest

from metier.errors import InputError
from metier.recommender import Recommender
from metier.testing import HashEncoder
from metier.training.example import ExampleMaker, questions_of
from metier.training.group_file import PersonGroups
from metier.training.lambdamart import LambdaMart
from metier.training.propensity import Propensities
from metier.training.ranker import KIND, RankerTraining, measure, question_weights
from metier.training.ranker_report import load_report

TRAINING = RankerTraining(learner=LambdaMart(rounds=20), most=24)


@pytest.fixture(scope="module")
def learned_from(graph, jobs, people, events, tmp_path_factory):
    made = Recommender.open(str(tmp_path_factory.mktemp("c")), encoder=HashEncoder(), graph=graph)
    made.add([*jobs, *people], with_parts=True)
    made.catalog.events.append(events)
    yield made
    made.catalog.close()


@pytest.fixture(scope="module")
def trained(learned_from):
    return TRAINING.train(learned_from)


def test_a_ranker_is_learned_and_compared_on_later_questions(trained, events):
    report = trained.report
    assert (report.events, report.leakage.backwards) == (len(events), 0)
    assert report.measured_on >= 20
    assert report.gain.low <= report.gain.mean <= report.gain.high
    assert report.after["ndcg@10"].mean - report.before["ndcg@10"].mean == pytest.approx(report.gain.mean, abs=1e-5)
    assert report.position_bias == ()
    run = trained.run()
    assert (run.kind, run.id) == (KIND, trained.model.name)
    assert load_report(run)["wins"] == report.wins
    assert json.loads(run.model)["name"] == run.id


def test_the_same_events_and_seed_give_the_same_run(trained, learned_from):
    assert TRAINING.train(learned_from).run() == trained.run()
    assert replace(TRAINING, seed=1).train(learned_from).run().id != trained.run().id


def test_too_little_to_learn_from_is_said(recommender, events):
    with pytest.raises(InputError, match="there are no events"):
        TRAINING.train(recommender)
    recommender.catalog.events.append(events[:30])
    with pytest.raises(InputError, match="too few events"):
        TRAINING.train(recommender)


def test_one_outcome_only_is_said(recommender, jobs, event_of):
    """Lists that nobody did anything with."""
    shown = [
        event_of(
            f"{number}-{rank}",
            f"p{number}",
            jobs[rank].id,
            number,
            "impression",
            list_id=f"l{number}",
            position=rank + 1,
        )
        for number in range(200)
        for rank in range(5)
    ]
    recommender.catalog.events.append(shown)
    with pytest.raises(InputError, match="only one kind of outcome"):
        TRAINING.train(recommender)


def test_contradictions_and_repeats_are_counted(recommender, events, event_of):
    first = events[0]
    more = [
        event_of("again", first.profile_id, first.job_id, 0.5),
        event_of("no", first.profile_id, first.job_id, 0.6, "dismiss"),
    ]
    recommender.catalog.events.append([*events, *more])
    report = TRAINING.train(recommender).report
    assert report.contradictions == 1
    assert report.repeated >= 1
    assert report.later_chosen >= 1


@pytest.fixture(scope="module")
def shown(jobs, event_of):
    """Lists shown to people who choose jobs of their trade, the less often the deeper these stand."""
    chance = np.random.default_rng(0)
    events = []
    for number in range(240):
        person = f"{('Welder', 'Nurse')[number % 2]}{number % 6}"
        for rank, row in enumerate(chance.permutation(len(jobs))[:8].tolist(), start=1):
            fields = {"list_id": f"l{number}", "position": rank}
            events.append(event_of(f"{number}-{rank}", person, jobs[row].id, number, "impression", **fields))
            if person[:5] == jobs[row].id[:5] and chance.random() < 0.9 / rank:
                events.append(event_of(f"{number}-{rank}c", person, jobs[row].id, number + 0.1, list_id=f"l{number}"))
    return events


@pytest.fixture(scope="module")
def shown_in(graph, jobs, people, shown, tmp_path_factory):
    made = Recommender.open(str(tmp_path_factory.mktemp("s")), encoder=HashEncoder(), graph=graph)
    made.add([*jobs, *people], with_parts=True)
    made.catalog.events.append(shown)
    yield made
    made.catalog.close()


LISTS = replace(TRAINING, most=150)


def test_from_shown_lists_come_bias_values_and_probabilities(shown_in):
    trained = LISTS.train(shown_in)
    report = trained.report
    assert report.bias_from == "click-model"
    assert report.position_bias[0] == 1.0
    assert report.position_bias[1:4] == pytest.approx((1 / 2, 1 / 3, 1 / 4), abs=0.2)
    assert report.choices["after"]["dr"].mean > report.choices["before"]["dr"].mean * 0.9
    assert report.calibration.after.brier < report.calibration.before.brier
    assert trained.model.calibration == report.calibration.curve
    assert trained.model.probability(1.0) >= trained.model.probability(0.1)


def test_swaps_tell_the_bias_too(shown_in):
    report = replace(LISTS, bias_from="swaps").train(shown_in).report
    assert report.bias_from == "swaps"
    assert report.position_bias[1:3] == pytest.approx((1 / 2, 1 / 3), abs=0.2)


def test_the_correction_may_be_left_out(shown_in):
    report = replace(LISTS, corrects_position=False).train(shown_in).report
    assert (report.position_bias, report.bias_from, report.choices) == ((), "", {})


def test_a_list_counts_by_the_weight_of_what_was_chosen_in_it(trained, learned_from, events):
    """Chosen at a rank that few look at, a job says more than one chosen at the head."""
    (group, *_) = ExampleMaker(recommender=learned_from).drawn(questions_of(events)[:9])
    chosen = np.zeros(len(group.grades), dtype=np.int64)
    chosen[0] = 1
    head, deep = (replace(group, grades=chosen, positions=np.full(len(chosen), rank)) for rank in (1, 2))
    looked_at = Propensities(by_position=(1.0, 0.25))
    values = measure(trained.model, [head, deep], looked_at)["ndcg@10"]
    assert values[0] == values[1]
    assert question_weights([head, deep, replace(head, grades=0 * chosen)], looked_at) == [1.0, 4.0]


def test_gaps_of_groups_are_measured_beside_everything_else_unchanged(trained, learned_from, events):
    people = dict.fromkeys(event.profile_id for event in events)
    groups = PersonGroups(by_person={one: "ab"[place % 2] for place, one in enumerate(people)} | {"stranger": "a"})
    told = TRAINING.train(learned_from, groups=groups)
    assert told.model == trained.model
    assert told.report.gaps.unknown == 1
    assert told.report.gaps.without_group == 0
    counts = [one.count for one in told.report.gaps.ndcg.by_group.values()]
    assert sum(counts) == told.report.measured_on
    assert json.loads(told.report.to_json())["widened"] == told.report.gaps.widened


def test_contrasts_are_measured_and_when_weighed_learned_from(trained, learned_from):
    taught = replace(TRAINING, contrast_weight=0.5).train(learned_from)
    assert taught.report.contrast_weight == 0.5
    assert taught.model.name != trained.model.name
    for cause, told in taught.report.contrasts.items():
        assert told.after >= trained.report.contrasts[cause].after


def test_what_the_search_missed_lowers_what_is_measured(trained, learned_from, events):
    (group, *_) = [
        one for one in ExampleMaker(recommender=learned_from).found(questions_of(events)[:9]) if one.grades.any()
    ]
    whole = measure(trained.model, [replace(group, missed=())], Propensities())
    missed = measure(trained.model, [replace(group, missed=(5,) * 20)], Propensities())
    assert missed["recall@20"][0] < whole["recall@20"][0]
    assert missed["ndcg@10"][0] < whole["ndcg@10"][0]
