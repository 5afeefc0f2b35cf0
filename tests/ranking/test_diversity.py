import datetime as dt
from dataclasses import replace

from metier.jobs import find_job
from metier.ranking.diversity import cap_employers, share_places
from metier.recommender import Recommender
from metier.resumes import read_resume
from metier.sample import demo_resumes, jobs_path

RECOMMENDER = Recommender.open()
MATCH = RECOMMENDER.match(
    read_resume(demo_resumes()[0], graph=RECOMMENDER.graph),
    find_job(f"{jobs_path()}#s-001", graph=RECOMMENDER.graph),
    as_of=dt.date(2026, 11, 20),
)


def copies(count):
    return [replace(MATCH, job=replace(MATCH.job, id=f"copy-{number}")) for number in range(count)]


def test_one_employer_takes_so_many_places_and_says_how_many_more():
    kept = cap_employers(copies(5), cap=3)
    assert [match.more_from_employer for match in kept] == [0, 0, 2]
    assert len(cap_employers(copies(5), cap=None)) == 5


def test_identical_documents_share_a_place():
    (kept,) = share_places(
        copies(3), document=lambda match: match.job.content_hash, target_id=lambda match: match.job.id
    )
    assert (kept.job.id, kept.duplicates) == ("copy-0", ("copy-1", "copy-2"))
