"""The linker reads around names: explained abbreviations, shared words, slashes, other orders; without them it is `SkillLinker`."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metier.graph.context_linker import ContextLinker
from metier.graph.linker import SkillLinker
from metier.testing import HashEncoder

LINKER = ContextLinker()
MEANING = ContextLinker(encoder=HashEncoder(size=256))


def links(text, linker=LINKER):
    return [(one.span.text, one.preferred_label) for one in linker.link(text)]


def test_an_abbreviation_means_what_the_text_says():
    text = "Project management (PM) first. PM tools. PM again."
    assert links(text).count(("PM", "project management")) == 3


def test_an_abbreviation_of_something_unknown_is_left():
    assert ("BQX", "project management") not in links("Blue quartz xylophones (BQX). Use BQX.")


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("HTML/CSS/JavaScript", {("HTML", "HTML"), ("CSS", "CSS"), ("JavaScript", "JavaScript")}),
        ("HTML/CSS", {("HTML", "HTML"), ("CSS", "CSS")}),
        ("CI/CD", {("CI/CD", "CI/CD")}),
        ("Python 3", {("Python", "Python (computer programming)")}),
        ("Python3.11/R", {("Python", "Python (computer programming)"), ("R", "R")}),
        ("front-end and back-end development", {("front-end", "front-end development")}),
        ("熟悉前端和后端开发", {("前端", "front-end development")}),
    ],
)
def test_slashes_versions_and_lists(text, pairs):
    assert pairs <= set(links(text))


def test_negation_is_kept_for_what_context_adds():
    (found,) = [one for one in LINKER.link("No MIG or arc welding needed.") if one.span.text == "MIG"]
    assert found.is_negated


def test_what_names_say_is_all_there():
    text = "TIG welding, HACCP plans and Python; month-end close under IFRS. 熟悉氩弧焊和Excel。"
    named = {(one.span.start, one.uri) for one in SkillLinker().link(text)}
    assert named <= {(one.span.start, one.uri) for one in LINKER.link(text)}


def test_meaning_is_told_and_needs_an_encoder():
    text = "You must collect zealous fish samples for diagnosis."
    assert [one.reason for one in MEANING.link(text)].count("meaning") == 1
    assert all(one.reason != "meaning" for one in LINKER.link(text))


def test_more_phrases_than_are_compared_are_told():
    text = "checking zealously things umpteen\n" * 500
    assert LINKER.uncompared(text) is None
    assert MEANING.uncompared("one short phrase") is None
    rest = MEANING.uncompared(text)
    assert rest is not None
    assert 0 < rest[0] < rest[1] == len(text)


@given(st.text(max_size=200))
@settings(max_examples=60, deadline=None)
def test_any_text_gives_quotes_that_never_overlap(text):
    last = 0
    for one in LINKER.link(text):
        assert one.span.is_in(text)
        assert one.span.start >= last
        last = one.span.end
