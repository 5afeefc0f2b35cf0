"""A retrieval task in the layout of BEIR (Thakur et al., NeurIPS 2021): queries, corpus, graded relevance."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from metier.errors import InputError

QUERIES, CORPUS, QRELS = "queries.jsonl", "corpus.jsonl", "qrels/test.tsv"
_LAYOUT = f"A task folder holds {QUERIES}, {CORPUS} and {QRELS}."


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Queries, the corpus to rank for each, and which of it is relevant.

    Attributes:
        kind: Such as `title-to-occupation`; empty when the folder does not say.
        queries: Text by id, only those with a relevant text.
        corpus: Text by id.
        qrels: Grade by corpus id by query id; 0 is not relevant.
    """

    name: str
    kind: str
    queries: dict[str, str]
    corpus: dict[str, str]
    qrels: dict[str, dict[str, int]]


def is_task(folder: Path) -> bool:
    """Say whether a folder has the layout of a retrieval task."""
    return all((folder / part).is_file() for part in (QUERIES, CORPUS, QRELS))


def read_task(folder: Path) -> Task:
    """Read a task folder.

    Raises:
        InputError: It is not one, or a line of it is broken; the message names file and line.
    """
    if not is_task(folder):
        raise InputError(f"{folder} is no retrieval task", hint=_LAYOUT)
    about = _about(folder / "task.json")
    qrels = _qrels(folder / QRELS)
    queries = _texts(folder / QUERIES)
    judged = {key: text for key, text in queries.items() if any(qrels.get(key, {}).values())}
    if not judged:
        raise InputError(
            f"{folder}: no query has a relevant text", hint=f"See whether the ids of {QRELS} are those of {QUERIES}."
        )
    return Task(
        name=about.get("name") or folder.name,
        kind=about.get("kind", ""),
        queries=judged,
        corpus=_texts(folder / CORPUS),
        qrels={key: qrels[key] for key in judged},
    )


def _about(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    try:
        about = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as error:
        raise InputError(f"{path} is not JSON: {error}", hint="Write it again.") from error
    return {name: str(value) for name, value in about.items()} if isinstance(about, dict) else {}


def _texts(path: Path) -> dict[str, str]:
    texts: dict[str, str] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            texts[str(row["_id"])] = " ".join(filter(None, (str(row.get("title") or ""), str(row["text"]))))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            hint = 'Write {"_id": "…", "text": "…"} on each line.'
            raise InputError(f"{path}, line {number}: no text with an id ({error})", hint=hint) from error
    return texts


def _qrels(path: Path) -> dict[str, dict[str, int]]:
    qrels: dict[str, dict[str, int]] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
        cells = line.rstrip("\r").split("\t")
        if not line.strip() or (number == 1 and not cells[-1].strip().isdigit()):
            continue
        try:
            query, document, grade = cells[0], cells[-2], int(cells[-1])
        except (ValueError, IndexError) as error:
            hint = "Write query-id, corpus-id and a whole grade, with tabs between."
            raise InputError(f"{path}, line {number}: no judgement", hint=hint) from error
        qrels.setdefault(query, {})[document] = grade
    return qrels
