"""`metier train pretrain`: go on pre-training an encoder on the user's own texts."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from metier.cli.base import JsonOption, usage_error
from metier.cli.train_encoder import show_outcome, tell_step, use_threads

if TYPE_CHECKING:
    from metier.training.recipe import PretrainObjective

_NOT_WON = 3


def pretrain(
    texts: Annotated[Path, typer.Argument(metavar="TEXTS", help="A text a line, or CSV or JSONL with a column text.")],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Where the encoder and its run are written.")],
    objective: Annotated[str, typer.Option(help="mlm, simcse or tsdae.")] = "tsdae",
    base: Annotated[str, typer.Option(help="`metier`, onnx:FOLDER, or hf:FOLDER of a BERT.")] = "metier",
    epochs: Annotated[int, typer.Option(min=0, help="Passes over the texts.")] = 1,
    steps: Annotated[int, typer.Option(min=0, help="Steps at most; 0 for no limit.")] = 0,
    batch_size: Annotated[int, typer.Option(min=1, help="Texts of a step.")] = 64,
    learning_rate: Annotated[float, typer.Option(min=0, help="The highest.")] = 3e-5,
    max_tokens: Annotated[int, typer.Option(min=3, help="Longer texts are cut.")] = 128,
    checks: Annotated[int, typer.Option(min=1, help="Checks on the held-out texts.")] = 8,
    patience: Annotated[int, typer.Option(min=0, help="Checks without a gain; 0 for never.")] = 3,
    threads: Annotated[int, typer.Option(min=0, help="Of PyTorch; 0 for its own choice.")] = 0,
    seed: Annotated[int, typer.Option(help="Decides every draw.")] = 0,
    resume: Annotated[bool, typer.Option("--resume", help="Go on where a stopped run was.")] = False,
    keep: Annotated[bool, typer.Option("--keep", help="Keep the encoder though it is not better.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Go on pre-training on texts without labels; halves of held-out texts must find one another better than before.

    Raises:
        MissingExtraError: PyTorch or ONNX is not installed.
        Exit: With 3 when the encoder is not better.
    """
    from metier.errors import MissingExtraError  # noqa: PLC0415 - help must be fast
    from metier.training.pairs import read_texts  # noqa: PLC0415
    from metier.training.recipe import recipe_of  # noqa: PLC0415

    if objective not in {"mlm", "simcse", "tsdae"}:
        usage_error(f"--objective {objective!r} is not known; use mlm, simcse or tsdae")
    found = read_texts(texts)
    if any(find_spec(name) is None for name in ("torch", "onnx")):
        raise MissingExtraError("training", "train")
    from metier.training.pretrain_run import PretrainRun  # noqa: PLC0415 - only now is PyTorch loaded

    use_threads(threads)
    run = PretrainRun(
        base=base,
        texts=found,
        objective=cast("PretrainObjective", objective),
        recipe=recipe_of(
            "default",
            epochs=epochs,
            steps=steps,
            batch_size=batch_size,
            learning_rate=learning_rate,
            max_tokens=max_tokens,
            checks=checks,
            patience=patience,
            seed=seed,
        ),
        folder=out,
        files=[texts],
        keeps=keep,
    )
    outcome = run.run(resumes=resume, tell=tell_step)
    show_outcome(outcome, out, as_json=as_json)
    if not outcome.is_promoted:
        raise typer.Exit(_NOT_WON)
