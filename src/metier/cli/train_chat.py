"""`metier train chat`: teach a decoder language model to say yes or no to two texts."""

from __future__ import annotations

from typing import Annotated

import typer

from metier.cli.base import JsonOption, usage_error
from metier.cli.train_run import (
    BatchOption,
    Bf16Option,
    ChecksOption,
    EpochsOption,
    KeepOption,
    NegativesOption,
    OutOption,
    PairsArgument,
    PatienceOption,
    RankOption,
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
    finish,
    need_extra,
    split_pairs,
    use_threads,
)


def chat(
    pairs: PairsArgument,
    out: OutOption,
    base: Annotated[str, typer.Option(help="hf:FOLDER of a causal language model.")],
    adaptation: Annotated[str, typer.Option(help="lora, adalora or full.")] = "lora",
    validation: ValidationOption = None,
    share: ShareOption = 0.2,
    epochs: EpochsOption = None,
    steps: StepsOption = None,
    batch_size: BatchOption = None,
    learning_rate: RateOption = None,
    negatives: NegativesOption = None,
    rank: RankOption = None,
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
    """Tune a decoder on pairs by what it says of yes and no, and keep it only if it ranks held-out ones better.

    Raises:
        MissingExtraError: PyTorch is not installed.
        Exit: With 3 when it is not better.
    """
    from metier.training.recipe import recipe_of  # noqa: PLC0415 - help must be fast

    if adaptation == "head":
        usage_error("--adaptation head: a decoder has no other head than yes and no; use lora, adalora or full")
    recipe = recipe_of(
        "default",
        form="cross-encoder",
        loss="bce",
        adaptation=adaptation,
        epochs=epochs,
        steps=steps,
        batch_size=batch_size or 16,
        learning_rate=learning_rate,
        negatives=negatives,
        rank=rank,
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
    train, held = split_pairs(wishes, recipe)
    need_extra()
    from metier.training.chat_run import ChatRun  # noqa: PLC0415 - only now is PyTorch loaded

    use_threads(threads)
    run = ChatRun(base=base, train=train, held_out=held, recipe=recipe, folder=out, files=wishes.files, keeps=keep)
    finish(run, wishes)
