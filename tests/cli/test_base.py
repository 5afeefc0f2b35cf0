"""Options, errors as lines, JSON lines."""

import datetime as dt
import json
from typing import Annotated

import pytest
import typer
from typer.testing import CliRunner

from metier.cli.base import (
    SpreadCommand,
    error_fields,
    note_cut,
    note_error,
    progress_bar,
    read_day,
    read_language,
    track,
    usage_error,
    write_line,
)
from metier.errors import BadPostingError, InputError


@pytest.fixture(scope="module")
def spread():
    """Give what a command with an argument, a repeatable option and a flag makes of its words."""
    app = typer.Typer()

    @app.command(cls=SpreadCommand)
    def command(
        files: list[str],
        jobs: Annotated[list[str], typer.Option(default_factory=list)],
        n: Annotated[int, typer.Option("-n")] = 0,
        loud: bool = False,
    ):
        typer.echo(json.dumps([files, jobs, n, loud]))

    def read(words):
        result = CliRunner().invoke(app, words.split())
        assert result.exit_code == 0, result.output
        return json.loads(result.stdout)

    return read


@pytest.mark.parametrize(
    ("words", "files", "jobs", "n", "loud"),
    [
        ("a --jobs x y z", ["a"], ["x", "y", "z"], 0, False),
        ("a b --jobs x y -n 3 --loud", ["a", "b"], ["x", "y"], 3, True),
        ("a --jobs x --jobs y z", ["a"], ["x", "y", "z"], 0, False),
        ("--jobs x a b", ["a", "b"], ["x"], 0, False),
        ("--jobs x --jobs y a", ["a"], ["x", "y"], 0, False),
        ("-n 3 a --jobs x y", ["a"], ["x", "y"], 3, False),
        ("a --jobs=x b", ["a", "b"], ["x"], 0, False),
        ("a --loud b", ["a", "b"], [], 0, True),
        ("a --jobs x -", ["a"], ["x", "-"], 0, False),
        ("a --jobs x --loud b", ["a", "b"], ["x"], 0, True),
        ("a --jobs x -- -b", ["a", "-b"], ["x"], 0, False),
    ],
)
def test_values_spread_after_the_first_argument(spread, words, files, jobs, n, loud):
    assert spread(words) == [files, jobs, n, loud]


def test_a_day_is_read_and_today_is_in_utc():
    assert read_day("2026-12-31") == dt.date(2026, 12, 31)
    assert abs(read_day("") - dt.datetime.now(tz=dt.UTC).date()) <= dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("read", "text"), [(read_day, "31/12/2026"), (read_day, "2026-02-30"), (read_language, "fr"), (read_language, "")]
)
def test_what_is_no_day_or_language_is_wrong_usage(read, text, capsys):
    with pytest.raises(typer.Exit) as ended:
        read(text)
    assert ended.value.exit_code == 2
    assert repr(text) in capsys.readouterr().err


def test_wrong_usage_ends_with_2_and_says_why(capsys):
    with pytest.raises(typer.Exit) as ended:
        usage_error("[b]no[/b]")
    assert ended.value.exit_code == 2
    assert "error: [b]no[/b]" in capsys.readouterr().err


def test_an_error_is_a_line_that_names_its_source_once(capsys):
    note_error(InputError("it is empty", hint="Fill it."), "a.csv")
    note_error(BadPostingError("no title", source="a.csv", row=2), "a.csv")
    assert capsys.readouterr().err.splitlines() == [
        "error: a.csv: it is empty — Fill it.",
        "error: a.csv, row 2: no title",
    ]


def test_an_error_as_json_has_its_code_and_its_remedy():
    assert error_fields(InputError("x", hint="y")) == {"code": "bad_input", "message": "x", "hint": "y"}


def test_json_is_one_line_and_keeps_its_letters(capsys):
    write_line({"title": "护士\n“Nurse”", "n": None})
    out = capsys.readouterr().out
    assert out.count("\n") == 1
    assert "护士" in out
    assert json.loads(out) == {"title": "护士\n“Nurse”", "n": None}


def test_progress_takes_nothing_away_and_prints_nothing_into_a_file(capsys):
    assert list(track(iter("abc"), "reading")) == ["a", "b", "c"]
    assert list(track([], "reading", total=0)) == []
    assert capsys.readouterr().out == ""


def test_texts_that_were_cut_are_told_and_none_are_not(capsys):
    note_cut(0)
    assert capsys.readouterr().err == ""
    note_cut(12)
    assert "12 texts were longer" in capsys.readouterr().err


def test_a_bar_moves_silently_where_nobody_watches(capsys):
    with progress_bar("encoding") as move:
        move(1, 2)
        move(2, 2)
    assert capsys.readouterr() == ("", "")
