"""A decoder that says whether two texts fit: the log-odds of `yes` over `no` after a question with both as data."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, cast

import torch
from tokenizers import Tokenizer
from torch import Tensor

from metier.errors import ModelError
from metier.models.base import Vectors
from metier.training.decoder import Decoder, DecoderFolder
from metier.training.recipe import Recipe
from metier.training.scorer import PairScorer
from metier.training.token_batch import slices

CARD = "chat.json"
QUESTION = "Text A:\n{text_a}\n\nText B:\n{text_b}\n\nDo text A and text B fit one another? Answer yes or no."
_SIDES = ("{text_a}", "{text_b}")
_ANSWERS = (" yes", " no")
_BESIDE = 64
"""Tokens that the question may take beside the texts."""

Ids = list[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """The question in tokens, and the two answers.

    Attributes:
        parts: What stands before the first text, between them, and after the second.
        yes: The token that says yes.
        no: The token that says no.
    """

    parts: tuple[Ids, Ids, Ids]
    yes: int
    no: int

    def ids(self, left: Ids, right: Ids) -> Ids:
        """Give the question about two texts."""
        before, between, after = self.parts
        return [*before, *left, *between, *right, *after]


def prompt_of(held: DecoderFolder) -> Prompt:
    """Make the question in the words of a model's own chat template, where it has one.

    Raises:
        ModelError: The tokenizer cannot tell yes from no.
    """
    pieces, tokenizer = held.pieces, held.tokenizer
    _read_marks(tokenizer, is_data=False)
    if pieces.chat_template:
        turns = [{"role": "user", "content": QUESTION}]
        whole = pieces.apply_chat_template(turns, tokenize=False, add_generation_prompt=True)
        answers = tuple(answer.strip() for answer in _ANSWERS)
    else:
        whole, answers = f"{QUESTION}\nAnswer:", _ANSWERS
    before, _, rest = whole.partition(_SIDES[0])
    between, _, after = rest.partition(_SIDES[1])
    begun = tokenizer.encode(before, add_special_tokens=not pieces.chat_template).ids
    if begun and begun[-1] == pieces.eos_token_id:
        begun = begun[:-1]
    yes, no = (tokenizer.encode(answer, add_special_tokens=False).ids for answer in answers)
    same = next((place for place, (one, other) in enumerate(zip(yes, no, strict=False)) if one != other), None)
    if same is None:
        raise ModelError(
            "the tokenizer of the decoder cannot tell yes from no", hint="Take a decoder that reads English."
        )
    ended = [*tokenizer.encode(after, add_special_tokens=False).ids, *yes[:same]]
    middle = tokenizer.encode(between, add_special_tokens=False).ids
    return Prompt(parts=(begun, middle, ended), yes=yes[same], no=no[same])


class YesNoScorer(PairScorer):
    """Scores pairs by a decoder; texts are data, so that marks of the chat in them are plain words.

    Args:
        held: The decoder and its tokenizer.
        recipe: Length and precision are heeded; its form is that of a cross-encoder.
        search: Gives the vectors by which texts are searched before pairs are scored.
    """

    def __init__(self, held: DecoderFolder, recipe: Recipe, *, search: Callable[[Sequence[str]], Vectors]) -> None:
        super().__init__(cast("Any", held.network), held.tokenizer, recipe)  # tuned as a `Network` is
        self.judge = None  # the decoder's own output says it
        self.head.requires_grad_(requires_grad=False)
        self.prompt = prompt_of(held)
        self.held, self.search = held, search

    def ids_of(self, texts: Sequence[str]) -> list[Ids]:
        """Give the tokens of texts as data, cut at the recipe's length."""
        _read_marks(self.tokenizer, is_data=True)
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(min(self.recipe.max_tokens, (self.network.shape.positions - _BESIDE) // 2))
        return [found.ids for found in self.tokenizer.encode_batch(list(texts), add_special_tokens=False)]

    def joined_ids(self, left: Sequence[str], right: Sequence[str]) -> list[Ids]:
        """Give the tokens of the question about two texts."""
        return [self.prompt.ids(*pair) for pair in zip(self.ids_of(left), self.ids_of(right), strict=True)]

    def joined(self, left: Sequence[str], right: Sequence[str], *, tokens: int = 0) -> Tensor:
        """Give the log-odds of yes over no; gradients flow."""
        decoder = cast("Any", self.network)
        ids, found, order = self.joined_ids(left, right), [], []
        in_bf16 = self.recipe.in_bf16 and torch.is_grad_enabled()  # two logits are too near for 16 bits
        for places in slices(ids, tokens=tokens or self.recipe.tokens):
            logits = decoder.last_logits([ids[place] for place in places], in_bf16=in_bf16)
            found.append(logits[:, self.prompt.yes] - logits[:, self.prompt.no])
            order += places
        return torch.cat(found)[torch.tensor(order).argsort()]

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """Give the vectors of the first search."""
        return self.search(texts)


def write_yes_no(scorer: YesNoScorer, network: Decoder, folder: Path) -> None:
    """Write the decoder as Hugging Face does, and beside it how it is asked."""
    _read_marks(scorer.tokenizer, is_data=False)
    scorer.held.write(network, folder)
    card = {"question": QUESTION, "prompt": asdict(scorer.prompt), "recipe": scorer.recipe.fields()}
    (folder / CARD).write_text(json.dumps(card, ensure_ascii=False) + "\n", encoding="utf-8")


def read_yes_no(folder: Path, *, search: Callable[[Sequence[str]], Vectors]) -> YesNoScorer:
    """Open a decoder that `write_yes_no` wrote.

    Raises:
        ModelError: The folder holds none, or one that is asked in another way.
    """
    try:
        card = json.loads((folder / CARD).read_text(encoding="utf-8"))
        recipe = Recipe(**card["recipe"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(
            f"{folder} holds no decoder that scores pairs", hint="Train one: metier train chat."
        ) from error
    scorer = YesNoScorer(DecoderFolder(folder), recipe, search=search)
    if json.loads(json.dumps(asdict(scorer.prompt))) != card["prompt"]:
        raise ModelError(f"{folder} was trained with another question", hint="Use the Metier that wrote it.")
    scorer.eval()
    return scorer


def _read_marks(tokenizer: Tokenizer, *, is_data: bool) -> None:
    """Read special tokens in a text as plain words, or as what they are."""
    tokenizer.encode_special_tokens = is_data
    tokenizer.no_truncation()
