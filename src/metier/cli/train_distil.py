"""`metier train distil`: an encoder learns the scores of a teacher."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from metier.cli.base import JsonOption, usage_error
from metier.cli.train_run import (
    AdaptationOption,
    BaseOption,
    BatchOption,
    Bf16Option,
    ChecksOption,
    EpochsOption,
    KeepOption,
    OutOption,
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
    finish,
    need_extra,
    split_pairs,
    use_threads,
)

if TYPE_CHECKING:
    from metier.models.base import Encoder
    from metier.training.measure import Score
    from metier.training.pairs import Pair
    from metier.training.recipe import Recipe

_RATE = 5e-5
Parts = tuple[list["Pair"], list["Pair"], list["Pair"]]


def distil(
    data: Annotated[Path, typer.Argument(metavar="FILE", help="Pairs, or texts alone where the teacher encodes.")],
    out: OutOption,
    teacher: Annotated[
        str, typer.Option(help="An encoder by name, cross:FOLDER, chat:FOLDER, or a file of scores (.csv, .jsonl).")
    ],
    base: BaseOption = "metier",
    loss: Annotated[str, typer.Option(help="mse: each score; ce: the order of a list.")] = "mse",
    adaptation: AdaptationOption = None,
    validation: ValidationOption = None,
    share: ShareOption = 0.2,
    epochs: EpochsOption = None,
    steps: StepsOption = None,
    batch_size: BatchOption = None,
    learning_rate: RateOption = _RATE,
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
    """Let an encoder learn a teacher's scores of your texts, and keep it only if it is better on held-out ones.

    Raises:
        MissingExtraError: PyTorch or ONNX is not installed.
        Exit: With 3 when it is not better.
    """
    from metier.training.recipe import recipe_of  # noqa: PLC0415 - help must be fast

    if loss not in {"mse", "ce"}:
        usage_error(f"--loss {loss!r} learns no scores; use mse or ce")
    recipe = recipe_of(
        "default",
        loss=loss,
        adaptation=adaptation,
        epochs=epochs,
        steps=steps,
        batch_size=batch_size,
        learning_rate=learning_rate,
        max_tokens=max_tokens,
        patience=patience,
        checks=checks,
        in_bf16=bf16,
        seed=seed,
    )
    wishes = Wishes(
        pairs=data,
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
    need_extra()
    use_threads(threads)
    train, held, judged = _parts(wishes, teacher, recipe)
    from metier.training.distil_run import DistilRun  # noqa: PLC0415 - only now is PyTorch loaded

    run = DistilRun(
        base=base,
        train=train,
        held_out=held,
        judged=judged,
        recipe=recipe,
        folder=out,
        files=wishes.files,
        keeps=keep,
        facts={"teacher": Path(teacher).name if Path(teacher).is_file() else teacher.partition(":")[0]},
    )
    finish(run, wishes)


def _parts(wishes: Wishes, teacher: str, recipe: Recipe) -> Parts:
    """Give pairs that the teacher has scored, pairs to measure on, and held-out pairs that the teacher has scored."""
    from metier.training.pairs import held_out, holds_pairs, read_texts  # noqa: PLC0415
    from metier.training.teacher import pairs_of_texts, taught, with_others  # noqa: PLC0415

    if holds_pairs(wishes.pairs):
        train, held = split_pairs(wishes, recipe)
        if Path(teacher).is_file():
            return taught(train, _teacher(teacher)), held, []
        scorer = _teacher(teacher)
        return (
            taught(with_others(train, seed=recipe.seed), scorer),
            held,
            taught(with_others(held, seed=recipe.seed), scorer),
        )
    encoder = _encoder(teacher)
    if encoder is None:
        usage_error("texts alone need a teacher that encodes; give pairs to one that scores")
    pairs, nearest = pairs_of_texts(read_texts(wishes.pairs), encoder, seed=recipe.seed)
    _, held = held_out(nearest, share=wishes.share, seed=recipe.seed)
    asked = {pair.left for pair in held}
    told = taught(pairs, _teacher(teacher))
    train = [pair for pair in told if not {pair.left, pair.right} & asked]
    return train, held, [pair for pair in told if pair.left in asked]


def _teacher(name: str) -> Score:
    from metier.models.own import metier_encoder  # noqa: PLC0415
    from metier.training.teacher import CHAT, CROSS, CosineTeacher, open_scorer, scores_of_file  # noqa: PLC0415

    if Path(name).is_file():
        return scores_of_file(Path(name))
    if name.startswith((CROSS, CHAT)):
        return open_scorer(name, search=metier_encoder().encode)
    return CosineTeacher(_named(name).encode)


def _encoder(name: str) -> Encoder | None:
    from metier.training.teacher import CHAT, CROSS  # noqa: PLC0415

    return None if Path(name).is_file() or name.startswith((CROSS, CHAT)) else _named(name)


def _named(name: str) -> Encoder:
    from metier.config import load_settings  # noqa: PLC0415
    from metier.models.named import open_encoder  # noqa: PLC0415

    return open_encoder(name, load_settings()[0])
