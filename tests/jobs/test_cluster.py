from dataclasses import replace

from metier.graph.linker import SkillLinker
from metier.jobs import cluster_jobs, read_jobs
from metier.records.job import Job
from metier.sample import jobs_path


def test_a_repost_shares_a_cluster_and_another_place_does_not():
    jobs = [job for job in read_jobs(str(jobs_path()), graph=SkillLinker()) if isinstance(job, Job)]
    welder = jobs[0]
    repost = replace(welder, id="z-1", text=welder.text + " Reposted.")
    elsewhere = replace(welder, id="z-2", job_location=jobs[2].job_location)
    clusters = cluster_jobs([*jobs, repost, elsewhere])
    assert clusters["z-1"] == welder.id
    assert clusters["z-2"] == "z-2"
    assert clusters == cluster_jobs([elsewhere, repost, *reversed(jobs)])
    assert clusters["s-026"] == "s-001"
    assert len({clusters[job.id] for job in jobs}) == len(jobs) - 1
