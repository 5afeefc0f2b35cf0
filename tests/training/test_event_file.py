"""Files of events in the forms that people have, and ugly ones."""

import datetime as dt
import json

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from metier.errors import InputError, MetierError, NotFoundError
from metier.records.event import Event
from metier.training.event_file import EventFile

NOW = dt.datetime(2026, 11, 20, tzinfo=dt.UTC)
AT = dt.datetime(2026, 1, 2, 3, 4, 5, tzinfo=dt.UTC)


@pytest.fixture
def read(tmp_path):
    def rows(text, name="events.csv", **options):
        (tmp_path / name).write_bytes(text if isinstance(text, bytes) else text.encode())
        return list(EventFile(path=tmp_path / name, now=NOW, **options).read())

    return rows


def test_gorse(read):
    text = "user,item,feedback_type,timestamp\np1,j1,star,2026-01-02 03:04:05\np1,j2,like,2026-01-02T03:04:05Z\n"
    first, second = read(text)
    assert (first.profile_id, first.job_id, first.kind, first.at, first.actor) == ("p1", "j1", "click", AT, "person")
    assert second.kind == "save"


def test_recbole(read):
    text = "user_id:token\titem_id:token\ttimestamp:float\tlabel:float\n7\t9\t1767323045\t1.0\n7\t8\t1767323045.0\t0\n"
    first, second = read(text, "x.inter")
    assert (first.profile_id, first.job_id, first.kind, first.at) == ("7", "9", "click", AT)
    assert second.kind == "impression"


def test_json_lines_with_positions_lists_and_employers(read):
    rows = [
        {"personId": "p", "jobId": 5, "event": "Impression", "ts": 1767323045000, "rank": 3, "sessionId": "s"},
        {"person_id": "p", "job_id": "5", "event": "hired", "ts": AT.isoformat(), "weight": 2, "note": "!"},
        {"person_id": "p", "job_id": "5", "event": "apply", "ts": AT.isoformat(), "actor": "recruiter", "id": "mine"},
    ]
    shown, hired, applied = read("\n".join(map(json.dumps, rows)), "x.jsonl")
    assert (shown.position, shown.list_id, shown.at, shown.job_id) == (3, "s", AT, "5")
    assert (hired.actor, hired.weight, hired.note) == ("employer", 2.0, "!")
    assert (applied.id, applied.actor) == ("mine", "employer")


def test_parquet(read, tmp_path):
    table = pa.table({"user": ["p"], "item": ["j"], "time": [AT]})
    parquet.write_table(table, tmp_path / "made.parquet")
    (found,) = EventFile(path=tmp_path / "made.parquet", now=NOW).read()
    assert (found.at, found.kind) == (AT, "click")


def test_the_same_row_twice_has_one_id_and_another_time_another(read):
    text = "user,item,time\np,j,1767323045\np,j,1767323045\np,j,1767323046\n"
    first, again, later = read(text)
    assert first == again
    assert later.id != first.id


def test_a_position_in_words_is_a_job_and_no_rank(read):
    (found,) = read("Applicant.ID,Job.ID,Position,View.Start,Created.At\n1,2,Cook,2014-11-06 11:15:51 UTC,x\n")
    assert (found.position, found.at.year) == (None, 2014)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("p,j,poke,1767323045,", "no kind of event 'poke'"),
        (",j,click,1767323045,", "no profile_id"),
        ("p,  ,click,1767323045,", "no job_id"),
        ("p,j,click,nan,", "the time 'nan'"),
        ("p,j,click,NaN,", "the time 'NaN'"),
        ("p,j,click,1e400,", "the time '1e400'"),
        ("p,j,click,yesterday,", "the time 'yesterday'"),
        ("p,j,click,,", "no time"),
        ("p,j,click,2027-01-01,", "from the future"),
        ("p,j,click,99999999999,", "from the future"),
        ("p,j,click,-99999999999,", "the time"),
        ("p,j,click,1767323045,0", "the position '0'"),
        ("p,j,click,1767323045,1.5", "the position '1.5'"),
        ("p,j,click,1767323045,inf", "the position 'inf'"),
        ("p,j,click,1767323045,1,2,3", "7 cells under 5 columns"),
    ],
)
def test_a_bad_row_is_one_error_that_names_it_and_the_rest_goes_on(read, row, said):
    good = "p,j,click,1767323045,2"
    first, error, last = read(f"user,item,kind,time,position\n{good}\n{row}\n\n{good}\n")
    assert isinstance(first, Event)
    assert isinstance(last, Event)
    assert isinstance(error, InputError)
    assert "events.csv, row 2: " in str(error)
    assert said in str(error)
    assert error.hint


def test_broken_json_wrong_bytes_and_negative_weights_are_errors(read):
    good = json.dumps({"user": "p", "item": "j", "time": 1767323045})
    lines = [good, "{broken", "[1]", '{"user": "p", "item": "j", "time": 1, "weight": -1}', good]
    found = read("\n".join(lines), "x.jsonl")
    assert [isinstance(one, Event) for one in found] == [True, False, False, False, True]
    latin = read(b"user,item,time\nren\xe9,j,1767323045\np,j,1767323045\n")
    assert [isinstance(one, Event) for one in latin] == [False, True]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("x.csv", "", "empty"),
        ("x.csv", "a,b,c\n1,2,3\n", "no column for 'profile_id'"),
        ("x.csv", "user,item\n1,2\n", "no column for 'at'"),
        ("x.pdf", "user,item,time\n", "no file of events"),
        ("x.parquet", "nothing", "is not Parquet"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_error(read, name, text, said):
    with pytest.raises(InputError, match=said):
        read(text, name)


def test_no_file(tmp_path):
    with pytest.raises(NotFoundError):
        list(EventFile(path=tmp_path / "none.csv", now=NOW).read())


def test_a_header_alone_and_a_byte_order_mark(read):
    assert read("user,item,time\n") == []
    (found,) = read("\ufeffuser;item;time\np;j;1767323045\n")
    assert found.profile_id == "p"


def test_the_kind_of_rows_without_one_may_be_chosen(read):
    assert read("user,item,time\np,j,1767323045\n", kind="apply")[0].kind == "apply"


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["csv", "jsonl", "inter"]))
def test_whatever_the_file_holds_there_are_events_and_errors_only(tmp_path_factory, data, extension):
    path = tmp_path_factory.mktemp("f") / f"x.{extension}"
    path.write_bytes(b"user,item,time\n" + data)
    try:
        found = list(EventFile(path=path, now=NOW).read())
    except MetierError:
        return
    assert all(isinstance(one, Event | InputError) for one in found)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=40), st.text(max_size=12), st.text(max_size=12))
def test_a_cell_of_any_text_is_an_event_or_an_error(tmp_path_factory, time, kind, position):
    path = tmp_path_factory.mktemp("f") / "x.jsonl"
    path.write_text(json.dumps({"user": "p", "item": "j", "time": time, "kind": kind, "position": position}))
    (found,) = EventFile(path=path, now=NOW).read()
    assert isinstance(found, Event | InputError)
