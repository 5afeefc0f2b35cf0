"""Pairs that differ in one cause."""

import datetime as dt

import pytest

from metier.ranking.score import session_model
from metier.training.contrast import answered, contrasts_of, without_skill
from metier.training.example import ExampleMaker, Question
from metier.training.lambdamart import LambdaMart

AT = dt.datetime(2026, 6, 2, tzinfo=dt.UTC)
RESUME = "Person\n\nWork experience\nSenior Data Engineer, Shop, 01/2015 - 12/2025\n- Built pipelines in Python and SQL\n\nSkills\nPython, SQL\n"


@pytest.fixture
def asked(recommender, person_of, job_of):
    """Give a question of a person who chose a job that asks for two of their skills, at their level."""
    job = job_of("Senior Data Engineer", "Requirements\n- Python\n- SQL\n", id="d1")
    recommender.add([person_of(RESUME, "p"), job], with_parts=True)
    question = Question(profile_id="p", at=AT, earlier=(), grades={"d1": 1, "Welder-Bristol-1": 0}, shown={})
    return ExampleMaker(recommender=recommender), question


def test_a_skill_is_taken_out_of_the_resume_and_nothing_else(person_of, job_of):
    person, job = person_of(RESUME, "p"), job_of("Engineer", "Requirements\n- Python\n", id="d1")
    without = without_skill(person, job)
    assert len(without.text) == len(person.text)
    assert "Python" not in without.text
    assert "SQL" in without.text
    assert {one.name for one in person.skills} - {one.name for one in without.skills} == {
        "Python (computer programming)"
    }
    assert without_skill(without, job) is None


def test_the_first_of_a_contrast_fits_better_and_the_shipped_score_answers_to_it(asked):
    maker, question = asked
    found = contrasts_of(maker, [question])
    assert [one.cause for one in found] == ["skill", "seniority"]
    told = answered(found, before=session_model(), after=session_model())
    assert {cause: (one.pairs, one.before, one.after) for cause, one in told.items()} == {
        "skill": (1, 1.0, 1.0),
        "seniority": (1, 1.0, 1.0),
    }
    skill, level = (one.group.rows for one in found)
    moved = {name for name, one, other in zip(session_model().factors, *level, strict=True) if one != other}
    assert moved == {"seniority", "seniority_step"}
    assert (skill[0] != skill[1]).any()


def test_a_model_that_scores_both_alike_does_not_answer(asked):
    class Blind:
        def score(self, rows):
            return 0.5 + 0 * rows[:, 0]

    told = answered(contrasts_of(*[asked[0], [asked[1]]]), before=Blind(), after=session_model())
    assert {one.before for one in told.values()} == {0.0}


def test_nothing_is_made_of_a_person_or_a_job_that_is_not_known(asked):
    maker, _ = asked
    unknown = Question(profile_id="nobody", at=AT, earlier=(), grades={"d1": 1}, shown={})
    gone = Question(profile_id="p", at=AT, earlier=(), grades={"gone": 1}, shown={})
    assert contrasts_of(maker, [unknown, gone]) == []


def test_contrasts_teach_a_model_that_started_without_their_cause(asked):
    """Learned from nothing, one that saw the contrasts answers to them."""
    groups = [one.group for one in contrasts_of(asked[0], [asked[1]])] * 30
    learned = LambdaMart(prior=0.0, rounds=20).learn(groups, groups, name="a").model
    told = answered(contrasts_of(*[asked[0], [asked[1]]]), before=session_model(), after=learned)
    assert {one.after for one in told.values()} == {1.0}
