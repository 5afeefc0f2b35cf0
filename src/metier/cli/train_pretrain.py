"""`metier train pretrain`: go on pre-training an encoder on the user's own texts."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, cast, get_args

import typer

from metier.cli.base import JsonOption, usage_error
from metier.cli.train_run import (
    BaseOption,
    KeepOption,
    OutOption,
    ResumeOption,
    ThreadsOption,
    TrackerOption,
    Wishes,
    finish,
    need_extra,
    use_threads,
)


def pretrain(
    texts: Annotated[Path, typer.Argument(metavar="TEXTS", help="A text a line, or CSV or JSONL with a column text.")],
    out: OutOption,
    objective: Annotated[str, typer.Option(help="mlm, simcse or tsdae; clm for a decoder.")] = "tsdae",
    base: BaseOption = "metier",
    epochs: Annotated[int, typer.Option(min=0, help="Passes over the texts.")] = 1,
    steps: Annotated[int, typer.Option(min=0, help="Steps at most; 0 for no limit.")] = 0,
    batch_size: Annotated[int, typer.Option(min=1, help="Texts of a step.")] = 64,
    learning_rate: Annotated[float, typer.Option(min=0, help="The highest.")] = 3e-5,
    adaptation: Annotated[str, typer.Option(help="full, lora or adalora.")] = "full",
    max_tokens: Annotated[int, typer.Option(min=3, help="Longer texts are cut.")] = 128,
    checks: Annotated[int, typer.Option(min=1, help="Checks on the held-out texts.")] = 8,
    patience: Annotated[int, typer.Option(min=0, help="Checks without a gain; 0 for never.")] = 3,
    threads: ThreadsOption = 0,
    seed: Annotated[int, typer.Option(help="Decides every draw.")] = 0,
    resume: ResumeOption = False,
    keep: KeepOption = False,
    tracker: TrackerOption = "",
    as_json: JsonOption = False,
) -> None:
    """Go on pre-training on texts without labels, and keep what is better than before on held-out ones.

    Halves of a held-out text must find one another better; to a decoder (`--objective clm`) it must be likelier.

    Raises:
        MissingExtraError: PyTorch or ONNX is not installed.
        Exit: With 3 when the model is not better.
    """
    from metier.training.pairs import read_texts  # noqa: PLC0415 - help must be fast
    from metier.training.recipe import PretrainObjective, recipe_of  # noqa: PLC0415

    known = get_args(PretrainObjective)
    if objective not in known:
        usage_error(f"--objective {objective!r} is not known; use one of: {', '.join(known)}")
    found = read_texts(texts)
    need_extra()
    use_threads(threads)
    recipe = recipe_of(
        "default",
        epochs=epochs,
        steps=steps,
        batch_size=batch_size,
        learning_rate=learning_rate,
        adaptation=adaptation,
        max_tokens=max_tokens,
        checks=checks,
        patience=patience,
        seed=seed,
    )
    shared: dict[str, Any] = {"texts": found, "recipe": recipe, "folder": out, "files": [texts], "keeps": keep}
    wishes = Wishes(pairs=texts, out=out, base=base, resumes=resume, keeps=keep, as_json=as_json, tracker=tracker)
    if objective == "clm":
        from metier.training.next_token import NextTokenRun  # noqa: PLC0415 - only now is PyTorch loaded

        finish(NextTokenRun(base=base, **shared), wishes)
    else:
        from metier.training.pretrain_run import PretrainRun  # noqa: PLC0415 - the same

        finish(PretrainRun(base=base, objective=cast("PretrainObjective", objective), **shared), wishes)
