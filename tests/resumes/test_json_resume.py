"""JSON Resume becomes a document that is parsed and quoted like any other."""

import datetime as dt
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metier.errors import UnreadableDocumentError
from metier.resumes.json_resume import read_json_resume
from metier.resumes.parse import parse_resume

RESUME = {
    "basics": {
        "name": "Jane Smith",
        "label": "Nurse",
        "email": "jane@example.org",
        "phone": "+44 113 496 0000",
        "url": "https://jane.example",
        "location": {"city": "Leeds", "countryCode": "GB"},
        "summary": "Ten years of care.",
    },
    "work": [
        {"name": "Leeds Hospital", "position": "Staff Nurse", "startDate": "2019-01", "highlights": ["Wound care"]},
        {"name": "Sunrise Care Home", "position": "Carer", "startDate": "2015-02-01", "endDate": "2018-12-31", "summary": "Helped."},
    ],
    "education": [{"institution": "University of Leeds", "area": "Nursing", "studyType": "BSc", "startDate": "2012", "endDate": "2015"}],
    "skills": [{"name": "Care", "keywords": ["wound care", "IV therapy"]}],
    "languages": [{"language": "German", "fluency": "B2"}],
}  # fmt: skip


def read(resume):
    data = resume if isinstance(resume, bytes) else json.dumps(resume, ensure_ascii=False).encode()
    return read_json_resume(data, "resume.json")


def test_every_field_reaches_the_profile(graph):
    person = parse_resume(read(RESUME), graph=graph)
    basics = person.basics
    assert [found.value for found in (basics.name, basics.label, basics.email, basics.phone, basics.url)] == [
        "Jane Smith",
        "Nurse",
        "jane@example.org",
        "+44 113 496 0000",
        "https://jane.example",
    ]
    assert (basics.location.value.city, basics.summary.value) == ("Leeds", "Ten years of care.")
    nurse, carer = person.work
    assert (nurse.position.value, nurse.name.value, nurse.is_current) == ("Staff Nurse", "Leeds Hospital", True)
    assert (carer.position.value, carer.end_date.to_iso()) == ("Carer", "2018-12")
    assert person.experience_months(dt.date(2019, 12, 31)) == 59
    (degree,) = person.education
    assert (degree.institution.value, degree.area.value, degree.level) == ("University of Leeds", "Nursing", "bachelor")
    assert [(language.language, language.level) for language in person.languages] == [("de", "B2")]
    assert {"carry out wound care", "intravenous infusion"} & {skill.name for skill in person.skills}


def test_a_chinese_resume_is_read(graph):
    resume = {
        "basics": {"name": "张伟", "location": "上海"},
        "work": [{"name": "上海某某贸易有限公司", "position": "会计", "startDate": "2019-03", "endDate": ""}],
    }
    person = parse_resume(read(resume), graph=graph)
    assert (person.language, person.basics.name.value) == ("zh", "张伟")
    assert (person.work[0].position.value, person.work[0].is_current) == ("会计", True)


@pytest.mark.parametrize(
    "resume",
    [
        {"basics": None, "work": [{"position": "Nurse"}]},
        {"basics": {"name": ["Jane"], "label": "Nurse", "location": 3}},
        {"work": ["Nurse", 3, None, {"position": "Nurse", "highlights": "none"}]},
        {"basics": {"label": "Nurse \ud800"}, "work": {"position": "x"}},
        {"skills": [{"name": "Nurse", "keywords": [None, {}, 3]}]},
    ],
)
def test_a_field_of_another_kind_is_passed_over(resume):
    assert "Nurse" in read(json.dumps(resume).encode()).text


def test_any_encoding_is_read():
    data = json.dumps({"basics": {"name": "José García", "label": "Nurse"}}, ensure_ascii=False)
    assert read(data.encode("utf-8-sig")).text == read(data.encode("cp1252")).text == "José García\nNurse"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "is not JSON"),
        (b"{", "is not JSON"),
        (b"[" * 100_000, "is not JSON"),
        (b'{"a": ' + b"1" * 5000 + b"}", "is not JSON"),
        (b"[]", "is no JSON Resume"),
        (b'{"basics": "Jane"}', "is no JSON Resume"),
        (b"{}", "has no text"),
        (b'{"basics": null, "work": {}}', "has no text"),
        (b'{"package": "not a resume"}', "has no text"),
    ],
    ids=["empty", "cut", "deep", "huge-number", "list", "basics-of-text", "nothing", "nulls", "another-json"],
)
def test_what_is_no_json_resume_is_refused_with_a_remedy(data, says):
    with pytest.raises(UnreadableDocumentError, match=rf"resume\.json {says}") as told:
        read(data)
    assert "jsonresume.org" in told.value.hint


VALUES = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from("basics work name position startDate highlights keywords location skills".split()),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.sampled_from(["basics", "work", "education", "skills", "languages"]), VALUES, max_size=5))
def test_any_json_is_read_or_refused(resume):
    try:
        document = read(json.dumps(resume).encode())
    except UnreadableDocumentError:
        return
    assert all(document.text[line.start : line.end].strip() for line in document.lines)
