"""`metier train score`: what a trained head or scorer says of new texts or pairs."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from metier.cli.base import JsonOption, write_line

if TYPE_CHECKING:
    from metier.training.scorer import PairScorer


def score(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The --out folder of train head or train encoder.")],
    items: Annotated[Path, typer.Argument(metavar="FILE", help="Texts for a head, pairs for a scorer.")],
    as_json: JsonOption = False,
) -> None:
    """Label each text, or score each pair, one line each.

    Raises:
        MissingExtraError: The folder holds a scorer, and PyTorch is not installed.
    """
    from metier.errors import MissingExtraError  # noqa: PLC0415 - help must be fast
    from metier.training.few_shot import HEAD  # noqa: PLC0415
    from metier.training.pairs import read_pairs  # noqa: PLC0415

    if (folder / HEAD).is_file():
        _label(folder, items, as_json=as_json)
        return
    if find_spec("torch") is None:
        raise MissingExtraError("a scorer of pairs", "train")
    pairs, _ = read_pairs(items)
    found = _scorer(folder).score([pair.left for pair in pairs], [pair.right for pair in pairs])
    for pair, value in zip(pairs, found, strict=True):
        _write({"text_a": pair.left, "text_b": pair.right, "score": round(float(value), 6)}, as_json=as_json)


def _scorer(folder: Path) -> PairScorer:
    """Open what a folder holds: a decoder that says yes or no, or a language model with its head."""
    from metier.models.own import metier_encoder  # noqa: PLC0415
    from metier.training.saved_scorer import read_scorer  # noqa: PLC0415 - only now is PyTorch loaded
    from metier.training.yes_no import CARD, read_yes_no  # noqa: PLC0415

    if (folder / CARD).is_file():
        return read_yes_no(folder, search=metier_encoder().encode)
    return read_scorer(folder)


def _label(folder: Path, items: Path, *, as_json: bool) -> None:
    from metier.config import load_settings  # noqa: PLC0415
    from metier.models.folder import CARD, folder_encoder  # noqa: PLC0415
    from metier.models.named import open_encoder  # noqa: PLC0415
    from metier.training.few_shot import load_head, pair_features  # noqa: PLC0415
    from metier.training.pairs import read_pairs, read_texts  # noqa: PLC0415

    settings, _ = load_settings()
    encoder = folder_encoder(folder) if (folder / CARD).is_file() else open_encoder(settings.encoder, settings)
    head = load_head(folder, encoder=encoder.model_id)
    if head.reads_pairs:
        pairs, _ = read_pairs(items)
        rows = [{"text_a": pair.left, "text_b": pair.right} for pair in pairs]
        left, right = (encoder.encode([row[name] for row in rows]) for name in ("text_a", "text_b"))
        features = pair_features(left, right)
    else:
        rows = [{"text": text} for text in read_texts(items)]
        features = encoder.encode([row["text"] for row in rows])
    for row, shares in zip(rows, head.shares(features), strict=True):
        best = int(shares.argmax())
        told = {**row, "label": head.classes[best], "probability": round(float(shares[best]), 6)}
        _write(told, as_json=as_json)


def _write(told: dict[str, object], *, as_json: bool) -> None:
    if as_json:
        write_line(told)
    else:
        typer.echo("\t".join(map(str, told.values())))
