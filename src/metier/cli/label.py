"""`metier label`: what is worth a person's minute, asked in the terminal, kept at once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from metier.cli.base import OUTPUT, CountOption, JsonOption, note, track, usage_error, write_line

if TYPE_CHECKING:
    from metier.models.base import Encoder, Vectors
    from metier.training.few_shot import FewShotHead
    from metier.training.label_file import GivenLabel

Item = tuple[str, str]
_OF_PAIR = "How well do the two texts fit one another? Higher is better."
_OF_TEXT = "Which label is that of the text?"
_TENABLE = 0.667
"""Below this alpha, not even tentative conclusions hold (Krippendorff 2004, Content Analysis, p. 241)."""
_N = 10
_OFTEN = 4
"""Every so manieth question is one that another person has answered, so that agreement can be told."""


def label(
    items: Annotated[Path, typer.Argument(metavar="FILE", help="Pairs (text_a, text_b) or texts without labels.")],
    labels: Annotated[Path, typer.Option("--labels", metavar="FILE", help="JSONL, where labels are kept.")],
    annotator: Annotated[str, typer.Option(help="Who is asked.")] = "",
    chat: Annotated[
        str, typer.Option(metavar="ADDRESS", help="Ask this chat model instead: https://HOST/v1#MODEL.")
    ] = "",
    question: Annotated[str, typer.Option(help="What the chat model is asked of each.")] = "",
    classes: Annotated[str, typer.Option(help="The labels there are, with commas between.")] = "0,1",
    n: CountOption = None,
    as_json: JsonOption = False,
) -> None:
    """Ask for the labels that tell most: uncertain and unlike what is labelled; s skips, q ends.

    With --chat a model is asked. What people say goes before it, and how far it labels as they do is told.
    """
    names = [name.strip() for name in classes.split(",") if name.strip()]
    if len(names) < 2:
        usage_error("--classes needs at least two labels, with a comma between")
    if bool(annotator) == bool(chat):
        usage_error("give one of --annotator NAME and --chat ADDRESS")
    if chat:
        _of_model(chat, question, items, labels, names, n or _N, as_json=as_json)
    else:
        _of_person(annotator, items, labels, names, n or _N, as_json=as_json)


def _of_person(annotator: str, items: Path, labels: Path, names: list[str], n: int, *, as_json: bool) -> None:
    from metier.training.label_file import CHAT, GivenLabel, add_given, agreement, read_given  # noqa: PLC0415

    if annotator.startswith(CHAT):
        usage_error(f"--annotator {annotator!r} is the name of a model; take another")
    given = read_given(labels)
    asked = 0
    for one, other in _proposed(_items(items), given, annotator, n):
        OUTPUT.print(f"\n{one}" + (f"\n  ↔ {other}" if other else ""), markup=False)
        answer = _answer(names)
        if answer == "q":
            break
        if answer != "s":
            found = GivenLabel(text_a=one, text_b=other, label=answer, annotator=annotator)
            add_given(labels, found)
            given.append(found)
            asked += 1
    alpha = agreement(given)
    if as_json:
        write_line({"labelled": asked, "annotator": annotator, "alpha": alpha})
        return
    note(f"{asked} labels by {annotator} are kept in {labels}")
    if alpha is not None:
        note(f"agreement of all who labelled (Krippendorff's alpha): {alpha:.2f}")


def _of_model(
    address: str, question: str, items: Path, labels: Path, names: list[str], n: int, *, as_json: bool
) -> None:
    """Let a chat model label, and hold it against people."""
    from metier.config import load_settings  # noqa: PLC0415 - help must be fast
    from metier.models.named import open_chat  # noqa: PLC0415
    from metier.training.label_file import CHAT, GivenLabel, add_given, against_people, read_given  # noqa: PLC0415

    model = open_chat(address, load_settings()[0])
    annotator = CHAT + model.model_id
    given = read_given(labels)
    kept = unanswered = 0
    for one, other in track(_proposed(_items(items), given, annotator, n), f"asking {model.model_id}"):
        asked = question or (_OF_PAIR if other else _OF_TEXT)
        choice = model.choose(asked, names, [one, other] if other else [one])
        if choice is None:
            unanswered += 1
            continue
        found = GivenLabel(text_a=one, text_b=other, label=choice.label, annotator=annotator)
        add_given(labels, found)
        given.append(found)
        kept += 1
    told = against_people(given, annotator)
    if as_json:
        checked = {"both": told.both, "same": told.same, "alpha": told.alpha}
        write_line({"labelled": kept, "unanswered": unanswered, "annotator": annotator, "against_people": checked})
        return
    note(
        f"{kept} labels by {annotator} are kept in {labels}; {unanswered} answers were none or quoted what is not there"
    )
    if not told.both:
        note("no person labelled any of them: label some too, so that the model can be held against people")
        return
    note(f"of {told.both} that people labelled too, {told.same} are the same (Krippendorff's alpha {told.alpha:.2f})")
    if told.alpha is not None and told.alpha < _TENABLE:
        note(f"below {_TENABLE}, do not let its labels stand for people's (Krippendorff 2004)")


def _answer(names: list[str]) -> str:
    """Ask until an answer is a label, its number, s or q."""
    shown = "  ".join(f"[{place}] {name}" for place, name in enumerate(names, start=1))
    while True:
        answer = str(typer.prompt(f"{shown}  [s]kip  [q]uit")).strip()
        if answer in {*names, "s", "q"}:
            return answer
        if answer.isdigit() and 1 <= int(answer) <= len(names):
            return names[int(answer) - 1]
        note(f"{answer!r} is none of them")


def _items(path: Path) -> list[Item]:
    """Read pairs, or texts where there are none."""
    from metier.errors import InputError  # noqa: PLC0415
    from metier.training.pairs import read_pairs, read_texts  # noqa: PLC0415

    if path.suffix in {".csv", ".jsonl"} and "text_b" in path.read_text(encoding="utf-8-sig")[:2000]:
        return [(pair.left, pair.right) for pair in read_pairs(path)[0]]
    texts = read_texts(path)
    if not texts:
        raise InputError(f"{path} holds no text", hint="Give pairs (text_a, text_b) or texts.")
    return [(text, "") for text in texts]


def _proposed(items: list[Item], given: list[GivenLabel], annotator: str, n: int) -> list[Item]:
    """Choose what to ask: every fourth what others have answered, the rest what tells most."""
    from metier.training.active import propose  # noqa: PLC0415

    own = {each.key for each in given if each.annotator == annotator}
    others = {each.key for each in given} - own
    again = [item for item in items if "\n".join(item) in others]
    fresh = [item for item in items if "\n".join(item) not in own | others]
    shared = again[: -(-n // _OFTEN)]
    if not fresh:
        return again[:n]
    encoder = _encoder()
    labelled = [(each.text_a, each.text_b) for each in given]
    features = _features(encoder, [*fresh, *labelled])
    head = _head(features[len(fresh) :], given)
    places = propose(features[: len(fresh)], head=head, labelled=features[len(fresh) :], n=n - len(shared))
    return [*shared, *(fresh[place] for place in places)]


def _head(features: Vectors, given: list[GivenLabel]) -> FewShotHead | None:
    from metier.training.few_shot import fit_head  # noqa: PLC0415

    names = [each.label for each in given]
    return fit_head(features, names) if len(set(names)) > 1 else None


def _features(encoder: Encoder, items: list[Item]) -> Vectors:
    from metier.training.active import lengthened  # noqa: PLC0415
    from metier.training.few_shot import pair_features  # noqa: PLC0415

    left = encoder.encode([one for one, _ in items])
    if not any(other for _, other in items):
        return left
    return lengthened([pair_features(left, encoder.encode([other for _, other in items]))])


def _encoder() -> Encoder:
    from metier.config import load_settings  # noqa: PLC0415
    from metier.models.named import open_encoder  # noqa: PLC0415

    settings, _ = load_settings()
    return open_encoder(settings.encoder, settings)
