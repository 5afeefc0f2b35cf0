import json
from dataclasses import replace

from metier.graph.linker import SkillLinker
from metier.jobs import read_jobs, to_json_ld
from metier.sample import jobs_path

PAGE = """<html><head><title>x</title><script type="application/ld+json">{not json}</script>
<script type="application/ld+json">{"@graph": [{"@type": "Organization", "name": "x"}, {"@type": "JobPosting",
"title": "Bus Driver", "description": "<p>Drive.</p><ul><li>PCV licence required</li></ul>",
"identifier": {"@type": "PropertyValue", "name": "Buses", "value": "B-7"},
"hiringOrganization": {"@type": "Organization", "name": "Buses Ltd"}, "jobLocation": {"@type": "Place", "address":
{"@type": "PostalAddress", "addressLocality": "Leeds", "addressCountry": "GB"}}, "datePosted": "2026-11-01",
"baseSalary": {"@type": "MonetaryAmount", "currency": "GBP", "value": {"@type": "QuantitativeValue", "value": 14.5,
"unitText": "HOUR"}}, "validThrough": "2026-12-24T00:00"}]}</script></head><body><h1>Bus Driver</h1></body></html>"""


def test_a_page_gives_its_posting(tmp_path):
    page = tmp_path / "page.html"
    page.write_text(PAGE)
    (job,) = read_jobs(str(page), graph=SkillLinker())
    assert (job.id, job.title, job.hiring_organization) == ("B-7", "Bus Driver", "Buses Ltd")
    assert (job.base_salary.minimum, job.base_salary.period, job.valid_through.day) == (14.5, "hour", 24)
    assert job.job_location[0].value.city == "Leeds"
    assert any(need.kind == "licence" for need in job.requirements)


def workplace(job):
    return job.job_location_type.value if job.job_location_type else None


def test_a_job_comes_back_from_its_json_ld(tmp_path):
    graph = SkillLinker()
    jobs = [job for job in read_jobs(str(jobs_path()), graph=graph) if not isinstance(job, Exception)]
    saved = tmp_path / "jobs.json"
    saved.write_text(json.dumps([to_json_ld(job) for job in jobs], ensure_ascii=False))
    again = list(read_jobs(str(saved), graph=graph))
    assert len(again) == len(jobs)
    for job, back in zip(jobs, again, strict=True):
        same = ("id", "title", "hiring_organization", "date_posted", "valid_through", "language")
        assert [getattr(job, name) for name in same] == [getattr(back, name) for name in same]
        assert job.text.partition("\n\n")[2] == back.text.partition("\n\n")[2]
        assert [need.span.text for need in job.requirements] == [need.span.text for need in back.requirements]
        assert [found.value.city for found in job.job_location] == [found.value.city for found in back.job_location]
        assert workplace(job) == workplace(back)
        assert (job.base_salary is None) == (back.base_salary is None)
        if job.base_salary and back.base_salary:
            assert replace(job.base_salary, span=None) == replace(back.base_salary, span=None)
