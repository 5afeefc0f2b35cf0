"""Learning from a catalog's events, told honestly."""

import json
from dataclasses import replace

import numpy as np
import pytest

from metier.errors import InputError
from metier.recommender import Recommender
from metier.testing import HashEncoder
from metier.training.example import ExampleMaker, questions_of
from metier.training.lambdamart import LambdaMart
from metier.training.propensity import Propensities
from metier.training.ranker import KIND, RankerTraining, measure
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


def test_position_bias_is_estimated_from_lists_and_may_be_left_alone(recommender, jobs, event_of):
    chance = np.random.default_rng(0)
    events = []
    for number in range(150):
        person = f"{('Welder', 'Nurse')[number % 2]}{number % 6}"
        for rank, row in enumerate(chance.permutation(len(jobs))[:8].tolist(), start=1):
            fields = {"list_id": f"l{number}"}
            events.append(
                event_of(f"{number}-{rank}", person, jobs[row].id, number, "impression", position=rank, **fields)
            )
            if person[:5] == jobs[row].id[:5] and chance.random() < 0.9 / rank:
                events.append(event_of(f"{number}-{rank}c", person, jobs[row].id, number + 0.1, **fields))
    recommender.catalog.events.append(events)
    bias = TRAINING.train(recommender).report.position_bias
    assert bias[0] == 1.0
    assert bias[-1] < 0.7
    assert replace(TRAINING, corrects_position=False).train(recommender).report.position_bias == ()


def test_what_the_search_missed_lowers_what_is_measured(trained, learned_from, events):
    (group, *_) = [
        one for one in ExampleMaker(recommender=learned_from).found(questions_of(events)[:9]) if one.grades.any()
    ]
    whole = measure(trained.model, [replace(group, missed=())], Propensities())
    missed = measure(trained.model, [replace(group, missed=(5,) * 20)], Propensities())
    assert missed["recall@20"][0] < whole["recall@20"][0]
    assert missed["ndcg@10"][0] < whole["ndcg@10"][0]
