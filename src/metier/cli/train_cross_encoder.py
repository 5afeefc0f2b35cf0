"""`metier train cross-encoder`: tune a language model that reads two texts as one and scores the pair."""

from __future__ import annotations

from typing import Annotated

import typer

from metier.cli.base import JsonOption
from metier.cli.train_encoder import tune
from metier.cli.train_run import (
    AdaptationOption,
    BaseOption,
    BatchOption,
    Bf16Option,
    ChecksOption,
    EpochsOption,
    KeepOption,
    NegativesOption,
    OutOption,
    PairsArgument,
    PatienceOption,
    RateOption,
    ResumeOption,
    SeedOption,
    ShareOption,
    StepsOption,
    ThreadsOption,
    TokensOption,
    TrackerOption,
    ValidationOption,
    Wishes,
)


def cross_encoder(
    pairs: PairsArgument,
    out: OutOption,
    base: BaseOption = "metier",
    loss: Annotated[str, typer.Option(help="bce, mse or triplet.")] = "bce",
    adaptation: AdaptationOption = None,
    head: Annotated[str | None, typer.Option(help="none: a linear map, or mlp.")] = None,
    validation: ValidationOption = None,
    share: ShareOption = 0.2,
    epochs: EpochsOption = None,
    steps: StepsOption = None,
    batch_size: BatchOption = None,
    learning_rate: RateOption = None,
    negatives: NegativesOption = None,
    max_tokens: TokensOption = None,
    patience: PatienceOption = None,
    checks: ChecksOption = None,
    bf16: Bf16Option = None,
    threads: ThreadsOption = 0,
    seed: SeedOption = None,
    resume: ResumeOption = False,
    keep: KeepOption = False,
    tracker: TrackerOption = "",
    as_json: JsonOption = False,
) -> None:
    """Tune a cross-encoder on pairs, and keep it only if it ranks held-out ones better than the base.

    Raises:
        Exit: With 3 when it is not better.
    """
    from metier.training.recipe import recipe_of  # noqa: PLC0415 - help must be fast

    recipe = recipe_of(
        "default",
        form="cross-encoder",
        loss=loss,
        adaptation=adaptation,
        head=head,
        epochs=epochs,
        steps=steps,
        batch_size=batch_size,
        learning_rate=learning_rate,
        negatives=negatives,
        max_tokens=max_tokens,
        patience=patience,
        checks=checks,
        in_bf16=bf16,
        seed=seed,
    )
    wishes = Wishes(
        pairs=pairs,
        out=out,
        base=base,
        validation=validation,
        share=share,
        threads=threads,
        resumes=resume,
        keeps=keep,
        as_json=as_json,
        tracker=tracker,
    )
    tune(wishes, recipe)
