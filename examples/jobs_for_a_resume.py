"""Jobs for one resume, from Python, over the sample that ships."""

from metier import Recommender
from metier.sample import demo_resumes, jobs_path

recommender = Recommender.of_jobs(jobs_path())
for match in recommender.jobs_for(demo_resumes()[0], n=3):
    print(f"{match.score:.2f} {match.band:8} {match.job.title}, {match.job.hiring_organization}")
    for reason in recommender.explain(match).reasons:
        print("    ", reason.sentence)
