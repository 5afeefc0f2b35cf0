"""Matches for people; the text of documents is never markup."""

import io
from dataclasses import replace

import pytest
from rich.console import Console

from metier.cli import show
from metier.explanation import explain
from metier.records.match import Constraint


@pytest.fixture
def shown(monkeypatch):
    """Show something and give the words on a wide screen."""

    def make(function, *arguments, **options):
        screen = io.StringIO()
        monkeypatch.setattr(show, "OUTPUT", Console(file=screen, width=400))
        function(*arguments, **options)
        return " ".join(screen.getvalue().split())

    return make


def test_a_job_is_named_with_score_employer_place_pay_and_reasons(shown, match):
    text = shown(show.show_matches, "ann.txt", [(match, explain(match))], "jobs")
    for words in (
        "ann.txt",
        "TIG Welder",
        "Acme",
        "Sheffield",
        "£30,000",
        f"{match.score:.2f}",
        explain(match).summary,
    ):
        assert words in text


def test_a_person_is_named_by_key_and_trade_and_never_by_name(shown, match):
    text = shown(show.show_matches, "job", [(match, explain(match))], "people")
    assert "ann" in text
    assert "Ann Lee" not in text


def test_what_shares_the_place_and_what_was_left_out_is_counted(shown, match):
    crowded = replace(match, duplicates=("a", "b"), more_from_employer=7)
    text = shown(show.show_matches, "x", [(crowded, explain(crowded))], "jobs")
    assert "+2 the same" in text
    assert "+7 more of this employer" in text
    assert "+2 the same" in shown(show.show_matches, "x", [(crowded, explain(crowded))], "people")


def test_a_condition_that_is_not_met_is_told(shown, match):
    marked = replace(match, constraints=(Constraint(kind="work_authorisation", verdict="not_met"),))
    assert "not met: work authorisation" in shown(show.show_matches, "x", [(marked, explain(marked))], "jobs")


def test_nothing_is_said_to_be_nothing(shown):
    assert shown(show.show_matches, "[red]x.pdf", [], "jobs") == "[red]x.pdf: nothing fits."


@pytest.mark.parametrize(
    "text", ["[bold]free[/bold]", "[/]", "[link=http://x]y", "back\\", "[red", "a]b[", "护士 [急]"]
)
def test_markup_in_a_posting_is_shown_as_it_is(shown, match, text):
    job = replace(match.job, title=text, hiring_organization=text)
    marked = replace(match, job=job)
    shown_text = shown(show.show_matches, text, [(marked, explain(marked))], "jobs")
    assert shown_text.count(text) >= 3
    assert text in shown(show.show_explanation, marked, explain(marked))


def test_the_most_telling_reasons_are_shown_in_the_order_of_the_job(shown, match):
    explained = explain(match)
    largest = max(explained.reasons, key=lambda reason: abs(reason.share))
    text = shown(show.show_matches, "x", [(match, explained)], "jobs", reasons=1)
    assert largest.sentence in text
    assert all(reason.sentence not in text for reason in explained.reasons if reason is not largest)


def test_an_explanation_shows_base_every_factor_and_every_reason(shown, match):
    text = shown(show.show_explanation, match, explain(match))
    assert f"base {match.base:.3f}" in text
    assert all(factor.name in text for factor in match.factors)
    assert all(reason.sentence in text for reason in explain(match).reasons)
    assert "not known" in text
