import datetime as dt

from metier.recommender import Recommender
from metier.service.job_search import JobSearch
from metier.testing import HashEncoder


def test_words_find_the_jobs_that_are_open(tmp_path, graph, job_of):
    encoder = HashEncoder()
    jobs = [
        job_of("TIG Welder", "Weld pipe.", id="w1"),
        job_of("Welder", "Weld frames.", id="old", valid_through="2026-01-01"),
        job_of("Nurse", "Care for patients.", id="n1"),
    ]
    Recommender.open(str(tmp_path), encoder=encoder, graph=graph).add(jobs)
    search = JobSearch(tmp_path, encoder=encoder, graph=graph)
    found = [job.id for job in search.find("welder", n=2, on=dt.date(2026, 11, 20))]
    search.close()
    assert found[0] == "w1"
    assert "old" not in found
