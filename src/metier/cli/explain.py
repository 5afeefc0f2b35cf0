"""`metier explain`: one person and one job, whole."""

from __future__ import annotations

from typing import Annotated

import typer

from metier.cli.base import AsOfOption, JsonOption, LangOption, read_day, read_language, write_line


def explain(
    resume: Annotated[str, typer.Argument(metavar="RESUME", help="A resume.")],
    job: Annotated[str, typer.Argument(metavar="JOB", help="A file with one posting, or FEED#ID, or FEED#ROW.")],
    as_json: JsonOption = False,
    as_of: AsOfOption = "",
    lang: LangOption = "",
) -> None:
    """Say how well a person and a job fit, and why: every condition, factor and requirement."""
    from metier.cli.show import show_explanation  # noqa: PLC0415
    from metier.cli.source import open_recommender  # noqa: PLC0415
    from metier.config import load_settings  # noqa: PLC0415
    from metier.jobs import find_job  # noqa: PLC0415
    from metier.resumes import read_resume  # noqa: PLC0415
    from metier.service.answer import job_fields, match_fields, versions  # noqa: PLC0415 - help must be fast

    settings, _ = load_settings()
    day, language = read_day(as_of), read_language(lang or settings.lang)
    recommender = open_recommender("", settings)
    person = read_resume(resume, graph=recommender.graph)
    match = recommender.match(person, find_job(job, graph=recommender.graph), as_of=day)
    explanation = recommender.explain(match, language="zh" if language == "zh" else "en")
    if as_json:
        found = match_fields(match, explanation, "people") | {"job": job_fields(match)}
        write_line({"source": resume, "match": found, "versions": versions(recommender, settings, day)})
    else:
        show_explanation(match, explanation)
