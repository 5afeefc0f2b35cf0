"""Ugly feeds: one error for each broken row, the good ones go in."""

import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metier.errors import InputError, NotFoundError
from metier.graph.linker import SkillLinker
from metier.jobs import find_job, read_jobs
from metier.records.job import Job

GRAPH = SkillLinker()


def read(path):
    found = list(read_jobs(str(path), graph=GRAPH))
    return [job for job in found if isinstance(job, Job)], [error for error in found if isinstance(error, InputError)]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_any_delimiter_and_alias(tmp_path, mark):
    feed = tmp_path / "feed.csv"
    feed.write_text(f"uid{mark}Job Title{mark}job_description\n9{mark}Baker{mark}Bake bread at night in our shop\n")
    jobs, errors = read(feed)
    assert [(job.id, job.title) for job in jobs] == [("9", "Baker")]
    assert not errors


def test_one_row_in_ten_is_broken(tmp_path):
    feed = tmp_path / "feed.jsonl"
    rows = [json.dumps({"id": n, "title": f"Cook {n}", "description": "Cook well in a team"}) for n in range(20)]
    rows[3], rows[13] = "{oops", json.dumps({"id": 13, "description": "no title"})
    feed.write_text("\n".join(rows))
    jobs, errors = read(feed)
    assert len(jobs) == 18
    assert ["row 4" in str(errors[0]), "row 14" in str(errors[1])] == [True, True]
    assert all("feed.jsonl" in str(error) and error.hint for error in errors)


def test_no_title_column_is_one_error(tmp_path):
    feed = tmp_path / "feed.csv"
    feed.write_text("a,b\n1,2\n3,4\n")
    with pytest.raises(InputError, match="no column for the title") as told:
        read(feed)
    assert "'a', 'b'" in told.value.hint


def test_a_huge_cell_mixed_encodings_and_bad_dates(tmp_path):
    feed = tmp_path / "feed.csv"
    good = "2,Büroleiter,Führt das Büro,31.02.2026".encode()
    latin = "3,Köchin,Kocht für Gäste,2026-12-01".encode("latin-1")
    huge = b"1,Big," + b"x" * 5_000_000 + b",2026-01-01"
    feed.write_bytes(b"\n".join([b"id,title,description,closing_date", huge, good, latin]))
    jobs, errors = read(feed)
    assert [job.title for job in jobs] == ["Büroleiter", "Köchin"]
    assert "row 1" in str(errors[0])
    assert "not a date" in jobs[0].warnings[0]


def test_an_id_that_comes_again_is_refused_and_twins_without_ids_stay(tmp_path):
    feed = tmp_path / "feed.csv"
    feed.write_text(
        "id,title,description\n1,Cook,Cooks soup\n1,Baker,Bakes bread\n,Nurse,Cares for all\n,Nurse,Cares for all\n"
    )
    jobs, errors = read(feed)
    assert len({job.id for job in jobs}) == 3
    assert "already given in row 1" in str(errors[0])


def test_parquet(tmp_path):
    feed = tmp_path / "feed.parquet"
    pq.write_table(pa.table({"title": ["Nurse"], "description": ["Care for patients"], "id": [7]}), feed)
    jobs, _ = read(feed)
    assert jobs[0].id == "7"


def test_a_job_is_found_by_id_then_by_row(tmp_path):
    feed = tmp_path / "feed.csv"
    feed.write_text("id,title,description\n2,First,The first of them\n9,Second,The second of them\n")
    assert find_job(f"{feed}#2", graph=GRAPH).title == "First"
    assert find_job(f"{feed}#1", graph=GRAPH).title == "First"
    assert find_job(f"{feed}#9", graph=GRAPH).title == "Second"
    with pytest.raises(NotFoundError):
        find_job(f"{feed}#x", graph=GRAPH)
    with pytest.raises(InputError):
        find_job(str(feed), graph=GRAPH)


def test_a_posting_as_a_document(tmp_path):
    file = tmp_path / "ad.md"
    file.write_text("# Night Porter\n\nThe hotel needs a night porter.\n\n## Requirements\n- Fluent English\n")
    assert find_job(str(file), graph=GRAPH).title == "Night Porter"


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=300), st.text(max_size=60))
def test_spans_always_stand_in_the_text(tmp_path_factory, description, title):
    feed = tmp_path_factory.mktemp("feeds") / "feed.jsonl"
    feed.write_text(json.dumps({"title": title, "description": description}))
    jobs, errors = read(feed)
    assert len(jobs) + len(errors) == 1
    for job in jobs:
        assert all(need.span.is_in(job.text) for need in job.requirements)
        assert all(span.is_in(job.text) for span in job.responsibilities)
