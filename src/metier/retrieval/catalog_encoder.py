"""Encoders that a catalog keeps beside its records, so that its vectors name the one that made them."""

from __future__ import annotations

import shutil
from pathlib import Path

from metier.catalog import MEMORY, Catalog
from metier.errors import CatalogError
from metier.models.base import Encoder
from metier.models.folder import CARD, TOKENIZER, WEIGHTS, folder_encoder
from metier.models.onnx import OnnxEncoder

_FOLDER = "encoders"


def encoder_of(uri: str, otherwise: Encoder) -> Encoder:
    """Give the encoder that a catalog's vectors come from, where the catalog keeps it.

    Args:
        uri: The catalog's folder; there need be none yet.
        otherwise: The encoder of a catalog that keeps none of its own.
    """
    if uri == MEMORY or not (Path(uri) / _FOLDER).is_dir():
        return otherwise
    with Catalog.open(uri) as opened:
        place = _place(uri, opened.encoder_id)
    return folder_encoder(place) if place.is_dir() else otherwise


def keep_encoder(uri: str, folder: Path) -> OnnxEncoder:
    """Copy an encoder beside a catalog's records, whole or not at all.

    Args:
        uri: The catalog's folder.
        folder: Where the encoder lies.

    Raises:
        ModelError: There is no encoder.
        CatalogError: The disk is full, or the folder cannot be written to.
    """
    encoder = folder_encoder(folder)
    place = _place(uri, encoder.model_id)
    part = place.with_suffix(".part")
    try:
        if not place.is_dir():
            shutil.rmtree(part, ignore_errors=True)
            part.mkdir(parents=True)
            for name in (WEIGHTS, TOKENIZER, CARD):
                shutil.copyfile(folder / name, part / name)
            part.rename(place)
    except OSError as error:
        shutil.rmtree(part, ignore_errors=True)
        raise CatalogError(
            f"{place} cannot be written: {error}", hint="Make room on the disk, and do it again."
        ) from error
    return folder_encoder(place)


def kept_encoder(uri: str, encoder_id: str) -> OnnxEncoder:
    """Open an encoder that a catalog keeps.

    Raises:
        ModelError: It keeps none of that id.
    """
    return folder_encoder(_place(uri, encoder_id))


def _place(uri: str, encoder_id: str) -> Path:
    return Path(uri) / _FOLDER / encoder_id.rpartition(":")[2].replace("/", "-")
