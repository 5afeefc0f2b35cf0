"""`metier demo`: the sample's jobs for a few of its people, and its people for one job."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from metier.cli.base import JsonOption, LangOption, note, read_language, write_line

if TYPE_CHECKING:
    from metier.explanation import ReaderLanguage

_DAY = dt.date(2026, 11, 20)
"""The sample is of this day; without it the demo would change as its postings end."""
_RESUMES = 3


def demo(as_json: JsonOption = False, lang: LangOption = "en") -> None:
    """Rank the sample's jobs for a few of its people, and its people for one job, and say why."""
    from metier.cli.show import show_matches  # noqa: PLC0415
    from metier.cli.source import Faults, open_recommender, read_all_jobs, read_all_people  # noqa: PLC0415
    from metier.config import Settings  # noqa: PLC0415
    from metier.sample import demo_job, demo_resumes, jobs_path, resumes_path  # noqa: PLC0415
    from metier.service.answer import match_fields, versions  # noqa: PLC0415 - help must be fast

    settings, faults = Settings(n=_RESUMES), Faults()
    language: ReaderLanguage = "zh" if read_language(lang) == "zh" else "en"
    recommender = open_recommender("", settings)
    recommender.add(read_all_jobs([str(jobs_path())], recommender, faults))
    people = {person.source: person for person in read_all_people([str(resumes_path())], recommender, faults)}
    recommender.add(people.values())
    for path in map(str, demo_resumes()):
        matches = recommender.jobs_for(people[path], n=settings.n, as_of=_DAY)
        explained = [(match, recommender.explain(match, language=language)) for match in matches]
        if as_json:
            found = [match_fields(match, explanation, "jobs") for match, explanation in explained]
            write_line({"source": path, "matches": found, "versions": versions(recommender, settings, _DAY)})
        else:
            show_matches(f"Jobs for {path.rsplit('/', 1)[-1]}", explained, "jobs")
    job = recommender.catalog.jobs([demo_job()])[0]
    explained = [
        (match, recommender.explain(match, language=language))
        for match in recommender.people_for(job, n=settings.n, as_of=_DAY)
    ]
    if as_json:
        found = [match_fields(match, explanation, "people") for match, explanation in explained]
        write_line({"source": job.id, "matches": found, "versions": versions(recommender, settings, _DAY)})
    else:
        show_matches(f"People for {job.title}, {job.hiring_organization}", explained, "people")
        note("Your own: metier recommend RESUME --jobs FEED   ·   metier people FEED#ID --resumes FOLDER")
    faults.end()
