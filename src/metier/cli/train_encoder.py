"""`metier train encoder`: tune an encoder on pairs, and let it serve if it is better than before."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from metier.cli.base import OUTPUT, JsonOption, note, write_line

if TYPE_CHECKING:
    from metier.training.encoder_run import Outcome
    from metier.training.objective import Nearness
    from metier.training.pairs import Pair
    from metier.training.recipe import Recipe

_NOT_WON = 3


def encoder(
    pairs: Annotated[Path, typer.Argument(metavar="PAIRS", help="CSV or JSONL: text_a, text_b, label or text_c.")],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Where the encoder and its run are written.")],
    base: Annotated[str, typer.Option(help="`metier`, onnx:FOLDER, or hf:FOLDER of a BERT.")] = "metier",
    preset: Annotated[str, typer.Option(help="`default`, or `paper`: linear head, BCE, Adam 1e-5.")] = "default",
    loss: Annotated[str | None, typer.Option(help="mnrl, bce, ce, mse, triplet or lambda.")] = None,
    adaptation: Annotated[str | None, typer.Option(help="full, lora, adalora, or head.")] = None,
    head: Annotated[str | None, typer.Option(help="none, linear, mlp, positional, attention or late.")] = None,
    form: Annotated[str | None, typer.Option(help="two-tower or cross-encoder.")] = None,
    validation: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Held-out pairs; else some are drawn.")
    ] = None,
    share: Annotated[float, typer.Option(min=0.01, max=0.9, help="How much is held out.")] = 0.2,
    epochs: Annotated[int | None, typer.Option(min=0, help="Passes over the pairs.")] = None,
    steps: Annotated[int | None, typer.Option(min=0, help="Steps at most; 0 for no limit.")] = None,
    batch_size: Annotated[int | None, typer.Option(min=1, help="Pairs of a step.")] = None,
    learning_rate: Annotated[float | None, typer.Option(min=0, help="Of the top layer.")] = None,
    word_rate: Annotated[float | None, typer.Option(min=0, help="Of words, as a share of that.")] = None,
    layer_decay: Annotated[float | None, typer.Option(min=0, max=1, help="Share of the rate, a layer down.")] = None,
    temperature: Annotated[float | None, typer.Option(min=0.001, help="By which likeness is divided.")] = None,
    negatives: Annotated[int | None, typer.Option(min=0, help="Wrong texts drawn for each pair.")] = None,
    label_smoothing: Annotated[float | None, typer.Option(min=0, max=0.9, help="Share of the target to all.")] = None,
    weight_decay: Annotated[float | None, typer.Option(min=0, help="Of AdamW.")] = None,
    dropout: Annotated[float | None, typer.Option(min=0, max=0.9, help="Share of states left out.")] = None,
    rank: Annotated[int | None, typer.Option(min=1, help="Of LoRA and AdaLoRA.")] = None,
    max_tokens: Annotated[int | None, typer.Option(min=3, help="Longer texts are cut.")] = None,
    patience: Annotated[int | None, typer.Option(min=0, help="Checks without a gain; 0 for never.")] = None,
    checks: Annotated[int | None, typer.Option(min=1, help="Checks on the held-out pairs.")] = None,
    twin_weight: Annotated[float | None, typer.Option(min=0, help="Of score gaps between twins.")] = None,
    graph_weight: Annotated[float | None, typer.Option(min=0, max=0.9, help="Of nearness in the graph.")] = None,
    cached: Annotated[bool | None, typer.Option("--cached/--not-cached", help="Large batches in slices.")] = None,
    save_memory: Annotated[bool | None, typer.Option("--save-memory/--not-save-memory", help="Recompute.")] = None,
    bf16: Annotated[bool | None, typer.Option("--bf16/--no-bf16", help="Products of 16-bit numbers.")] = None,
    threads: Annotated[int, typer.Option(min=0, help="Of PyTorch; 0 for its own choice.")] = 0,
    seed: Annotated[int | None, typer.Option(help="Decides every draw.")] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on where a stopped run was.")] = False,
    keep: Annotated[bool, typer.Option("--keep", help="Keep the encoder though it is not better.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Tune an encoder on pairs, and keep it only if it is better than before on held-out ones.

    Raises:
        MissingExtraError: PyTorch or ONNX is not installed.
        Exit: With 3 when the tuned encoder is not better.
    """
    from metier.errors import MissingExtraError  # noqa: PLC0415 - help must be fast
    from metier.training.recipe import recipe_of  # noqa: PLC0415

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
    train, held = split_pairs(pairs, validation, share, recipe)
    if any(find_spec(name) is None for name in ("torch", "onnx")):
        raise MissingExtraError("training", "train")
    from metier.training.encoder_run import EncoderRun  # noqa: PLC0415 - only now is PyTorch loaded

    use_threads(threads)
    run = EncoderRun(
        base=base,
        train=train,
        held_out=held,
        recipe=recipe,
        folder=out,
        files=[pairs, *([validation] if validation else [])],
        nearness=_nearness(recipe),
        keeps=keep,
    )
    outcome = run.run(resumes=resume, tell=tell_step)
    show_outcome(outcome, out, as_json=as_json)
    if not outcome.is_promoted:
        raise typer.Exit(_NOT_WON)


def split_pairs(path: Path, validation: Path | None, share: float, recipe: Recipe) -> tuple[list[Pair], list[Pair]]:
    """Read the pairs, say what is odd about them, and split them."""
    from metier.errors import InputError  # noqa: PLC0415
    from metier.training.pairs import held_out, leaked, read_pairs  # noqa: PLC0415

    train, findings = read_pairs(path)
    for sentence in findings.sentences():
        note(sentence)
    if not train:
        raise InputError(f"{path}: no pair is left", hint="Decide which of two contradicting labels is right.")
    if validation is None:
        return held_out(train, share=share, seed=recipe.seed)
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


def _nearness(recipe: Recipe) -> Nearness | None:
    if not recipe.graph_weight:
        return None
    from metier.graph.linker import SkillLinker  # noqa: PLC0415
    from metier.training.knowledge import TextNearness  # noqa: PLC0415

    return TextNearness(SkillLinker())


def use_threads(count: int) -> None:
    """Let PyTorch run on so many threads; 0 leaves it its own choice. On a busy machine one is often faster."""
    if count:
        import_module("torch").set_num_threads(count)


def tell_step(entry: dict[str, Any]) -> None:
    """Write how far a run is, beside the answer."""
    note(
        f"step {entry['step']:.0f} of {entry['steps']}: loss {entry['loss']:.4f}, "
        f"held-out nDCG@10 {entry['value']:.4f}, "
        f"{entry['seconds_a_step']:.2f} s a step, peak {entry['peak_mb']:,.0f} MB"
    )


def show_outcome(outcome: Outcome, out: Path, *, as_json: bool) -> None:
    """Write what a run has shown, and whether it serves."""
    told = outcome.gain.sentence()
    if as_json:
        write_line(
            {
                "promoted": outcome.is_promoted,
                "before": outcome.before.ndcg,
                "after": outcome.after.ndcg,
                "gain": outcome.gain.mean,
                "interval": list(outcome.gain.interval),
                "trained_weights": outcome.tuned.trained,
                "parity": outcome.parity and outcome.parity.graph,
            }
        )
        return
    OUTPUT.print(f"before {outcome.before.ndcg:.4f}, after {outcome.after.ndcg:.4f}: {told}", markup=False)
    share = outcome.tuned.trained / outcome.tuned.weights
    OUTPUT.print(f"{outcome.tuned.trained:,} weights moved ({share:.2%} of the language model's)", markup=False)
    if outcome.is_promoted and outcome.parity is not None:
        alike = f"cosine {outcome.parity.trained:.4f} to what was trained, before 8 bits"
        OUTPUT.print(f"METIER_ENCODER=onnx:{out} uses it; {alike}", markup=False)
    else:
        OUTPUT.print("not better than before beyond chance: nothing is promoted", markup=False)
