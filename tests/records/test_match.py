from dataclasses import replace

from metier.records.codec import from_json, to_fields, to_json
from metier.records.job import Job
from metier.records.match import Constraint, Coverage, Factor, Match
from metier.records.profile import Profile
from metier.records.requirement import Requirement
from metier.records.span import Span

NEED = Requirement(span=Span(text="护理", start=0, end=2), kind="skill")
MATCH = Match(
    profile=Profile(id="p", source="a.pdf", text="护理五年"),
    job=Job(id="1", source="feed.csv", title="护士", text="护理"),
    rank=1,
    score=0.5,
    employer_fit=0.5,
    person_fit=0.5,
    band="good",
    constraints=(Constraint(kind="licence", verdict="not_stated"),),
    coverage=(
        Coverage(requirement=NEED, verdict="met", degree=1.0, weight=1.0, evidence=Span(text="护理", start=0, end=2)),
    ),
    factors=(Factor(name="coverage", value=1.0, contribution=0.2),),
    duplicates=("2",),
)


def test_a_match_goes_to_json_and_back_with_both_documents():
    assert from_json(Match, to_json(MATCH)) == MATCH
    assert to_fields(MATCH)["constraints"][0]["verdict"] == "not_stated"


def test_a_score_is_no_probability_unless_somebody_says_so():
    assert MATCH.calibrated is False
    assert MATCH.probability is None
    told = from_json(Match, to_json(replace(MATCH, calibrated=True, probability=0.25)))
    assert (told.calibrated, told.probability) == (True, 0.25)


def test_a_condition_may_lack_either_quote():
    assert (MATCH.constraints[0].job_quote, MATCH.constraints[0].resume_quote) == (None, None)
