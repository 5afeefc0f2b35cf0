"""Pairs to matches: the score of a pair depends on that pair alone."""

import datetime as dt
import random
from dataclasses import replace

import pytest

from metier.ranking import PairRanker
from metier.ranking.additive import AdditiveModel, Curve
from metier.ranking.calibration import Calibration
from metier.ranking.score import zero_shot_model
from metier.resumes import make_preferences, with_preferences
from metier.testing import HashEncoder

DAY = dt.date(2026, 11, 20)
RESUME = "Ann Lee\nLeeds\n\nWork experience\nWelder, Harrow Fabrications, 01/2016 - 12/2025\n- TIG welding of stainless pipe\n"


@pytest.fixture(scope="module")
def ann(person_of):
    return person_of(RESUME, "ann")


@pytest.fixture(scope="module")
def jobs(job_of):
    rows = [
        ("Welder", "Requirements\n- TIG welding of stainless pipe\n", {"salary": "£50,000 a year"}),
        ("Nurse", "Requirements\n- NMC registration\n", {"salary": "£10,000 a year"}),
        ("后端工程师", "任职要求：\n1、熟悉 Java；\n", {}),
        ("Fabricator", "Weld frames of mild steel.", {"salary": "£20,000 a year"}),
    ]
    return [job_of(title, text, id=str(number), **fields) for number, (title, text, fields) in enumerate(rows)]


@pytest.fixture
def ranker(graph):
    return PairRanker(encoder=HashEncoder(), graph=graph)


@pytest.fixture
def pairs(ann, jobs, pair_of):
    return [pair_of(ann, job) for job in jobs]


def test_the_best_pair_comes_first_and_ranks_count_from_1(ranker, pairs):
    matches = ranker.rank(pairs, as_of=DAY)
    assert matches[0].job.title == "Welder"
    assert [match.rank for match in matches] == [1, 2, 3, 4]
    assert [match.score for match in matches] == sorted((match.score for match in matches), reverse=True)


def test_shuffling_or_halving_the_pairs_changes_no_remaining_score(ranker, pairs):
    everything = {match.job.id: replace(match, rank=0) for match in ranker.rank(pairs, as_of=DAY)}
    shuffled = random.Random(1).sample(pairs, len(pairs))
    assert {match.job.id: replace(match, rank=0) for match in ranker.rank(shuffled, as_of=DAY)} == everything
    for match in ranker.rank(pairs[::2], as_of=DAY):
        assert replace(match, rank=0) == everything[match.job.id]


def test_ties_go_by_id(ranker, ann, jobs, pair_of):
    twins = [pair_of(ann, replace(jobs[0], id=key)) for key in "cab"]
    assert [match.job.id for match in ranker.rank(twins, as_of=DAY)] == ["a", "b", "c"]


def test_base_and_contributions_are_the_score_to_the_last_digit(ranker, pairs):
    for match in ranker.attribute(ranker.rank(pairs, as_of=DAY)):
        millionths = [round(1e6 * part) for part in (match.base, *(one.contribution for one in match.factors))]
        assert sum(millionths) == round(1e6 * match.score)
        assert all(one.contribution == 0 for one in match.factors if one.is_neutral)


def test_every_pair_starts_from_one_base(ranker, pairs):
    bases = {match.base for match in ranker.attribute(ranker.rank(pairs, as_of=DAY))}
    assert max(bases) - min(bases) < 1e-4


def test_the_score_is_the_root_of_both_sides(ranker, pairs):
    for match in ranker.rank(pairs, as_of=DAY):
        assert match.score == pytest.approx((match.employer_fit * match.person_fit) ** 0.5, abs=2e-6)
        assert (match.calibrated, match.probability) == (False, None)


def test_a_calibrated_model_gives_a_probability_beside_the_same_score(pairs, graph):
    curves = tuple(Curve(name=name, neutral=0.5, employer_share=0.5, slope=1.0) for name in zero_shot_model().factors)
    plain = AdditiveModel(name="a", curves=curves, scale=0.5)
    half = replace(plain, calibration=Calibration(scores=(0.0, 1.0), probabilities=(0.0, 0.5)))
    first, second = (
        PairRanker(encoder=HashEncoder(), graph=graph, model=one).rank(pairs, as_of=DAY) for one in (plain, half)
    )
    assert [one.score for one in first] == [one.score for one in second]
    assert all(one.calibrated and one.probability == pytest.approx(one.score / 2, abs=1e-6) for one in second)


def test_a_condition_that_is_not_met_removes_or_marks(ann, jobs, pair_of, graph):
    wishing = with_preferences(ann, make_preferences({"salary_min": "£30,000 a year"}))
    pairs = [pair_of(wishing, job) for job in jobs]
    removed = PairRanker(encoder=HashEncoder(), graph=graph).rank(pairs, as_of=DAY)
    assert {match.job.id for match in removed} == {"0", "2"}
    marked = PairRanker(encoder=HashEncoder(), graph=graph, policy="mark").rank(pairs, as_of=DAY)
    assert {match.job.id for match in marked[2:]} == {"1", "3"}
    assert [match.rank for match in marked] == [1, 2, 3, 4]
    assert [replace(match, rank=0) for match in marked[:2]] == [replace(match, rank=0) for match in removed]


def test_a_soft_wish_that_is_not_met_only_moves_the_score(ann, jobs, pair_of, ranker):
    wishes = make_preferences({"salary_min": "£30,000 a year"})
    soft = replace(ann, preferences=replace(wishes, hard=()))
    before, after = (ranker.rank([pair_of(person, jobs[3])], as_of=DAY)[0] for person in (ann, soft))
    assert after.score < before.score


@pytest.mark.parametrize(
    ("resume", "posting"), [("Hi", "Welder wanted"), ("你好", "招聘"), (RESUME, "Apply"), ("Hi", "Weld. " * 40)]
)
def test_thin_evidence_abstains(person_of, job_of, match_of, resume, posting):
    assert match_of(person_of(resume), job_of("Person", posting)).band == "not_enough_evidence"


def test_no_pairs_are_no_matches(ranker):
    assert ranker.rank([], as_of=DAY) == []
    assert ranker.attribute([]) == []


def test_the_day_ends_experience_to_date(person_of, job_of, pair_of, ranker):
    person = person_of("Ann Lee\n\nWork experience\nWelder, Acme, 01/2024 - present\n- TIG welding\n")
    pair = pair_of(person, job_of("Welder", "Requirements\n- At least 5 years of experience in TIG welding\n"))
    young, old = (ranker.score(pair, as_of=dt.date(year, 1, 1)) for year in (2025, 2032))
    assert young.score < old.score
    assert ranker.score(pair, as_of=dt.date(2025, 1, 1)) == young
