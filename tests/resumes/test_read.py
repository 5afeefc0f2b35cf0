"""Resumes from files, folders and tables, also broken ones."""

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from metier.graph.linker import SkillLinker
from metier.records.profile import Profile
from metier.resumes import UnreadResume, read_resume, read_resumes
from metier.sample import demo_resumes, resumes_path

GRAPH = SkillLinker()


def test_overlapping_jobs_count_once_and_to_date_ends_on_the_day():
    welder = read_resume(demo_resumes()[0], graph=GRAPH)
    assert [work.position.value for work in welder.work if work.position] == ["TIG Welder", "Fabricator/Welder"]
    assert welder.work[0].is_current
    assert welder.experience_months(dt.date(2026, 6, 1)) in range(106, 110)


def test_a_chinese_resume():
    person = read_resume(demo_resumes()[2], graph=GRAPH)
    assert person.language == "zh"
    assert person.work[0].is_current
    assert person.education[0].level == "associate"


def test_every_field_stands_where_it_says():
    for path in demo_resumes():
        person = read_resume(path, graph=GRAPH)
        spans = [mention.span for skill in person.skills for mention in skill.mentions]
        spans += [work.span for work in person.work] + [span for _, span in person.sections]
        assert spans
        assert all(span.is_in(person.text) for span in spans)


def test_a_table_gives_one_person_a_row(tmp_path):
    table = tmp_path / "people.csv"
    table.write_text("id,resume\na,I am a nurse with ten years in care homes\nb,\n")
    found = list(read_resumes(table, graph=GRAPH))
    assert isinstance(found[0], Profile)
    assert (found[0].id, found[0].source) == ("a", f"{table}#1")
    assert isinstance(found[1], UnreadResume)


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=400))
def test_any_text_is_read_or_refused(tmp_path_factory, text):
    file = tmp_path_factory.mktemp("people") / "r.txt"
    file.write_bytes(text.encode("utf-8", "surrogatepass"))
    (found,) = read_resumes(file, graph=GRAPH)
    if isinstance(found, Profile):
        assert all(mention.span.is_in(found.text) for skill in found.skills for mention in skill.mentions)
    else:
        assert found.error.hint


def test_the_other_formats_of_the_sample_are_read():
    positions = {}
    for name in ("s-driver.docx", "s-chef.pdf", "s-teacher.html", "s-engineer.json"):
        person = read_resume(resumes_path() / name, graph=GRAPH)
        positions[name] = [work.position.value for work in person.work if work.position]
    assert positions == {
        "s-driver.docx": ["HGV Class 1 Driver", "HGV Class 2 Driver"],
        "s-chef.pdf": ["Chef de Partie", "Commis Chef"],
        "s-teacher.html": ["Class teacher", "Substitute teacher"],
        "s-engineer.json": ["Backend Engineer", "Junior Software Developer"],
    }
