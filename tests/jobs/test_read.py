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


JOBSPY = """id,site,job_url,job_url_direct,title,company,location,date_posted,job_type,salary_source,interval,min_amount,max_amount,currency,is_remote,job_level,emails,description
in-1,indeed,https://x.example/1,,Data Engineer,Acme,"Austin, TX, US",2026-11-01,fulltime,direct_data,yearly,90000.0,120000.0,USD,True,,a@x.example,"**Requirements:**

* 3+ years of SQL"
li-2,linkedin,https://x.example/2,,Nurse,Hosp,"Leeds, England, United Kingdom",2026-11-02,contract,,hourly,18.5,22.0,GBP,False,,,Care for patients
zr-3,zip_recruiter,https://x.example/3,,Cook,,,,,,,,,,,,,Cooks soup
gd-4,glassdoor,https://x.example/4,,Driver,Vans,"London",2026-11-03,"parttime, perdiem",,daily,150.0,200.0,GBP,,,,Drives vans
"""


def test_jobspy(tmp_path):
    feed = tmp_path / "jobspy.csv"
    feed.write_text(JOBSPY)
    (engineer, nurse, cook, driver), errors = read(feed)
    assert errors == []
    assert (engineer.id, engineer.url, engineer.hiring_organization) == ("in-1", "https://x.example/1", "Acme")
    assert (engineer.job_location_type.value, engineer.employment_type.value) == ("remote", "full_time")
    assert engineer.job_location[0].value.city == "Austin"
    assert [need.years_min for need in engineer.requirements] == [3]
    assert engineer.extra == {"site": "indeed", "salary_source": "direct_data", "emails": "a@x.example"}
    assert [job.base_salary and (job.base_salary.minimum, job.base_salary.maximum, job.base_salary.currency, job.base_salary.period) for job in (engineer, nurse, cook, driver)] == [
        (90000, 120000, "USD", "year"), (18.5, 22, "GBP", "hour"), None, (150, 200, "GBP", "day"),
    ]  # fmt: skip
    assert (nurse.employment_type.value, nurse.job_location_type, nurse.date_posted.isoformat()) == (
        "contract",
        None,
        "2026-11-02",
    )
    assert cook.date_posted is None
    assert [job.warnings for job in (engineer, nurse, cook, driver)] == [()] * 4


BROKEN = {
    ".jsonl": ("{oops", '["no object"]'),
    ".csv": ("9,Cook,one, cell, too many", "9,,no title"),
    ".json": ("5", '{"id": 9}'),
}


@pytest.mark.parametrize("suffix", sorted(BROKEN))
def test_one_row_in_ten_is_broken(tmp_path, suffix):
    feed = tmp_path / f"feed{suffix}"
    rows = [json.dumps({"id": n, "title": f"Cook {n}", "description": "Cook well in a team"}) for n in range(20)]
    if suffix == ".csv":
        rows = [f"{n},Cook {n},Cook well in a team" for n in range(20)]
    rows[3], rows[13] = BROKEN[suffix]
    head, join, tail = {".csv": ("id,title,description\n", "\n", ""), ".json": ("[", ",", "]")}.get(
        suffix, ("", "\n", "")
    )
    feed.write_text(head + join.join(rows) + tail)
    jobs, errors = read(feed)
    assert [job.title for job in jobs] == [f"Cook {n}" for n in range(20) if n not in {3, 13}]
    assert ["row 4:" in str(errors[0]), "row 14:" in str(errors[1]), len(errors)] == [True, True, 2]
    assert all(f"feed{suffix}" in str(error) and error.hint for error in errors)


def test_html_entities_and_tags(tmp_path):
    feed = tmp_path / "feed.csv"
    escaped = "&lt;p&gt;Cooks &amp;amp; bakes&lt;/p&gt;&lt;ul&gt;&lt;li&gt;R&amp;amp;D&lt;/li&gt;&lt;/ul&gt;"
    feed.write_text(
        f"title,company,description\nCaf&eacute; cook,B&amp;B,<p>Cooks&nbsp;&amp; bakes</p><script>x()</script>\nBaker,,{escaped}\n"
    )
    (cook, baker), _ = read(feed)
    assert (cook.title, cook.hiring_organization) == ("Café cook", "B&B")
    assert cook.text.endswith("Cooks & bakes")
    assert baker.text.endswith("Cooks & bakes\n\n- R&D")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030"])
def test_a_chinese_feed_in_any_encoding(tmp_path, encoding):
    feed = tmp_path / "feed.csv"
    rows = [
        "职位名称,公司名称,薪资,工作地点,职位描述",
        "叉车司机,某某物流公司,8-12K·13薪,江苏苏州,任职要求：学历不限，持叉车证，有工作经验的优先",
    ]
    feed.write_bytes("\n".join(rows).encode(encoding))
    (job,), _ = read(feed)
    assert (job.title, job.hiring_organization, job.job_location[0].value.city) == (
        "叉车司机",
        "某某物流公司",
        "Suzhou",
    )
    assert (job.base_salary.minimum, job.base_salary.months_per_year) == (8000, 13)
    assert {need.kind: need.is_waived for need in job.requirements} == {
        "education": True,
        "licence": False,
    }


def test_the_wrong_delimiter_is_an_error_with_a_remedy(tmp_path):
    feed = tmp_path / "feed.csv"
    feed.write_text("id,title,description\n1;Cook;Cooks soup\n2;Baker;Bakes bread\n")
    with pytest.raises(InputError, match=r"feed\.csv") as told:
        read(feed)
    assert told.value.hint


@pytest.mark.parametrize("salary", ["lots", "-5", "5000-3000 EUR per month", "NaN", "面议"])
def test_pay_that_cannot_be_keeps_the_job(tmp_path, salary):
    feed = tmp_path / "feed.csv"
    feed.write_text(f"title,description,salary\nCook,Cooks soup,{salary}\n")
    (job,), errors = read(feed)
    assert (job.base_salary, errors) == (None, [])


def test_json_ld_beside_broken_objects(tmp_path):
    feed = tmp_path / "feed.jsonl"
    linked = {
        "@type": ["JobPosting"],
        "title": "Baker",
        "description": "<p>Bakes</p>",
        "identifier": 7,
        "baseSalary": "oops",
        "jobLocation": [None, 5],
    }
    feed.write_text("\n".join(map(json.dumps, [linked, {"@type": "JobPosting", "description": "No title"}])))
    (job,), (error,) = read(feed)
    assert (job.id, job.title, job.base_salary) == ("7", "Baker", None)
    assert "row 2" in str(error)


def test_half_a_character_does_no_harm(tmp_path):
    feed = tmp_path / "feed.jsonl"
    feed.write_text('{"title": "Co\\ud800ok", "description": "Cooks \\u0000soup \\udfff"}')
    (job,), _ = read(feed)
    assert job.title == "Co\ufffdok"
    assert "\x00" not in job.text
    assert job.text.encode("utf-8")


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
    rows = {
        "id": [7, 8],
        "title": ["Nurse", None],
        "description": ["Care for patients"] * 2,
        "skills": [["SQL", "Excel"], None],
    }
    pq.write_table(pa.table(rows), feed)
    (job,), (error,) = read(feed)
    assert (job.id, "Skills: SQL, Excel" in job.text) == ("7", True)
    assert "feed.parquet, row 2" in str(error)


def test_a_parquet_file_that_is_none_is_one_error(tmp_path):
    feed = tmp_path / "feed.parquet"
    feed.write_bytes(b"PAR1 cut off")
    with pytest.raises(InputError, match="not Parquet"):
        read(feed)


def test_a_job_is_found_by_id_then_by_row(tmp_path):
    feed = tmp_path / "feed.csv"
    feed.write_text("id,title,description\n2,First,The first of them\n9,Second,The second of them\n")
    assert find_job(f"{feed}#2", graph=GRAPH).title == "First"
    assert find_job(f"{feed}#1", graph=GRAPH).title == "First"
    assert find_job(f"{feed}#9", graph=GRAPH).title == "Second"
    for missing in ("x", "99", "²"):
        with pytest.raises(NotFoundError):
            find_job(f"{feed}#{missing}", graph=GRAPH)
    with pytest.raises(InputError):
        find_job(str(feed), graph=GRAPH)


def test_a_broken_row_that_is_asked_for_says_what_is_wrong(tmp_path):
    feed = tmp_path / "feed.jsonl"
    feed.write_text('{"title": "Cook", "description": "Cooks"}\n{oops\n{"id": 1}\n')
    with pytest.raises(InputError, match="row 2: not JSON"):
        find_job(f"{feed}#2", graph=GRAPH)
    with pytest.raises(InputError, match="row 3: there is no title"):
        find_job(f"{feed}#3", graph=GRAPH)


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
