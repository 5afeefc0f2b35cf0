"""Skills with every place that shows them, when they were last used and for how long."""

import pytest

from metier.records.span import Span
from metier.resumes.skills import find_skills
from metier.resumes.work import find_work


@pytest.fixture
def skills_of(graph, document_of):
    def find(text, left_out=()):
        document = document_of(text)
        spans = [
            Span.of(document.text, document.text.index(part), document.text.index(part) + len(part))
            for part in left_out
        ]
        found = find_skills(document.text, find_work(document, document.lines), graph, left_out=spans)
        return {skill.name.split(" (")[0]: skill for skill in found}

    return find


JOBS = (
    "Developer, Acme Ltd, Jan 2018 – Dec 2019\nBuilt Python services.\n"
    "Analyst, Beta Ltd, Jan 2019 – Dec 2020\nWrote Python and SQL reports.\n"
)


def test_months_with_a_skill_in_two_jobs_at_once_count_once(skills_of):
    found = skills_of(JOBS)
    assert (found["Python"].months, found["SQL"].months) == (36, 24)


def test_a_skill_was_last_used_where_the_last_job_with_it_ends(skills_of):
    found = skills_of(JOBS + "Cook, Bistro Nine, 2021 – 2022\nMade pasta.")
    assert (found["Python"].last_used.to_iso(), found["Python"].is_current) == ("2020-12", False)


@pytest.mark.parametrize("period", ["Jan 2021 to date", "2021年1月至今"])
def test_a_skill_of_the_current_job_is_current(skills_of, period):
    python = skills_of(f"Developer, Acme Ltd, {period}\nBuilt Python services.")["Python"]
    assert (python.is_current, python.months) == (True, 0)


def test_a_skill_that_is_only_listed_was_used_at_no_known_time(skills_of):
    python = skills_of("Python, SQL")["Python"]
    assert (python.last_used, python.is_current, python.months) == (None, False, 0)


def test_every_mention_is_quoted(skills_of):
    text = JOBS + "Python again"
    mentions = skills_of(text)["Python"].mentions
    assert [text[mention.span.start : mention.span.end] for mention in mentions] == ["Python"] * 3


@pytest.mark.parametrize("text", ["No experience with Java", "不会Java"])
def test_what_is_negated_is_no_skill(skills_of, text):
    assert "Java" not in skills_of(text)


def test_names_and_interests_can_be_left_out(skills_of):
    assert set(skills_of("Python\nSQL for fun", left_out=["SQL for fun"])) == {"Python"}


def test_chinese_skills_are_found(skills_of):
    assert {"accounting"} <= set(skills_of("熟悉会计和报税"))
