"""Teachers by name: what says how well two texts fit, from 0 to 1, for a student to learn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from metier.errors import InputError, ModelError
from metier.models.base import Encoder, Vectors
from metier.training.measure import Encode, Score
from metier.training.pairs import Pair, read_pairs

CROSS, CHAT = "cross:", "chat:"
NEAREST, OTHERS = 2, 3
"""A text is paired with so many of those nearest to it, and with so many others by chance."""


@dataclass(frozen=True, slots=True)
class ScoreFile:
    """Scores that were written down before: a pair that is not among them has none.

    Attributes:
        scores: By the two texts, from 0 to 1.
    """

    scores: dict[tuple[str, str], float]

    def __call__(self, left: Sequence[str], right: Sequence[str]) -> NDArray[np.float32]:
        """Give the scores of pairs.

        Raises:
            InputError: A pair has none.
        """
        missing = [pair for pair in zip(left, right, strict=True) if pair not in self.scores]
        if missing:
            raise InputError(
                f"the teacher's file has no score of {len(missing)} pairs, such as {missing[0][0][:60]!r}",
                hint="Score every pair of the training, or give an encoder as the teacher.",
            )
        return np.array([self.scores[pair] for pair in zip(left, right, strict=True)], dtype=np.float32)


@dataclass(frozen=True, slots=True)
class CosineTeacher:
    """An encoder as a teacher: the cosine, those below 0 as 0.

    Attributes:
        encode: Gives vectors of length 1.
    """

    encode: Encode

    def __call__(self, left: Sequence[str], right: Sequence[str]) -> NDArray[np.float32]:
        """Give the scores of pairs; each text is encoded once."""
        texts = list(dict.fromkeys([*left, *right]))
        place = {text: row for row, text in enumerate(texts)}
        vectors = self.encode(texts)
        likeness = (vectors[[place[text] for text in left]] * vectors[[place[text] for text in right]]).sum(1)
        scores: NDArray[np.float32] = likeness.clip(0, 1).astype(np.float32)
        return scores


def scores_of_file(path: Path) -> ScoreFile:
    """Read a teacher's scores: `text_a`, `text_b` and `label`, any numbers from 0 on.

    Raises:
        InputError: It cannot be read, or all scores are 0.
    """
    pairs, _ = read_pairs(path)
    highest = max((pair.label for pair in pairs), default=0.0)
    if highest == 0:
        raise InputError(f"{path}: every score is 0", hint="Write the teacher's scores into the column label.")
    return ScoreFile({(pair.left, pair.right): pair.label / max(1.0, highest) for pair in pairs})


def open_scorer(name: str, *, search: Encode) -> Score:
    """Open a cross-encoder or a decoder as a teacher: its log-odds as probabilities.

    Args:
        name: `cross:FOLDER` of `metier train cross-encoder` or of sentence-transformers, `chat:FOLDER`.
        search: Gives vectors, where what is opened wants some.

    Raises:
        ModelError: The folder holds none.
    """
    from metier.training.saved_scorer import SCORER, read_scorer  # noqa: PLC0415 - PyTorch is loaded where it is needed
    from metier.training.yes_no import read_yes_no  # noqa: PLC0415

    kind, _, where = name.partition(":")
    folder = Path(where).expanduser()
    if kind == "chat":
        return _likely(read_yes_no(folder, search=search).score)
    if (folder / SCORER).is_file():
        return _likely(read_scorer(folder).score)
    return _sentence_transformers(folder)


def taught(pairs: Sequence[Pair], teacher: Score) -> list[Pair]:
    """Give pairs with the teacher's scores as their labels."""
    scores = teacher([pair.left for pair in pairs], [pair.right for pair in pairs])
    return [replace(pair, label=round(float(score), 6), other="") for pair, score in zip(pairs, scores, strict=True)]


def pairs_of_texts(texts: Sequence[str], teacher: Encoder, *, seed: int) -> tuple[list[Pair], list[Pair]]:
    """Pair texts without labels: each with those nearest to it by the teacher, and with some by chance.

    Args:
        texts: At least a few more than a text is paired with.
        teacher: Whose vectors say what is near.
        seed: Of the chance.

    Returns:
        All pairs, with the label 1; and for each text that with the nearest, which a student should find.

    Raises:
        InputError: There are too few texts.
    """
    if len(texts) <= NEAREST + OTHERS:
        raise InputError(f"{len(texts)} texts are too few to learn from", hint="Give some hundreds.")
    vectors: Vectors = teacher.encode(texts)
    chance = np.random.default_rng(seed)
    pairs: list[Pair] = []
    found: list[Pair] = []
    for row, text in enumerate(texts):
        likeness = vectors @ vectors[row]
        likeness[row] = -np.inf
        near = np.argsort(-likeness, kind="stable")[:NEAREST].tolist()
        far = [int(place) for place in chance.permutation(len(texts))[: OTHERS + 1] if place != row][:OTHERS]
        pairs += [Pair(left=text, right=texts[place]) for place in dict.fromkeys([*near, *far])]
        found.append(Pair(left=text, right=texts[near[0]]))
    return pairs, found


def with_others(pairs: Sequence[Pair], *, seed: int) -> list[Pair]:
    """Give pairs, and beside each left text some other right texts by chance, for a teacher to score."""
    rights = list(dict.fromkeys(pair.right for pair in pairs))
    chance = np.random.default_rng(seed)
    found = {(pair.left, pair.right): pair for pair in pairs}
    for left in dict.fromkeys(pair.left for pair in pairs):
        for place in chance.integers(len(rights), size=OTHERS).tolist():
            found.setdefault((left, rights[place]), Pair(left=left, right=rights[place]))
    return list(found.values())


def _likely(score: Score) -> Score:
    def likely(left: Sequence[str], right: Sequence[str]) -> NDArray[np.float32]:
        odds = np.exp(-score(left, right).astype(np.float64))
        return (1 / (1 + odds)).astype(np.float32)

    return likely


def _sentence_transformers(folder: Path) -> Score:
    from sentence_transformers import CrossEncoder  # noqa: PLC0415 - it loads slowly
    from torch.nn import Sigmoid  # noqa: PLC0415 - the same

    try:
        model = CrossEncoder(str(folder), device="cpu", local_files_only=True, num_labels=1)
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(
            f"{folder} holds no cross-encoder: {str(error).splitlines()[0]}",
            hint="Train one: metier train cross-encoder; or give a folder of sentence-transformers.",
        ) from error

    def score(left: Sequence[str], right: Sequence[str]) -> NDArray[np.float32]:
        pairs = list(zip(left, right, strict=True))
        found: NDArray[np.float32] = np.asarray(
            model.predict(pairs, activation_fn=Sigmoid(), show_progress_bar=False), dtype=np.float32
        )
        return found

    return score
