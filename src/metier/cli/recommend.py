"""`metier recommend`: jobs for people."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from metier.cli.base import (
    AsOfOption,
    CatalogOption,
    CountOption,
    JsonOption,
    LangOption,
    error_fields,
    note,
    note_error,
    read_day,
    read_language,
    write_line,
)

if TYPE_CHECKING:
    from metier.records.preferences import Preferences


def recommend(
    resumes: Annotated[
        list[str], typer.Argument(metavar="RESUME…", help="PDF, DOCX, HTML, Markdown, text, JSON Resume.")
    ],
    jobs: Annotated[list[str] | None, typer.Option(metavar="FEED", help="A feed of jobs; may be given again.")] = None,
    catalog: CatalogOption = "",
    n: CountOption = None,
    as_json: JsonOption = False,
    as_of: AsOfOption = "",
    lang: LangOption = "",
    preferences: Annotated[str, typer.Option(metavar="FILE", help="Wishes, as TOML or JSON.")] = "",
    location: Annotated[list[str] | None, typer.Option(help="Where to work; may be given again.")] = None,
    workplace: Annotated[list[str] | None, typer.Option(help="on-site, hybrid or remote; may be given again.")] = None,
    salary_min: Annotated[str, typer.Option(help="The least pay, such as '£30,000 a year'.")] = "",
    employment_type: Annotated[list[str] | None, typer.Option(help="full-time, part-time, contract …")] = None,
    title: Annotated[list[str] | None, typer.Option(help="A wished title; may be given again.")] = None,
) -> None:
    """Recommend jobs for each resume, and say why.

    Raises:
        Exit: With 1 when a resume or a row could not be read.
    """
    from metier.cli.show import show_matches  # noqa: PLC0415
    from metier.cli.source import Faults, open_recommender, read_all_jobs  # noqa: PLC0415
    from metier.config import load_settings  # noqa: PLC0415
    from metier.errors import MetierError  # noqa: PLC0415
    from metier.resumes import read_resume, with_preferences  # noqa: PLC0415
    from metier.service.answer import match_fields, versions  # noqa: PLC0415 - help must be fast

    settings, _ = load_settings()
    day, language = read_day(as_of), read_language(lang or settings.lang)
    wishes = _wishes(
        preferences,
        locations=location,
        workplaces=workplace,
        salary_min=salary_min,
        employment_types=employment_type,
        titles=title,
    )
    faults = Faults()
    uri = "" if jobs else catalog or settings.catalog
    recommender = open_recommender(uri, settings)
    if not uri:
        recommender.add(read_all_jobs(jobs or _sample(), recommender, faults))
    for resume in _files(resumes):
        try:
            person = read_resume(resume, graph=recommender.graph)
            for wished in wishes:
                person = with_preferences(person, wished)
            matches = recommender.jobs_for(
                person, n=n or settings.n, as_of=day, employer_cap=settings.employer_cap or None
            )
        except MetierError as error:
            faults.told.append(error_fields(error))
            if as_json:
                write_line({"source": resume, "error": error_fields(error)})
            else:
                note_error(error, resume)
            continue
        explained = [
            (match, recommender.explain(match, language="zh" if language == "zh" else "en")) for match in matches
        ]
        if as_json:
            found = [match_fields(match, explanation, "jobs") for match, explanation in explained]
            write_line({"source": resume, "matches": found, "versions": versions(recommender, settings, day)})
        else:
            show_matches(resume, explained, "jobs")
    faults.end()


def _wishes(file: str, **flags: object) -> list[Preferences]:
    """Give the wishes of the file and of the flags, the latter last: they hold where both say something."""
    from metier.resumes import make_preferences, read_preferences  # noqa: PLC0415

    stated: dict[str, Any] = {name: value for name, value in flags.items() if value}
    from_file = [read_preferences(file)] if file else []
    return [*from_file, make_preferences(stated, source="the flags")]


def _sample() -> list[str]:
    from metier.sample import jobs_path  # noqa: PLC0415

    note("no --jobs and no --catalog: the jobs are those of the sample")
    return [str(jobs_path())]


def _files(resumes: list[str]) -> list[str]:
    """Give the files, and those within folders."""
    from metier.resumes.read import EXTENSIONS  # noqa: PLC0415

    found: list[str] = []
    for resume in resumes:
        path = Path(resume)
        inside = (
            sorted(str(file) for file in path.rglob("*") if file.suffix.lower() in EXTENSIONS) if path.is_dir() else []
        )
        found += inside or [resume]
    return found
