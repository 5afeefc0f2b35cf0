"""What the commands that tune share: their options, the pairs, how far a run is, and what it has shown."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Protocol

import typer

from metier.cli.base import OUTPUT, note, write_line

if TYPE_CHECKING:
    from metier.training.outcome import Outcome
    from metier.training.pairs import Pair
    from metier.training.recipe import Recipe
    from metier.training.tracker import Tracker
    from metier.training.tuning import Tell

PairsArgument = Annotated[Path, typer.Argument(metavar="PAIRS", help="CSV or JSONL: text_a, text_b, label or text_c.")]
OutOption = Annotated[Path, typer.Option("--out", metavar="DIR", help="Where the model and its run are written.")]
BaseOption = Annotated[str, typer.Option(help="`metier`, onnx:FOLDER, or hf:FOLDER of a BERT.")]
ValidationOption = Annotated[Path | None, typer.Option(metavar="FILE", help="Held-out pairs; else some are drawn.")]
ShareOption = Annotated[float, typer.Option(min=0.01, max=0.9, help="How much is held out.")]
AdaptationOption = Annotated[str | None, typer.Option(help="full, lora, adalora, or head.")]
EpochsOption = Annotated[int | None, typer.Option(min=0, help="Passes over the pairs.")]
StepsOption = Annotated[int | None, typer.Option(min=0, help="Steps at most; 0 for no limit.")]
BatchOption = Annotated[int | None, typer.Option(min=1, help="Pairs of a step.")]
RateOption = Annotated[float | None, typer.Option(min=0, help="The highest; 0 for what suits the adaptation.")]
NegativesOption = Annotated[int | None, typer.Option(min=0, help="Wrong texts drawn for each pair.")]
RankOption = Annotated[int | None, typer.Option(min=1, help="Of LoRA and AdaLoRA.")]
TokensOption = Annotated[int | None, typer.Option(min=3, help="Longer texts are cut.")]
PatienceOption = Annotated[int | None, typer.Option(min=0, help="Checks without a gain; 0 for never.")]
ChecksOption = Annotated[int | None, typer.Option(min=1, help="Checks on the held-out pairs.")]
Bf16Option = Annotated[bool | None, typer.Option("--bf16/--no-bf16", help="Products of 16-bit numbers.")]
ThreadsOption = Annotated[int, typer.Option(min=0, help="Of PyTorch; 0 for its own choice.")]
SeedOption = Annotated[int | None, typer.Option(help="Decides every draw.")]
ResumeOption = Annotated[bool, typer.Option("--resume", help="Go on where a stopped run was.")]
KeepOption = Annotated[bool, typer.Option("--keep", help="Keep the model though it is not better.")]
TrackerOption = Annotated[str, typer.Option(help="Told too, beside the files: trackio, mlflow or wandb.")]
_TRACKED = ("loss", "value", "seconds_a_step", "peak_mb")
NOT_WON = 3
"""The exit code of a run that was not better."""


class Run(Protocol):
    """A training that measures before and after."""

    @property
    def recipe(self) -> Recipe:
        """Give its choices."""
        ...

    def run(self, *, resumes: bool = False, tell: Tell | None = None) -> Outcome:
        """Train, and let what wins serve."""
        ...

    def serves_as(self) -> str:
        """Say in a phrase how what it promotes is used."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What a command was asked for beside the recipe.

    Attributes:
        pairs: The file to learn from.
        out: The folder of the run.
        base: What is tuned.
        validation: The file to measure on; else a share of the pairs is held out.
        share: How much.
        threads: Of PyTorch, 0 for its own choice.
        resumes: Whether a stopped run goes on.
        keeps: Whether the model is kept though it is not better.
        as_json: Whether the answer is for programs.
        tracker: What is told beside the files; empty for nothing.
    """

    pairs: Path
    out: Path
    base: str
    validation: Path | None = None
    share: float = 0.2
    threads: int = 0
    resumes: bool = False
    keeps: bool = False
    as_json: bool = False
    tracker: str = ""

    @property
    def files(self) -> list[Path]:
        """Give the files that are learnt from and measured on."""
        return [self.pairs, *([self.validation] if self.validation else [])]


def need_extra() -> None:
    """Stop before anything is read or written where training cannot be done.

    Raises:
        MissingExtraError: PyTorch or ONNX is not installed.
    """
    from metier.errors import MissingExtraError  # noqa: PLC0415 - help must be fast

    if any(find_spec(name) is None for name in ("torch", "onnx")):
        raise MissingExtraError("training", "train")


def finish(run: Run, wishes: Wishes) -> None:
    """Let a run be, and say what it has shown.

    Raises:
        Exit: With 3 when what was tuned is not better.
    """
    tracker = _begun(run, wishes)

    def told(entry: dict[str, Any]) -> None:
        tell_step(entry)
        if tracker is not None:
            tracker.note(int(entry["step"]), {name: entry[name] for name in _TRACKED})

    outcome = run.run(resumes=wishes.resumes, tell=told)
    if tracker is not None:
        tracker.end({"before": outcome.before.value, "after": outcome.after.value, "gain": outcome.gain.mean})
    show_outcome(outcome, run.serves_as(), as_json=wishes.as_json)
    if not outcome.is_promoted:
        raise typer.Exit(NOT_WON)


def _begun(run: Run, wishes: Wishes) -> Tracker | None:
    """Open the tracker that is wished, before anything is trained."""
    if not wishes.tracker:
        return None
    from metier.training.tracker import open_tracker  # noqa: PLC0415 - only where one is wished

    tracker = open_tracker(wishes.tracker)
    tracker.begin(wishes.out.name, run.recipe.fields())
    return tracker


def split_pairs(wishes: Wishes, recipe: Recipe) -> tuple[list[Pair], list[Pair]]:
    """Read the pairs, say what is odd about them, and split them into those to learn from and those to measure on.

    Raises:
        InputError: A file cannot be read, or one of the parts has no pair.
    """
    from metier.errors import InputError  # noqa: PLC0415
    from metier.training.pairs import held_out, leaked, read_pairs  # noqa: PLC0415

    path, validation = wishes.pairs, wishes.validation
    train, findings = read_pairs(path)
    for sentence in findings.sentences():
        note(sentence)
    if not train:
        raise InputError(f"{path}: no pair is left", hint="Decide which of two contradicting labels is right.")
    if validation is None:
        return held_out(train, share=wishes.share, seed=recipe.seed)
    held, odd = read_pairs(validation)
    for sentence in odd.sentences():
        note(f"{validation.name}: {sentence}")
    seen = leaked(train, held)
    if seen:
        note(f"{len(seen)} held-out pairs are in the training too; they are left out of the training")
        known = {frozenset((pair.left, pair.right)) for pair in seen}
        train = [pair for pair in train if frozenset((pair.left, pair.right)) not in known]
    if not train or not held:
        raise InputError("no pair is left to learn from, or none to measure on", hint="Hold out other pairs.")
    return train, held


def use_threads(count: int) -> None:
    """Let PyTorch run on so many threads; 0 leaves it its own choice. On a busy machine one is often faster."""
    if count:
        import_module("torch").set_num_threads(count)


def tell_step(entry: dict[str, Any]) -> None:
    """Write how far a run is, beside the answer."""
    note(
        f"step {entry['step']:.0f} of {entry['steps']}: loss {entry['loss']:.4f}, "
        f"held-out value {entry['value']:.4f}, "
        f"{entry['seconds_a_step']:.2f} s a step, peak {entry['peak_mb']:,.0f} MB"
    )


def show_outcome(outcome: Outcome, serves_as: str, *, as_json: bool) -> None:
    """Write what a run has shown, and whether it serves.

    Args:
        outcome: What it has shown.
        serves_as: How what was promoted is used, in a phrase.
        as_json: For programs.
    """
    told = outcome.gain.sentence()
    if as_json:
        write_line(
            {
                "promoted": outcome.is_promoted,
                "metric": outcome.gain.metric,
                "before": outcome.before.value,
                "after": outcome.after.value,
                "gain": outcome.gain.mean,
                "interval": list(outcome.gain.interval),
                "trained_weights": outcome.tuned.trained,
                "parity": outcome.parity and outcome.parity.graph,
                "warnings": outcome.tuned.warnings,
            }
        )
        return
    OUTPUT.print(f"before {outcome.before.value:.4f}, after {outcome.after.value:.4f}: {told}", markup=False)
    share = outcome.tuned.trained / outcome.tuned.weights
    OUTPUT.print(f"{outcome.tuned.trained:,} weights moved ({share:.2%} of the language model's)", markup=False)
    for warning in outcome.tuned.warnings:
        note(f"warning: {warning}")
    if outcome.is_promoted:
        alike = outcome.parity and f"; cosine {outcome.parity.trained:.4f} to what was trained, before 8 bits"
        OUTPUT.print(f"{serves_as} uses it{alike or ''}", markup=False)
    else:
        OUTPUT.print("not better than before beyond chance: nothing is promoted", markup=False)
