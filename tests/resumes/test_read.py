"""Resumes from files, folders and tables, also broken ones."""

import csv
import io
import json
import zipfile

import docx
import pytest
from docx.oxml import OxmlElement
from docx.shared import RGBColor
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from metier.documents.rows import MAX_CELL
from metier.errors import MetierError, NotFoundError
from metier.graph.linker import SkillLinker
from metier.records.profile import Profile
from metier.resumes import UnreadResume, read_resume, read_resumes
from metier.sample import resumes_path

GRAPH = SkillLinker()
NURSE = "Jane Smith\nStaff Nurse, Leeds Hospital, Jan 2019 to date"


def pdf(*lines, hidden="", pages=1, **options):
    data = io.BytesIO()
    canvas = Canvas(data, **options)
    for _ in range(pages):
        for place, line in enumerate(lines):
            canvas.drawString(60, 780 - 20 * place, line)
        canvas.setFillColorRGB(1, 1, 1)
        canvas.drawString(60, 300, hidden)
        canvas.showPage()
    canvas.save()
    return data.getvalue()


def word(hidden="", deleted=""):
    document = docx.Document()
    document.add_paragraph("Jane Smith")
    cells = document.add_table(1, 3).rows[0].cells
    for cell, text in zip(cells, ("2019 – 2021", "Staff Nurse", "Leeds Hospital"), strict=True):
        cell.text = text
    document.add_paragraph().add_run(hidden).font.color.rgb = RGBColor(255, 255, 255)
    paragraph = document.add_paragraph()
    change = OxmlElement("w:del")
    change.append(paragraph.add_run(deleted)._r)
    paragraph._p.append(change)
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def zip_bomb():
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 30_000_000)
    return data.getvalue()


UNREADABLE = {
    "bomb.docx": (zip_bomb, "unpacks to 30,000,000 bytes"),
    "broken.json": (lambda: b"{", "is not JSON"),
    "cut.pdf": (lambda: pdf("Nurse")[:300], "is not a whole PDF"),
    "empty.pdf": (lambda: b"", "is empty"),
    "list.json": (lambda: b"[1]", "is no JSON Resume"),
    "locked.pdf": (lambda: pdf("Nurse", encrypt="secret"), "is locked by a password"),
    "long.txt": (lambda: b"nurse " * (MAX_CELL // 5), "holds 1,"),
    "noise.txt": (lambda: bytes(range(1, 256)) * 9, "is not text"),
    "text.pdf": (lambda: b"Dear Sir, I am a nurse.", "is not a whole PDF"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_a_file_that_cannot_be_read_is_one_error_with_a_remedy(tmp_path, name):
    make, says = UNREADABLE[name]
    (tmp_path / name).write_bytes(make())
    with pytest.raises(MetierError) as told:
        read_resume(tmp_path / name, graph=GRAPH)
    assert f"{tmp_path / name} {says}" in str(told.value)
    assert told.value.hint


def test_a_folder_gives_its_readable_files_and_one_error_for_each_other(tmp_path):
    for name in ("bomb.docx", "cut.pdf", "broken.json"):
        (tmp_path / name).write_bytes(UNREADABLE[name][0]())
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "jane.txt").write_text(NURSE)
    (tmp_path / "photo.png").write_bytes(b"no resume")
    found = list(read_resumes(tmp_path, graph=GRAPH))
    assert [entry.source.rsplit("/")[-1] for entry in found] == ["bomb.docx", "broken.json", "cut.pdf", "jane.txt"]
    assert [isinstance(entry, UnreadResume) for entry in found] == [True, True, True, False]


def test_hidden_and_deleted_text_shows_no_skill_and_is_told(tmp_path):
    for name, data in (
        ("white.pdf", pdf("Jane Smith", "Staff Nurse", hidden="Python and SQL expert")),
        ("white.docx", word(hidden="Python and SQL expert", deleted="Java")),
    ):
        (tmp_path / name).write_bytes(data)
        person = read_resume(tmp_path / name, graph=GRAPH)
        assert {skill.name.split(" (")[0] for skill in person.skills} & {"Python", "SQL", "Java"} == set()
        assert any("Python" in warning for warning in person.warnings)
    assert any("tracked changes" in warning for warning in person.warnings)


def test_a_table_in_a_word_file_is_a_job(tmp_path):
    (tmp_path / "jane.docx").write_bytes(word())
    (job,) = read_resume(tmp_path / "jane.docx", graph=GRAPH).work
    assert (job.position.value, job.name.value, job.start_date.to_iso()) == ("Staff Nurse", "Leeds Hospital", "2019")


def test_a_pdf_of_500_pages_is_read_in_part_with_a_warning(tmp_path):
    (tmp_path / "long.pdf").write_bytes(pdf("Jane Smith", "Staff Nurse", pages=500))
    person = read_resume(tmp_path / "long.pdf", graph=GRAPH)
    assert person.basics.name.value == "Jane Smith"
    assert "of 500 pages" in person.warnings[0]


def test_a_pdf_of_two_columns_keeps_its_sections_apart(tmp_path):
    data = io.BytesIO()
    canvas = Canvas(data)
    left = [
        "SKILLS",
        "Wound care of all kinds",
        "Intravenous therapy at home",
        "LANGUAGES",
        "English (native)",
        "Polish B2",
        "Welsh A2",
        "Irish A1",
    ]
    right = [
        "WORK EXPERIENCE",
        "Staff Nurse, Leeds Hospital",
        "Jan 2019 to date",
        "Carer, Sunrise Care Home",
        "2015 – 2018",
        "EDUCATION",
        "BSc Nursing, University of Leeds",
        "2012 – 2015",
    ]
    for place, (one, other) in enumerate(zip(left, right, strict=True)):
        canvas.drawString(40, 780 - 20 * place, one)
        canvas.drawString(300, 780 - 17 * place, other)
    canvas.save()
    (tmp_path / "two.pdf").write_bytes(data.getvalue())
    person = read_resume(tmp_path / "two.pdf", graph=GRAPH)
    assert [job.position.value for job in person.work] == ["Staff Nurse", "Carer"]
    assert [language.language for language in person.languages] == ["en", "pl", "cy", "ga"]
    assert [entry.level for entry in person.education] == ["bachelor"]


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


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_a_table_with_another_delimiter_is_read(tmp_path, mark):
    table = tmp_path / "people.csv"
    with table.open("w", newline="", encoding="utf-8") as written:
        csv.writer(written, delimiter=mark).writerows([["id", "resume"], ["a", NURSE + ", ; | and more"]])
    (person,) = read_resumes(table, graph=GRAPH)
    assert (person.id, person.work[0].position.value) == ("a", "Staff Nurse")


def test_a_table_of_bad_rows_names_file_and_row(tmp_path):
    table = tmp_path / "people.csv"
    rows = [
        "id,resume",
        "a," + "nurse " * 900_000,
        "b,Nurse, Leeds, and more",
        "c,",
        "d,•••",
        "e,I am a nurse in Leeds",
    ]
    table.write_text("\n".join(rows))
    *bad, good = read_resumes(table, graph=GRAPH)
    assert good.id == "e"
    for number, entry in enumerate(bad, start=1):
        assert isinstance(entry, UnreadResume)
        assert entry.source == f"{table}#{number}"
        assert "people.csv" in str(entry.error)
        assert str(number) in str(entry.error)
        assert entry.error.hint


def test_a_table_of_two_encodings_is_read(tmp_path):
    table = tmp_path / "people.csv"
    table.write_bytes(
        "编号,简历\n".encode()
        + "1,张伟，会计，在上海工作\n".encode() * 3
        + "2,李娜，护士，在北京工作\n".encode("gb18030")
    )
    assert [person.text[:2] for person in read_resumes(table, graph=GRAPH)] == ["张伟"] * 3 + ["李娜"]


def test_a_table_without_a_column_of_text_says_which_columns_it_has(tmp_path):
    table = tmp_path / "people.csv"
    table.write_text("name^town\nJane^Leeds\n")
    (entry,) = read_resumes(table, graph=GRAPH)
    assert "resume" in entry.error.hint
    assert "name^town" in entry.error.hint


def test_long_columns_become_sections_where_no_column_is_the_resume(tmp_path):
    table = tmp_path / "people.csv"
    table.write_text(
        'Name,Work Experience,Skills\nJane,"Staff Nurse, Leeds Hospital, Jan 2019 to date",wound care and intravenous therapy at home\n'
    )
    (person,) = read_resumes(table, graph=GRAPH)
    assert [kind for kind, _ in person.sections] == ["work", "skills"]


@pytest.mark.parametrize("key", [3, "", None, {"a": 1}, ["a"]])
def test_an_id_of_any_kind_keeps_its_row(tmp_path, key):
    table = tmp_path / "people.jsonl"
    table.write_text(json.dumps({"id": key, "resume": NURSE}))
    (person,) = read_resumes(table, graph=GRAPH)
    assert person.id == (str(key) if key not in ("", None) else "row-1")


def test_files_of_one_name_have_ids_of_their_own(tmp_path):
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "cv.txt").write_text(f"{NURSE} in {folder}")
    ids = {person.id for person in read_resumes(tmp_path, graph=GRAPH)}
    assert len(ids) == 2
    assert all(found.startswith("cv-") for found in ids)


@pytest.mark.parametrize("name", ["nowhere.pdf", "nowhere.json", "nowhere.csv"])
def test_a_file_that_is_not_there_is_named(tmp_path, name):
    with pytest.raises(NotFoundError, match="nowhere"):
        read_resume(tmp_path / name, graph=GRAPH)
    (entry,) = read_resumes(tmp_path / name, graph=GRAPH)
    assert isinstance(entry.error, NotFoundError)


@pytest.mark.parametrize("key", ["b", "2"])
def test_one_row_of_a_table_is_read_by_its_id_or_number(tmp_path, key):
    table = tmp_path / "people.csv"
    table.write_text("id,resume\na,I am a nurse in Leeds\nb,I am a cook in York\n")
    assert read_resume(f"{table}#{key}", graph=GRAPH).text == "I am a cook in York"
    with pytest.raises(NotFoundError, match=r"people\.csv has no row 'c'") as told:
        read_resume(f"{table}#c", graph=GRAPH)
    assert "1 to 2" in told.value.hint


def test_a_file_whose_name_holds_a_number_sign_is_a_file(tmp_path):
    (tmp_path / "cv#2.txt").write_text(NURSE)
    assert read_resume(tmp_path / "cv#2.txt", graph=GRAPH).work
