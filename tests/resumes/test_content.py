"""A section whose heading is not known is told by its content."""

import pytest

from metier.documents.read import read_bytes
from metier.graph.linker import SkillLinker
from metier.resumes import parse_resume
from metier.resumes.content import settle_unnamed
from metier.resumes.heading import split_sections

RESUME = """# Ann Lee
Leeds

## On the tools
**Welder**, Harrow Fabrications Ltd
2019 - 2023
- TIG welding of stainless pipe

## Where I sat still
BSc Metallurgy, University of Sheffield, 2012 - 2015

## Tongues
English - native
Polish - fluent

## Odds and ends
I keep bees.
"""


@pytest.fixture(scope="module")
def document():
    return read_bytes(RESUME.encode(), "resume.md")


def test_work_education_and_languages_are_known_by_what_stands_there(document):
    kinds = [kind for kind, _ in settle_unnamed(document, split_sections(document))]
    assert kinds == ["header", "work", "education", "languages"]


def test_only_headings_are_left_out_and_what_does_not_tell_goes_on_before(document):
    settled = settle_unnamed(document, split_sections(document))
    kept = {line.start for _, lines in settled for line in lines}
    lost = [document.text[line.start : line.end] for line in document.lines if line.start not in kept]
    assert lost == ["On the tools", "Tongues"]
    last = settled[-1][1][-1]
    assert document.text[last.start : last.end] == "I keep bees."


def test_the_profile_has_the_job_and_the_degree(document):
    person = parse_resume(document, graph=SkillLinker())
    assert [work.position.value for work in person.work] == ["Welder"]
    assert [entry.level for entry in person.education] == ["bachelor"]
    assert {language.language for language in person.languages} == {"en", "pl"}


def test_named_sections_stay_as_they_are():
    document = read_bytes(b"Ann Lee\n\nSkills\nTIG welding\n\nInterests\nBees", "resume.txt")
    sections = split_sections(document)
    assert settle_unnamed(document, sections) == sections
