"""The parts of a record are quotes of its text, and long records have an end."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metier.records.preferences import Preferences
from metier.retrieval.part import (
    MAX_DUTIES,
    MAX_LINES,
    MAX_REQUIREMENTS,
    job_parts,
    job_search_text,
    profile_parts,
    profile_search_text,
    split_lines,
)

RESUME = """Ann Lee
ann@example.org

Work experience
Welder, Harrow Fabrications, 2019 - 2023
- TIG welding of stainless pipe
- Read isometric drawings

Skills
TIG welding, forklift
"""


@settings(max_examples=60, deadline=None)
@given(
    st.text(alphabet=st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from("ab .。！？；\n-•中文!?"))),
    st.data(),
)
def test_lines_are_quotes_in_order_that_never_overlap(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    reached = start
    for span in split_lines(text, start, end):
        assert reached <= span.start < span.end <= end
        assert span.is_in(text)
        assert span.text == span.text.strip()
        assert "\n" not in span.text
        reached = span.end


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Weld pipe. Read drawings!\n- Purge welds", ["Weld pipe.", "Read drawings!", "Purge welds"]),
        ("负责护理工作。熟悉病房；需要加班", ["负责护理工作。", "熟悉病房；", "需要加班"]),
        ("Paid 3.5 times a month", ["Paid 3.5 times a month"]),
        ("a\n\n  \n•\n中文", []),
        ("", []),
    ],
)
def test_a_text_is_cut_at_lines_and_sentences(text, lines):
    assert [span.text for span in split_lines(text, 0, len(text))] == lines


def test_a_job_has_its_title_each_requirement_and_each_duty(job_of):
    job = job_of(
        "Welder", "What you'll do\n- Weld pipe to drawing\n\nRequirements\n- Forklift licence\n- TIG welding\n"
    )
    parts = job_parts(job)
    assert parts[0].kind == "title"
    assert [part.index for part in parts if part.kind == "requirement"] == list(range(len(job.requirements)))
    assert [part.span for part in parts if part.kind == "duty"] == list(job.responsibilities)


def test_endless_records_have_an_end(job_of, person_of):
    lines = "\n".join(f"- Knows machine number {number} well" for number in range(300))
    job = job_of(description=f"What you'll do\n{lines}\n\nRequirements\n{lines}")
    assert len(job_parts(job)) <= 1 + MAX_REQUIREMENTS + MAX_DUTIES
    person = person_of(f"Ann Lee\n\nSkills\n{lines}")
    assert 0 < len([part for part in profile_parts(person) if part.kind != "title"]) <= MAX_LINES


@pytest.mark.parametrize(
    "text", [RESUME, "李娜\n\n工作经历\n2019年-2023年 协和医院 护士\n负责重症病房护理工作\n", "no headings here at all"]
)
def test_the_parts_of_a_person_are_quotes_of_the_resume(person_of, text):
    person = person_of(text)
    parts = profile_parts(person)
    assert parts
    assert all(part.span is None or part.span.is_in(person.text) for part in parts)
    assert len({part.span for part in parts if part.kind != "title"}) == len(
        [part for part in parts if part.kind != "title"]
    )


def test_a_wished_title_is_a_part_that_stands_nowhere(person_of):
    wishing = replace(person_of(RESUME), preferences=Preferences(titles=("Senior Welder",)))
    first = profile_parts(wishing)[0]
    assert (first.kind, first.span, first.index) == ("title", None, -1)
    assert first.text == "Welder"
    assert profile_search_text(wishing).startswith("Senior Welder")


def test_who_the_person_is_reaches_no_search_text(person_of):
    """The name and the address are not what one is found by."""
    text = profile_search_text(person_of(RESUME))
    assert "Ann" not in text
    assert "@" not in text


def test_what_a_posting_waives_is_not_searched_for(job_of):
    job = job_of("Driver", "Requirements\n- Clean driving licence\n- Some years on the road\n")
    first, *others = job.requirements
    waived = replace(job, requirements=(replace(first, is_waived=True), *others))
    assert first.span.text in job_search_text(job)
    assert first.span.text not in job_search_text(waived)
