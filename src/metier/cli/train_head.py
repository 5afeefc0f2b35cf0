"""`metier train head`: a classifier from as few as eight labels, over a frozen or a tuned encoder."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from metier.cli.base import OUTPUT, JsonOption, note, write_line

if TYPE_CHECKING:
    from metier.models.base import Encoder, Vectors
    from metier.training.few_shot import FewShotHead


def head(
    labels: Annotated[Path, typer.Argument(metavar="LABELS", help="CSV or JSONL: text, label; or what label wrote.")],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Where the head is written.")],
    unlabelled: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Texts without labels, for the semi-supervised step.")
    ] = None,
    tune: Annotated[bool, typer.Option("--tune", help="Tune the encoder on the labels first (SetFit).")] = False,
    base: Annotated[str, typer.Option(help="What --tune starts from: `metier`, onnx:FOLDER, hf:FOLDER.")] = "metier",
    seed: Annotated[int, typer.Option(help="Of the folds and pairs.")] = 0,
    as_json: JsonOption = False,
) -> None:
    """Learn to label texts, and say how well by cross-validation, beside always saying the commonest."""
    from metier.evaluation.bootstrap import bootstrap_interval  # noqa: PLC0415 - help must be fast
    from metier.training.few_shot import cross_validated, fit_head  # noqa: PLC0415
    from metier.training.pairs import content_hash, read_texts  # noqa: PLC0415
    from metier.training.run_file import write_run  # noqa: PLC0415
    from metier.training.self_training import self_train  # noqa: PLC0415

    examples, reads_pairs = _examples(labels)
    encoder = _tuned(base, examples, out) if tune and not reads_pairs else _named()
    names = [label for _, label in examples]
    vectors = _vectors(encoder, [text for text, _ in examples], reads_pairs=reads_pairs)
    made = fit_head(vectors, names, encoder=encoder.model_id)
    added: list[int] = []
    if unlabelled is not None and not reads_pairs:
        taught = self_train(vectors, names, encoder.encode(read_texts(unlabelled)), encoder=encoder.model_id)
        made, added = taught.head, taught.added
    _with_pairs(made, reads_pairs=reads_pairs).save(out)
    right = cross_validated(vectors, names, seed=seed)
    commonest = max(Counter(names).values()) / len(names)
    told: dict[str, Any] = {
        "kind": "head",
        "labels": len(names),
        "classes": list(made.classes),
        "accuracy": None if right is None else sum(right) / len(right),
        "interval": None if right is None else list(bootstrap_interval([float(each) for each in right], seed=seed)),
        "commonest": commonest,
        "self_trained": added,
        "encoder": encoder.model_id,
        "data": [{"name": labels.name, "hash": content_hash(labels)}],
    }
    write_run(out, told)
    if as_json:
        write_line(told)
    else:
        _show(told, out)


def _examples(path: Path) -> tuple[list[tuple[str, str]], bool]:
    """Read labelled texts; those that `metier label` wrote are brought to one label each."""
    from metier.training.label_file import agreed, read_given  # noqa: PLC0415
    from metier.training.pairs import read_labelled  # noqa: PLC0415

    if not (path.suffix == ".jsonl" and '"annotator"' in path.read_text(encoding="utf-8")[:10_000]):
        return _clear(read_labelled(path)), False
    given = agreed(read_given(path)).values()
    return [(each.key if each.text_b else each.text_a, each.label) for each in given], any(e.text_b for e in given)


def _clear(examples: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Leave out what two rows label differently, and say so; of equal rows one stays."""
    by_text: dict[str, set[str]] = {}
    for text, label in examples:
        by_text.setdefault(text, set()).add(label)
    unclear = sum(len(found) > 1 for found in by_text.values())
    if unclear:
        note(f"{unclear} texts have two labels that contradict each other; all are left out")
    clear = [(text, next(iter(found))) for text, found in by_text.items() if len(found) == 1]
    if len(clear) + unclear < len(examples) and not unclear:
        note(f"{len(examples) - len(clear)} rows say what an earlier row says and are left out")
    return clear


def _named() -> Encoder:
    from metier.config import load_settings  # noqa: PLC0415
    from metier.models.named import open_encoder  # noqa: PLC0415

    settings, _ = load_settings()
    return open_encoder(settings.encoder, settings)


def _tuned(base: str, examples: list[tuple[str, str]], out: Path) -> Encoder:
    from importlib.util import find_spec  # noqa: PLC0415

    from metier.errors import MissingExtraError  # noqa: PLC0415

    if any(find_spec(name) is None for name in ("torch", "onnx")):
        raise MissingExtraError("--tune", "train")
    from metier.training.set_fit import tune_on_labels  # noqa: PLC0415

    return tune_on_labels(base, examples, out)


def _vectors(encoder: Encoder, texts: list[str], *, reads_pairs: bool) -> Vectors:
    from metier.training.few_shot import pair_features  # noqa: PLC0415

    if not reads_pairs:
        return encoder.encode(texts)
    sides = [text.partition("\n") for text in texts]
    return pair_features(encoder.encode([one for one, _, _ in sides]), encoder.encode([two for _, _, two in sides]))


def _with_pairs(made: FewShotHead, *, reads_pairs: bool) -> FewShotHead:
    return replace(made, reads_pairs=reads_pairs)


def _show(told: dict[str, Any], out: Path) -> None:
    OUTPUT.print(f"{told['labels']} labels, {len(told['classes'])} classes, written to {out}", markup=False)
    if told["accuracy"] is None:
        OUTPUT.print("a class has one example only: how well it labels cannot be told", markup=False)
        return
    low, high = told["interval"]
    OUTPUT.print(
        f"accuracy {told['accuracy']:.3f} by cross-validation (95 %: {low:.3f} to {high:.3f}); always the commonest: "
        f"{told['commonest']:.3f}",
        markup=False,
    )
    if low <= told["commonest"]:
        OUTPUT.print("not better than always the commonest beyond chance: label more", markup=False)
    if told["self_trained"]:
        OUTPUT.print(f"taught itself with {told['self_trained'][-1]} unlabelled texts", markup=False)
