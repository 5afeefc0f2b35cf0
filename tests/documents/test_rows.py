"""Tables to rows: what a spreadsheet, a script or a careless hand writes."""

import csv
import io
import json

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from metier.documents.rows import read_rows
from metier.errors import InputError, NotFoundError


@pytest.fixture
def rows_of(tmp_path):
    def read(name, data):
        file = tmp_path / name
        file.write_bytes(data if isinstance(data, bytes) else data.encode())
        return list(read_rows(file))

    return read


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
@pytest.mark.parametrize("extension", [".csv", ".tsv"])
def test_the_header_tells_the_delimiter_whatever_the_extension(rows_of, mark, extension):
    text = f'id{mark}resume{mark}place\n1{mark}"Nurse{mark} Leeds"{mark}\n'
    assert rows_of("people" + extension, text) == [(1, {"id": "1", "resume": f"Nurse{mark} Leeds", "place": ""})]


@pytest.mark.parametrize(
    "text",
    [
        "id,resume\n1,Nurse\n",
        "\ufeffid,resume\r\n1,Nurse\r\n",
        "id,resume\r1,Nurse\r",
        "\n\nid,resume\n\n1,Nurse\n , \n",
        ' id ,"resume"\n1,Nurse',
        "id,resume\n1,Nu\x00rse\n",
    ],
    ids=["plain", "excel", "old-mac", "blank-lines", "spaces", "zero-byte"],
)
def test_ways_to_write_the_same_table(rows_of, text):
    assert rows_of("people.csv", text) == [(1, {"id": "1", "resume": "Nurse"})]


def test_a_delimiter_in_a_quoted_column_name_cuts_nothing(rows_of):
    assert rows_of("people.csv", '"name, first, last";resume\nJane;Nurse\n') == [
        (1, {"name, first, last": "Jane", "resume": "Nurse"})
    ]


@pytest.mark.parametrize("mark", ["\n", "\r\n", "\u2028", "\x0c"])
def test_a_line_break_inside_a_cell_is_no_new_row(rows_of, mark):
    quoted = f'id,resume\n1,"Nurse{mark}Leeds"\n2,Cook\n'
    assert rows_of("people.csv", quoted) == [
        (1, {"id": "1", "resume": "Nurse\nLeeds"}),
        (2, {"id": "2", "resume": "Cook"}),
    ]


def test_a_row_that_is_too_wide_is_told_and_the_next_is_read(rows_of):
    (number, error), (_, row) = rows_of("people.csv", "id,resume\n1,Nurse, Leeds\n2,Cook\n")
    assert number == 1
    assert isinstance(error, InputError)
    assert "people.csv, row 1: 3 cells under 2 columns" in str(error)
    assert "Quote" in error.hint
    assert row == {"id": "2", "resume": "Cook"}


def test_a_row_that_is_too_short_has_what_it_has(rows_of):
    assert rows_of("people.csv", "id,resume\n1\n2,Cook\n") == [(1, {"id": "1"}), (2, {"id": "2", "resume": "Cook"})]


def test_rows_of_two_encodings_are_all_read(rows_of):
    data = "id,resume\n1,Zoë Müller\n".encode() + "2,José García\n".encode("cp1252") + "3,护士\n".encode()
    assert [row["resume"] for _, row in rows_of("people.csv", data)] == ["Zoë Müller", "José García", "护士"]


def test_a_chinese_table_of_a_spreadsheet_is_read(rows_of):
    text = "编号,简历\n1,张伟，会计，五年工作经验，在上海的公司工作，负责财务报表\n"
    assert rows_of("people.csv", text.encode("gb18030")) == rows_of("people.csv", text)


def test_a_cell_of_five_megabytes_is_given_and_the_next_row_too(rows_of):
    rows = rows_of("people.csv", "id,resume\n1," + "nurse " * 900_000 + "\n2,Cook\n")
    assert [len(row["resume"]) > 5_000_000 for _, row in rows] == [True, False]


def test_lines_of_json_are_numbered_and_broken_ones_told(rows_of):
    lines = ['{"id": 1}', "", "[1]", "{'id': 2}", '"x"', "1" * 5000, "[" * 100_000, '{"id": 3}']
    rows = rows_of("people.jsonl", "\n".join(lines))
    assert [number for number, _ in rows] == [1, 2, 3, 4, 5, 6, 7]
    assert (rows[0][1], rows[-1][1]) == ({"id": 1}, {"id": 3})
    for number, error in rows[1:-1]:
        assert isinstance(error, InputError)
        assert f"people.jsonl, row {number}: " in str(error)
        assert error.hint


@pytest.mark.parametrize("mark", ["\u2028", "\u2029", "\x85", "\t"])
def test_a_separator_inside_a_string_of_json_is_no_new_row(rows_of, mark):
    line = json.dumps({"resume": f"Nurse{mark}Leeds"}, ensure_ascii=False)
    (_, row), (_, last) = rows_of("people.ndjson", f"{line}\r\n{line}")
    assert row == last
    assert row["resume"].startswith("Nurse")
    assert row["resume"].endswith("Leeds")


def test_a_parquet_file_gives_its_rows(tmp_path):
    parquet.write_table(pa.table({"id": [1, 2], "resume": ["Nurse", None]}), tmp_path / "people.parquet")
    assert list(read_rows(tmp_path / "people.parquet")) == [
        (1, {"id": 1, "resume": "Nurse"}),
        (2, {"id": 2, "resume": None}),
    ]


def test_a_date_that_no_calendar_has_is_an_input_error(tmp_path):
    parquet.write_table(pa.table({"born": pa.array([2**62], pa.timestamp("us"))}), tmp_path / "people.parquet")
    with pytest.raises(InputError, match=r"people\.parquet"):
        list(read_rows(tmp_path / "people.parquet"))


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("people.csv", b""),
        ("people.csv", b"\n \n"),
        ("people.parquet", b""),
        ("people.parquet", b"id,resume\n"),
        ("people.xlsx", b"PK"),
    ],
)
def test_a_table_that_cannot_be_read_names_itself_and_the_remedy(rows_of, name, data):
    with pytest.raises(InputError, match=name.replace(".", r"\.")) as told:
        rows_of(name, data)
    assert told.value.hint


@pytest.mark.parametrize("name", ["nowhere.csv", "nowhere.jsonl", "nowhere.parquet"])
def test_a_table_that_is_not_there(tmp_path, name):
    with pytest.raises(NotFoundError, match=name.replace(".", r"\.")):
        list(read_rows(tmp_path / name))


CELLS = st.text("ab \"',;|\t\né护士", max_size=12)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(CELLS, min_size=2, max_size=2), max_size=5), st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL])
)
def test_what_a_csv_writer_writes_is_read_back(tmp_path_factory, table, quoting):
    file = tmp_path_factory.mktemp("tables") / "people.csv"
    written = io.StringIO(newline="")
    csv.writer(written, quoting=quoting).writerows([["id", "resume"], *table])
    file.write_text(written.getvalue(), encoding="utf-8", newline="")
    kept = [row for row in table if any(cell.strip() for cell in row)]
    assert [list(row.values()) for _, row in read_rows(file)] == kept


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200), st.sampled_from([".csv", ".jsonl", ".parquet"]))
def test_any_bytes_are_rows_or_input_errors(tmp_path_factory, data, extension):
    file = tmp_path_factory.mktemp("tables") / f"people{extension}"
    file.write_bytes(data)
    try:
        rows = list(read_rows(file))
    except InputError as error:
        rows = [(1, error)]
    assert all(row.hint if isinstance(row, InputError) else isinstance(row, dict) for _, row in rows)
