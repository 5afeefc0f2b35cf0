"""How an encoder is tuned: every choice of a run, each with its default."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any, Literal, get_args

from metier.errors import ConfigError

Loss = Literal["mnrl", "bce", "ce", "mse", "triplet", "lambda"]
Adaptation = Literal["full", "lora", "adalora", "head"]
HeadName = Literal["none", "linear", "mlp", "positional", "attention", "late"]
Form = Literal["two-tower", "cross-encoder"]
PretrainObjective = Literal["mlm", "simcse", "tsdae", "clm"]

TABLE_LOSSES = frozenset({"mnrl", "ce", "lambda"})
"""Losses that compare a text with all texts of the other side in the batch; the rest judge one row at a time."""
PART_HEADS = frozenset({"positional", "attention", "late"})
"""Heads that look at the parts of a document instead of its one vector."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """The choices of a run.

    Attributes:
        loss: `mnrl` (InfoNCE over the batch), `ce` (list-wise cross-entropy over grades), `lambda` (LambdaLoss), `bce`,
            `mse`, `triplet`.
        adaptation: What moves: all weights, low-rank additions, or only the head over a frozen language model.
        head: What stands on the language model.
        form: Whether the two texts are read apart, or as one.
        learning_rate: The highest rate of the layers; 0 for what suits the adaptation.
        word_rate: The highest rate of the word vectors, as a share of that of the layers; 0 leaves them.
        layer_decay: Each layer down moves by this share of the one above it (Howard & Ruder 2018).
        batch_size: Pairs of a step.
        epochs: Passes over the pairs; 0 with `steps`.
        steps: Steps at most; 0 for no limit but the epochs.
        temperature: By which likeness is divided.
        negatives: Wrong right texts drawn in the batch for each pair, for losses of single rows.
        label_smoothing: The share of the target that goes to everything else (Szegedy et al. 2016).
        weight_decay: Of AdamW.
        dropout: The share of states left out while training.
        rank: Of the low-rank additions.
        max_tokens: Longer texts are cut here.
        tokens: Tokens that are run together, padding counted.
        is_cached: Whether a large batch is run in slices whose gradients are cached (Gao et al. 2021).
        saves_memory: Whether states are made again for the backward pass (Chen et al. 2016).
        in_bf16: Whether products are of 16-bit numbers.
        patience: Checks on the held-out pairs without a gain before the run ends; 0 for never.
        checks: Checks on the held-out pairs during the run.
        twin_weight: Of the score gap between counterfactual twins.
        graph_weight: The share of the target that goes to what lies near in the knowledge graph.
        optimizer: `adamw` with warm-up and a linear fall, or `adam` at one rate.
        seed: Decides every draw.
    """

    loss: Loss = "mnrl"
    adaptation: Adaptation = "full"
    head: HeadName = "none"
    form: Form = "two-tower"
    learning_rate: float = 0.0
    word_rate: float = 0.5
    layer_decay: float = 1.0
    batch_size: int = 64
    epochs: int = 1
    steps: int = 0
    temperature: float = 0.05
    negatives: int = 0
    label_smoothing: float = 0.0
    weight_decay: float = 0.01
    dropout: float = 0.0
    rank: int = 8
    max_tokens: int = 128
    tokens: int = 2600
    is_cached: bool = False
    saves_memory: bool = False
    in_bf16: bool = True
    patience: int = 3
    checks: int = 8
    twin_weight: float = 0.0
    graph_weight: float = 0.0
    optimizer: Literal["adamw", "adam"] = "adamw"
    seed: int = 0

    @property
    def rate(self) -> float:
        """Give the highest learning rate: the one that was set, or what suits the adaptation."""
        return self.learning_rate or _RATES[self.adaptation]

    @property
    def compares_batch(self) -> bool:
        """Say whether the loss compares a text with all others of the batch."""
        return self.loss in TABLE_LOSSES

    def fields(self) -> dict[str, Any]:
        """Give every choice by its name."""
        return asdict(self)

    def checked(self) -> Recipe:
        """Give the recipe, if its choices go together.

        Raises:
            ConfigError: They do not; the message names the two.
        """
        for name, value, known in (
            ("loss", self.loss, get_args(Loss)),
            ("adaptation", self.adaptation, get_args(Adaptation)),
            ("head", self.head, get_args(HeadName)),
            ("form", self.form, get_args(Form)),
        ):
            if value not in known:
                raise ConfigError(f"there is no {name} {value!r}", hint=f"Use one of: {', '.join(known)}.")
        for is_wrong, message, hint in (
            (self._cannot_compare, f"{self._scorer} cannot be learnt by {self.loss}", "Use bce, mse or triplet."),
            (
                self.adaptation == "head" and self.head == "none" and self.form == "two-tower",
                "only the head is tuned, but there is none",
                "Name one with --head.",
            ),
            (
                self.form == "cross-encoder" and self.head not in {"none", "linear", "mlp"},
                f"the head {self.head} wants the two texts apart",
                "Use linear or mlp, or the two-tower form.",
            ),
            (min(self.batch_size, self.rank, self.max_tokens - 2) < 1, "a size is below 1", "Give a larger one."),
            (self.twin_weight < 0 or not 0 <= self.graph_weight < 1, "a weight is out of range", "Give 0 to 1."),
        ):
            if is_wrong:
                raise ConfigError(message, hint=hint)
        return self

    @property
    def _scorer(self) -> str:
        return "a cross-encoder" if self.form == "cross-encoder" else f"the head {self.head}"

    @property
    def _cannot_compare(self) -> bool:
        return self.compares_batch and (self.form == "cross-encoder" or self.head == "attention")


_RATES: dict[str, float] = {"full": 2e-4, "lora": 1e-3, "adalora": 2e-3, "head": 1e-3}

PRESETS: dict[str, Recipe] = {
    "default": Recipe(),
    "paper": Recipe(
        loss="bce",
        head="linear",
        optimizer="adam",
        learning_rate=1e-5,
        word_rate=1.0,
        batch_size=32,
        epochs=5,
        weight_decay=0.0,
        negatives=1,
        patience=0,
    ),
}
"""Recipes by name; `paper` is the published setting: a linear head, BCE, Adam at 1e-5, 32 pairs, 5 epochs."""


def recipe_of(preset: str, **choices: Any) -> Recipe:  # noqa: ANN401 - of each field's own type
    """Give a preset with some choices changed; those that are None stay.

    Raises:
        ConfigError: There is no such preset, or the choices do not go together.
    """
    if preset not in PRESETS:
        raise ConfigError(f"there is no preset {preset!r}", hint=f"Use one of: {', '.join(PRESETS)}.")
    changed = {name: value for name, value in choices.items() if value is not None}
    return replace(PRESETS[preset], **changed).checked()
