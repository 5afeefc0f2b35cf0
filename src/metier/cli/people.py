"""`metier people`: people for a job."""

from __future__ import annotations

from typing import Annotated

import typer

from metier.cli.base import (
    AsOfOption,
    CatalogOption,
    CountOption,
    JsonOption,
    LangOption,
    note,
    read_day,
    read_language,
    write_line,
)


def people(
    job: Annotated[str, typer.Argument(metavar="JOB", help="A file with one posting, or FEED#ID, or FEED#ROW.")],
    resumes: Annotated[
        list[str] | None, typer.Option(metavar="PATH…", help="Files, folders, or tables with a text column.")
    ] = None,
    catalog: CatalogOption = "",
    n: CountOption = None,
    as_json: JsonOption = False,
    as_of: AsOfOption = "",
    lang: LangOption = "",
) -> None:
    """Recommend people for a job, and say why.

    Raises:
        Exit: With 1 when a resume could not be read.
    """
    from metier.cli.show import show_matches  # noqa: PLC0415
    from metier.cli.source import Faults, open_recommender, read_all_people  # noqa: PLC0415
    from metier.config import load_settings  # noqa: PLC0415
    from metier.jobs import find_job  # noqa: PLC0415
    from metier.service.answer import match_fields, versions  # noqa: PLC0415 - help must be fast

    settings, _ = load_settings()
    day, language = read_day(as_of), read_language(lang or settings.lang)
    faults = Faults()
    uri = "" if resumes else catalog or settings.catalog
    recommender = open_recommender(uri, settings)
    wanted = find_job(job, graph=recommender.graph)
    if not uri:
        recommender.add(read_all_people(resumes or _sample(), recommender, faults))
    matches = recommender.people_for(wanted, n=n or settings.n, as_of=day)
    explained = [(match, recommender.explain(match, language="zh" if language == "zh" else "en")) for match in matches]
    if as_json:
        found = [match_fields(match, explanation, "people") for match, explanation in explained]
        answer = {"source": job, "matches": found, "versions": versions(recommender, settings, day)}
        write_line(answer | ({"errors": faults.told} if faults.told else {}))
    else:
        show_matches(f"{wanted.title} ({job})", explained, "people")
    faults.end()


def _sample() -> list[str]:
    from metier.sample import resumes_path  # noqa: PLC0415

    note("no --resumes and no --catalog: the people are those of the sample")
    return [str(resumes_path())]
