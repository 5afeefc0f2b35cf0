"""What all commands share: options, errors as lines, progress, JSON lines."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Annotated, Any, NoReturn, TypeVar

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from typer.core import TyperCommand, TyperOption

from metier.errors import MetierError

T = TypeVar("T")
NOTES = Console(stderr=True, highlight=False, soft_wrap=True)
OUTPUT = Console(highlight=False)

CatalogOption = Annotated[str, typer.Option("--catalog", metavar="URI", help="A catalog that was imported before.")]
CountOption = Annotated[int | None, typer.Option("-n", min=1, help="How many matches; 10 unless set.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Write JSON, for programs.")]
AsOfOption = Annotated[str, typer.Option("--as-of", metavar="DATE", help="Reckon as on this day; today if left out.")]
LangOption = Annotated[str, typer.Option("--lang", metavar="en|zh", help="The language of the explanations.")]


class SpreadCommand(TyperCommand):
    """A command whose repeatable options take several values at once: `--resumes a.pdf b.pdf`.

    Values spread only once the command has its first argument; before it an option takes one value, as usual.
    """

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 - Typer does not export its context
        """Repeat the option's name before each of its values."""
        options = {name: option for option in self.params if isinstance(option, TyperOption) for name in option.opts}
        return super().parse_args(ctx, list(_spread(args, options)))


def _spread(args: list[str], options: dict[str, TyperOption]) -> Iterator[str]:
    has_argument = False
    spreading, takes_value = "", False
    for arg in args:
        option = options.get(arg)
        if takes_value:
            takes_value = False
        elif option is not None:
            takes_value = not option.is_flag
            spreading = arg if option.multiple and has_argument else ""
        elif arg.startswith("-") and arg != "-":
            spreading = ""
        elif spreading:
            yield spreading
        else:
            has_argument = True
        yield arg


def read_day(text: str) -> dt.date:
    """Read `--as-of`; today, in UTC, when it is empty."""
    if not text:
        return dt.datetime.now(tz=dt.UTC).date()
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        usage_error(f"--as-of {text!r} is no date; write it as 2026-12-31")


def read_language(text: str) -> str:
    """Check `--lang`."""
    if text not in {"en", "zh"}:
        usage_error(f"--lang {text!r} is not spoken; use en or zh")
    return text


def usage_error(message: str) -> NoReturn:
    """End with exit code 2."""
    NOTES.print(f"error: {message}", style="red", markup=False)
    raise typer.Exit(2)


def note(message: str) -> None:
    """Write a line for people, beside the answer."""
    NOTES.print(message, markup=False)


def note_cut(count: int) -> None:
    """Say how many texts an encoder read only the beginning of; nothing when it read all."""
    if count:
        note(f"{count} texts were longer than the encoder reads and were cut; see docs/encoders.md")


def note_error(error: MetierError, source: str = "") -> None:
    """Write an error as one line with its remedy."""
    lead = f"{source}: " if source and source not in str(error) else ""
    hint = f" — {error.hint}" if error.hint else ""
    NOTES.print(f"error: {lead}{error}{hint}", style="red", markup=False)


def error_fields(error: MetierError) -> dict[str, str]:
    """Give an error as JSON values."""
    return {"code": error.code, "message": str(error), "hint": error.hint}


def write_line(fields: dict[str, Any]) -> None:
    """Write one JSON object on one line."""
    sys.stdout.write(json.dumps(fields, ensure_ascii=False, separators=(",", ":")) + "\n")
    sys.stdout.flush()


def track(
    items: Iterable[T], what: str, *, total: int | None = None, count: Callable[[T], int] | None = None
) -> Iterator[T]:
    """Go through items with a progress bar, where a person is watching."""
    with _progress() as progress:
        task = progress.add_task(what, total=total)
        for item in items:
            yield item
            progress.advance(task, count(item) if count else 1)


@contextmanager
def progress_bar(what: str) -> Iterator[Callable[[int, int], None]]:
    """Show a bar that is moved to how many are done of how many, where a person is watching."""
    with _progress() as progress:
        task = progress.add_task(what, total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)


def _progress() -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    return Progress(*columns, console=NOTES, transient=True, disable=not NOTES.is_terminal)
