import pytest

from metier.explanation import explain
from metier.recommender import Recommender
from metier.records.span import Span
from metier.service.mcp_answer import MOST_REASONS, QUOTE, match_out, quote_of, resume_out
from metier.testing import HashEncoder


@pytest.fixture
def matched(graph, person_of, job_of):
    needs = "".join(f"- Care for {number} patients on a ward\n" for number in range(40))
    job = job_of("Nurse", f"Requirements\n{needs}", id="n1", salary="£30,000 a year")
    person = person_of("Bo Ek\nStaff Nurse\n\nWork experience\nStaff Nurse, City Hospital, 2018 - 2025\n", "bo")
    match = Recommender.open(encoder=HashEncoder(), graph=graph).match(person, job)
    return match, explain(match)


def test_reasons_are_bounded_and_in_the_jobs_order(matched):
    match, explanation = matched
    out = match_out(match, explanation)
    assert len(out.reasons) == MOST_REASONS < len(explanation.reasons)
    starts = [reason.requirement.start for reason in out.reasons]
    assert starts == sorted(starts)
    assert out.job.salary == "£30,000 a year"


def test_a_long_quote_is_cut_and_keeps_its_offsets():
    text = "x" * 2 * QUOTE
    quote = quote_of(Span.of(text, 0, len(text)))
    assert quote is not None
    assert len(quote.text) < QUOTE + 5
    assert (quote.start, quote.end) == (0, 2 * QUOTE)
    assert quote_of(None) is None


def test_a_resume_is_given_without_its_name(matched):
    match, _ = matched
    out = resume_out(match.profile, 84)
    assert "Bo Ek" not in out.model_dump_json()
    assert out.experience_months == 84
