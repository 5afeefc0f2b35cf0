"""A decoder language model of Hugging Face as a network that is tuned like the encoders."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

from metier.errors import ConfigError, ModelError
from metier.training.network import Shape
from metier.training.token_batch import padded, precision

BASE = "hf:"
_IGNORED = -100


class Decoder(nn.Module):
    """A causal language model; its word vectors may be its output weights too, so that they move densely.

    Args:
        model: As `AutoModelForCausalLM` loads it.
    """

    has_sparse_words = False

    def __init__(self, model: Any) -> None:  # noqa: ANN401 - of Transformers, which has no types here
        super().__init__()
        self.model = model
        config = model.config
        self.shape = Shape(
            config.vocab_size,
            layers=config.num_hidden_layers,
            width=config.hidden_size,
            heads=config.num_attention_heads,
            inner=getattr(config, "intermediate_size", None) or 4 * config.hidden_size,
            positions=config.max_position_embeddings,
        )

    @property
    def word(self) -> nn.Module:
        """Give the word vectors."""
        words: nn.Module = self.model.get_input_embeddings()
        return words

    @property
    def layers(self) -> range:
        """Count the layers."""
        return range(self.shape.layers)

    @property
    def places(self) -> list[str]:
        """Name the products that low-rank additions stand beside: all but the one that gives the pieces."""
        outside = self.model.get_output_embeddings()
        found = {
            name.rpartition(".")[2]: module
            for name, module in self.model.named_modules()
            if isinstance(module, nn.Linear) or type(module).__name__ == "Conv1D"  # GPT-2's name for the same
        }
        return sorted(name for name, module in found.items() if module is not outside)

    @property
    def saves_memory(self) -> bool:
        """Say whether the states inside a layer are made again for the backward pass."""
        return bool(self.model.is_gradient_checkpointing)

    @saves_memory.setter
    def saves_memory(self, is_wished: bool) -> None:
        if is_wished:
            self.model.gradient_checkpointing_enable(gradient_checkpointing_kwargs={"use_reentrant": False})
            self.model.enable_input_require_grads()

    def drop(self, share: float) -> None:
        """Leave out this share of the states while training, where the model does so at all."""
        for module in self.modules():
            if isinstance(module, nn.Dropout):
                module.p = share

    def last_logits(self, ids: Sequence[Sequence[int]], *, in_bf16: bool) -> Tensor:
        """Give what each text's last token says of the next one, (texts, pieces), float32; gradients flow."""
        device = self.word.weight.device
        table, is_token = padded([list(reversed(each)) for each in ids], device)
        table, is_token = table.flip(1), is_token.flip(1)  # texts end together, so that one place is asked
        with precision(device, in_bf16=in_bf16):
            found = self.model(
                input_ids=table,
                attention_mask=is_token.long(),
                position_ids=(is_token.cumsum(1) - 1).clamp(min=0),
                use_cache=False,
                logits_to_keep=1,
            )
        logits: Tensor = found.logits[:, -1].float()
        return logits

    def token_loss(self, ids: Sequence[Sequence[int]], *, in_bf16: bool) -> Tensor:
        """Give how unlikely each token is after those before it, in nats, (texts, tokens - 1); 0 at padding."""
        device = self.word.weight.device
        table, is_token = padded(ids, device)
        with precision(device, in_bf16=in_bf16):
            found = self.model(input_ids=table, attention_mask=is_token.long(), use_cache=False)
        asked = table[:, 1:].masked_fill(~is_token[:, 1:], _IGNORED)
        logits = found.logits[:, :-1].float().transpose(1, 2)
        return functional.cross_entropy(logits, asked, ignore_index=_IGNORED, reduction="none")


class DecoderFolder:
    """A decoder and its tokenizer as a folder of Hugging Face holds them.

    Args:
        folder: As `save_pretrained` writes it, with a fast tokenizer.

    Attributes:
        network: The decoder, in full precision.
        pieces: The tokenizer as Transformers reads it.
    """

    def __init__(self, folder: Path) -> None:
        from transformers import AutoModelForCausalLM, AutoTokenizer  # noqa: PLC0415 - it loads slowly
        from transformers.utils import logging  # noqa: PLC0415

        logging.disable_progress_bar()
        try:
            model = AutoModelForCausalLM.from_pretrained(str(folder), dtype=torch.float32, local_files_only=True)
            self.pieces = AutoTokenizer.from_pretrained(str(folder), local_files_only=True)
        except (OSError, ValueError, KeyError, RuntimeError) as error:
            raise ModelError(
                f"{folder} cannot be read as a decoder: {str(error).splitlines()[0]}",
                hint="Give a folder of a causal language model as save_pretrained writes it.",
            ) from error
        if not self.pieces.is_fast:
            raise ModelError(f"{folder} has no fast tokenizer", hint="Save the model with its tokenizer.json.")
        self.network = Decoder(model)

    @property
    def tokenizer(self) -> Tokenizer:
        """Give the tokenizer without what Transformers puts around it."""
        return self.pieces.backend_tokenizer

    def write(self, network: Decoder, folder: Path) -> None:
        """Write a decoder that was tuned from this one, in the same form."""
        folder.mkdir(parents=True, exist_ok=True)
        network.model.save_pretrained(str(folder))
        self.pieces.save_pretrained(str(folder))


def open_decoder(base: str) -> DecoderFolder:
    """Open a decoder to start from, `hf:FOLDER`.

    Raises:
        ConfigError: The base is no such name.
        ModelError: The folder holds no decoder.
    """
    if not base.startswith(BASE):
        raise ConfigError(f"{base!r} is no decoder", hint="Name one as hf:FOLDER, with --base.")
    return DecoderFolder(Path(base.removeprefix(BASE)).expanduser())
