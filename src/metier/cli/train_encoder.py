"""`metier train encoder`: tune an encoder on pairs, and let it serve if it is better than before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from metier.cli.base import JsonOption
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

if TYPE_CHECKING:
    from metier.training.objective import Nearness
    from metier.training.recipe import Recipe


def encoder(
    pairs: PairsArgument,
    out: OutOption,
    base: BaseOption = "metier",
    preset: Annotated[str, typer.Option(help="`default`, or `paper`: linear head, BCE, Adam 1e-5.")] = "default",
    loss: Annotated[str | None, typer.Option(help="mnrl, bce, ce, mse, triplet or lambda.")] = None,
    adaptation: AdaptationOption = None,
    head: Annotated[str | None, typer.Option(help="none, linear, mlp, positional, attention or late.")] = None,
    form: Annotated[str | None, typer.Option(help="two-tower or cross-encoder.")] = None,
    validation: ValidationOption = None,
    share: ShareOption = 0.2,
    epochs: EpochsOption = None,
    steps: StepsOption = None,
    batch_size: BatchOption = None,
    learning_rate: RateOption = None,
    word_rate: Annotated[float | None, typer.Option(min=0, help="Of words, as a share of that.")] = None,
    layer_decay: Annotated[float | None, typer.Option(min=0, max=1, help="Share of the rate, a layer down.")] = None,
    temperature: Annotated[float | None, typer.Option(min=0.001, help="By which likeness is divided.")] = None,
    negatives: NegativesOption = None,
    label_smoothing: Annotated[float | None, typer.Option(min=0, max=0.9, help="Share of the target to all.")] = None,
    weight_decay: Annotated[float | None, typer.Option(min=0, help="Of AdamW.")] = None,
    dropout: Annotated[float | None, typer.Option(min=0, max=0.9, help="Share of states left out.")] = None,
    rank: RankOption = None,
    max_tokens: TokensOption = None,
    patience: PatienceOption = None,
    checks: ChecksOption = None,
    twin_weight: Annotated[float | None, typer.Option(min=0, help="Of score gaps between twins.")] = None,
    graph_weight: Annotated[float | None, typer.Option(min=0, max=0.9, help="Of nearness in the graph.")] = None,
    cached: Annotated[bool | None, typer.Option("--cached/--not-cached", help="Large batches in slices.")] = None,
    save_memory: Annotated[bool | None, typer.Option("--save-memory/--not-save-memory", help="Recompute.")] = None,
    bf16: Bf16Option = None,
    threads: ThreadsOption = 0,
    seed: SeedOption = None,
    resume: ResumeOption = False,
    keep: KeepOption = False,
    tracker: TrackerOption = "",
    as_json: JsonOption = False,
) -> None:
    """Tune an encoder on pairs, and keep it only if it is better than before on held-out ones.

    Raises:
        MissingExtraError: PyTorch or ONNX is not installed.
        Exit: With 3 when the tuned encoder is not better.
    """
    from metier.training.recipe import recipe_of  # noqa: PLC0415 - help must be fast

    recipe = recipe_of(
        preset,
        loss=loss,
        adaptation=adaptation,
        head=head,
        form=form,
        epochs=epochs,
        steps=steps,
        batch_size=batch_size,
        learning_rate=learning_rate,
        word_rate=word_rate,
        layer_decay=layer_decay,
        temperature=temperature,
        negatives=negatives,
        label_smoothing=label_smoothing,
        weight_decay=weight_decay,
        dropout=dropout,
        rank=rank,
        max_tokens=max_tokens,
        patience=patience,
        checks=checks,
        twin_weight=twin_weight,
        graph_weight=graph_weight,
        is_cached=cached,
        saves_memory=save_memory,
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


def tune(wishes: Wishes, recipe: Recipe) -> None:
    """Tune an encoder, or what scores pairs with one, by a recipe.

    Raises:
        MissingExtraError: PyTorch or ONNX is not installed.
        Exit: With 3 when what was tuned is not better.
    """
    train, held = split_pairs(wishes, recipe)
    need_extra()
    from metier.training.encoder_run import EncoderRun  # noqa: PLC0415 - only now is PyTorch loaded

    use_threads(wishes.threads)
    run = EncoderRun(
        base=wishes.base,
        train=train,
        held_out=held,
        recipe=recipe,
        folder=wishes.out,
        files=wishes.files,
        nearness=_nearness(recipe),
        keeps=wishes.keeps,
    )
    finish(run, wishes)


def _nearness(recipe: Recipe) -> Nearness | None:
    if not recipe.graph_weight:
        return None
    from metier.graph.linker import SkillLinker  # noqa: PLC0415
    from metier.training.knowledge import TextNearness  # noqa: PLC0415

    return TextNearness(SkillLinker())
