"""Networks to start from: the encoder that ships and folders like it, brought back from 8 bits; BERT folders."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from tokenizers import Tokenizer
from torch import Tensor, nn

from metier.errors import ModelError
from metier.models.folder import TOKENIZER, WEIGHTS
from metier.models.own import metier_encoder
from metier.training.network import Network, Shape

OWN = "metier"
_HUGGING_FACE = "hf:"
_FOLDER = "onnx:"
_LINEAR = ("qkv", "out", "up", "down")
_NORMS = ("attention_norm", "norm")
_BERT = {
    "out": "attention.output.dense",
    "attention_norm": "attention.output.LayerNorm",
    "up": "intermediate.dense",
    "down": "output.dense",
    "norm": "output.LayerNorm",
}

Arrays = Mapping[str, NDArray[np.generic]]


def open_network(base: str) -> tuple[Network, Tokenizer]:
    """Give the network and tokenizer of a base to start from.

    Args:
        base: `metier`, `onnx:FOLDER` as a run writes it, or `hf:FOLDER` of a BERT with mean pooling.

    Raises:
        ModelError: It is not there, or is of another form.
    """
    if base == OWN:
        own = metier_encoder()
        return read_onnx(own.model_path), Tokenizer.from_file(str(own.tokenizer_path))
    if base.startswith(_HUGGING_FACE):
        folder = Path(base.removeprefix(_HUGGING_FACE)).expanduser()
        return read_bert(folder), _tokenizer(folder / "tokenizer.json")
    folder = Path(base.removeprefix(_FOLDER)).expanduser()
    return read_onnx(folder / WEIGHTS), _tokenizer(folder / TOKENIZER)


def read_onnx(path: Path) -> Network:
    """Bring back the network of a file that `write_onnx` wrote: each 8-bit number times the scale of its column.

    Raises:
        ModelError: The file is not there, or is another graph.
    """
    try:
        model = onnx.load(str(path))
    except (OSError, ValueError) as error:
        raise ModelError(f"{path} cannot be read", hint="Give `metier`, or the folder of a run.") from error
    held = {each.name: numpy_helper.to_array(each) for each in model.graph.initializer}
    heads = [attribute.i for node in model.graph.node for attribute in node.attribute if attribute.name == "num_heads"]
    try:
        network = Network(_shape(held, heads[0]))
        with torch.no_grad():
            _fill(network, held)
    except (KeyError, IndexError, ValueError) as error:
        raise ModelError(
            f"{path} holds no encoder of Metier: {error} is missing", hint="Give a file that Metier wrote."
        ) from error
    return network


def read_bert(folder: Path) -> Network:
    """Give the network of a BERT as Transformers saves it, read with mean pooling.

    Raises:
        ModelError: It is not there, or is no BERT.
    """
    from safetensors.torch import load_file  # noqa: PLC0415 - only where a BERT is the base

    try:
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        weights = load_file(str(folder / "model.safetensors"))
    except (OSError, ValueError) as error:
        raise ModelError(
            f"{folder} cannot be read: {error}", hint="Give a folder as save_pretrained writes it."
        ) from error
    if config.get("model_type") != "bert":
        raise ModelError(f"{folder} is a {config.get('model_type')!r}, not a BERT", hint="Start from a BERT.")
    plain = {name.removeprefix("bert."): value for name, value in weights.items()}
    network = Network(
        Shape(
            config["vocab_size"],
            layers=config["num_hidden_layers"],
            width=config["hidden_size"],
            heads=config["num_attention_heads"],
            inner=config["intermediate_size"],
            positions=config["max_position_embeddings"],
        )
    )
    try:
        with torch.no_grad():
            _fill_from_bert(network, plain)
    except (KeyError, RuntimeError) as error:
        raise ModelError(f"{folder}: a weight is not there: {error}", hint="Save the model again.") from error
    return network


def _fill_from_bert(network: Network, weights: Mapping[str, Tensor]) -> None:
    network.word.weight.copy_(weights["embeddings.word_embeddings.weight"])
    kind = weights["embeddings.token_type_embeddings.weight"][0]
    network.position.weight.copy_(weights["embeddings.position_embeddings.weight"] + kind)
    _copy(network.embedding_norm, "embeddings.LayerNorm", weights)
    for number, layer in enumerate(network.layers):
        name = f"encoder.layer.{number}"
        for part, theirs in _BERT.items():
            _copy(getattr(layer, part), f"{name}.{theirs}", weights)
        for kind_of in ("weight", "bias"):
            parts = [weights[f"{name}.attention.self.{each}.{kind_of}"] for each in ("query", "key", "value")]
            getattr(layer.qkv, kind_of).copy_(torch.cat(parts))


def _copy(module: nn.Module, name: str, weights: Mapping[str, Tensor]) -> None:
    module.weight.copy_(weights[f"{name}.weight"])
    module.bias.copy_(weights[f"{name}.bias"])


def _shape(held: Arrays, heads: int) -> Shape:
    layers = sum(name.endswith(".qkv.scale") for name in held)
    vocabulary, width = held["word"].shape
    inner = held["layer0.up.weight"].shape[1]
    return Shape(vocabulary, layers=layers, width=width, heads=heads, inner=inner, positions=len(held["position"]))


def _fill(network: Network, held: Arrays) -> None:
    network.word.weight.copy_(_numbers(held, "word") * _numbers(held, "word.scale"))
    network.position.weight.copy_(_numbers(held, "position"))
    _fill_norm(network.embedding_norm, "embedding_norm", held)
    for number, layer in enumerate(network.layers):
        for part in _LINEAR:
            name = f"layer{number}.{part}"
            linear = getattr(layer, part)
            matrix = _numbers(held, f"{name}.weight") * _numbers(held, f"{name}.scale")
            if f"{name}.smoothing" in held:
                divisors = _numbers(held, f"{name}.smoothing")
                matrix = matrix * divisors[:, None]
                getattr(layer, f"{part}_factors").copy_(1 / divisors)
            linear.weight.copy_(matrix.T)
            linear.bias.copy_(_numbers(held, f"{name}.bias"))
        for part in _NORMS:
            _fill_norm(getattr(layer, part), f"layer{number}.{part}", held)


def _fill_norm(norm: nn.LayerNorm, name: str, held: Arrays) -> None:
    norm.weight.copy_(_numbers(held, f"{name}.gain"))
    norm.bias.copy_(_numbers(held, f"{name}.shift"))


def _numbers(held: Arrays, name: str) -> Tensor:
    return torch.from_numpy(held[name].astype(np.float32))


def _tokenizer(path: Path) -> Tokenizer:
    if not path.is_file():
        raise ModelError(f"there is no {path}", hint="Save the model with its fast tokenizer.")
    return Tokenizer.from_file(str(path))
