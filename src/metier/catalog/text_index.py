"""Full-text search by LanceDB; derived from the truth, and made again from it whenever it is gone or broken."""

from __future__ import annotations

import datetime as dt
import logging
import os
import re
import shutil
import sys
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec, module_from_spec
from pathlib import Path
from threading import Lock
from typing import Any
from uuid import uuid4

from metier.catalog.entry import Kind
from metier.models.lexicon import information

Scored = list[tuple[str, float]]
logger = logging.getLogger(__name__)
_SLACK = 64
_MAX_TERMS = 128
_FEW = 32
_LEAST_BITS = 8.0
"""The 250 most frequent words of the vocabulary carry less."""
_WORD = re.compile(r"[^\W_]+(?:[+#]+|[.'’-][^\W_]+)*")
_OPTIMISE_AFTER = 2000


_IMPORTING = Lock()


def _put_off(name: str) -> None:
    """Let the records of a package be imported without the package, which is loaded when a name of it is asked for.

    LanceDB imports the records of its REST client; the client around them takes longer to load than a query.
    """
    spec = find_spec(name)
    if name in sys.modules or spec is None or spec.loader is None:
        return
    package = module_from_spec(spec)
    loader = spec.loader

    def load(attribute: str) -> Any:  # noqa: ANN401
        del package.__dict__["__getattr__"]
        loader.exec_module(package)
        return getattr(package, attribute)

    package.__dict__["__getattr__"] = load
    sys.modules[name] = package


def _lancedb() -> Any:  # noqa: ANN401
    """Import LanceDB, which is heavy, when it is first needed; two threads at once would each meet half of it."""
    with _IMPORTING:
        os.environ.setdefault("LANCE_LOG", "error")
        _put_off("lance_namespace_urllib3_client")
        import_module("lancedb.index")
        import_module("lancedb.query")
        return import_module("lancedb")


@dataclass(slots=True)
class TextIndex:
    """BM25 over one column; Chinese is split by the ICU dictionary. `folder` None keeps it in memory."""

    kind: Kind
    folder: Path | None
    _table: Any = None
    _written: int = 0
    _memory: str = field(default_factory=lambda: f"memory://{uuid4().hex}")

    def _open(self) -> Any:  # noqa: ANN401 - lancedb has no types
        """Open the table to write; it is made where there is none, which only one process at a time may do."""
        if self._ready() is None:
            pa = import_module("pyarrow")
            schema = pa.schema([("id", pa.string()), ("text", pa.string())])
            self._table = self._database().create_table(self.kind, schema=schema, exist_ok=True)
            config = _lancedb().index.FTS(
                base_tokenizer="icu", with_position=False, stem=False, remove_stop_words=False, ascii_folding=True
            )
            self._table.create_index("text", config=config)
        return self._table

    def _ready(self) -> Any:  # noqa: ANN401
        """Give the table if it is there with its index, else None."""
        if self._table is None and self.exists():
            table = self._database().open_table(self.kind)
            self._table = table if table.list_indices() else None
        return self._table

    def _database(self) -> Any:  # noqa: ANN401
        # Looks for other processes' writes at each search.
        where = str(self.folder) if self.folder else self._memory
        return _lancedb().connect(where, read_consistency_interval=dt.timedelta(0))

    def exists(self) -> bool:
        """Say whether there is an index yet."""
        if self.folder is None:
            return self._table is not None
        return any((self.folder / f"{self.kind}.lance" / "_versions").glob("*"))

    def write(self, rows: Sequence[tuple[str, str]], gone: Sequence[str]) -> None:
        """Put rows of (id, text) in the place of those with the same ids, and take out those that are gone."""
        table = self._open()
        if gone:
            for first in range(0, len(gone), 500):
                quoted = ", ".join("'" + key.replace("'", "''") + "'" for key in gone[first : first + 500])
                table.delete(f"id in ({quoted})")
        if rows:
            (
                table.merge_insert("id")
                .when_matched_update_all()
                .when_not_matched_insert_all()
                .execute([{"id": key, "text": text} for key, text in rows])
            )
        self._written += len(rows) + len(gone)
        if self._written >= _OPTIMISE_AFTER:
            self.optimise()

    def optimise(self) -> None:
        """Compact the files and bring the index level with the rows."""
        self._open().optimize()
        self._written = 0

    def search(self, query: str, *, depth: int, only: Collection[str] | None) -> Scored:
        """Give the rows that match any word of the query, best first, ties by id; a query has no syntax."""
        words = " ".join(query_words(query))
        table = self._ready()
        if table is None or not words or depth < 1 or (only is not None and not only):
            return []
        search = table.search(_lancedb().query.MatchQuery(words, "text"), query_type="fts")
        if only is not None:
            quoted = ", ".join("'" + key.replace("'", "''") + "'" for key in sorted(only))
            search = search.where(f"id in ({quoted})", prefilter=True)
        limit = depth + _SLACK
        while True:
            found = search.limit(limit).select(["id", "_score"]).to_arrow().to_pylist()
            scored = sorted(((row["id"], float(row["_score"])) for row in found), key=lambda pair: (-pair[1], pair[0]))
            if len(scored) < limit or scored[-1][1] < scored[depth - 1][1]:
                return scored[:depth]
            limit *= 8  # the tie at the border goes on

    def count(self) -> int:
        """Count the rows."""
        table = self._ready()
        return 0 if table is None else int(table.count_rows())

    def ids(self) -> list[str]:
        """Give all ids, sorted."""
        table = self._ready()
        return [] if table is None else sorted(table.search().select(["id"]).limit(None).to_arrow()["id"].to_pylist())

    def clear(self) -> None:
        """Throw the index away."""
        self._table = None
        self._written = 0
        if self.folder is None:
            self._memory = f"memory://{uuid4().hex}"
        else:
            shutil.rmtree(self.folder / f"{self.kind}.lance", ignore_errors=True)


def query_words(query: str) -> list[str]:
    """Give the distinct words of a query in their order: no numbers, and of a long one the 128 that tell most.

    A word that most texts hold costs a search most, for a weight in BM25 of about 0. Among few words each may count:
    "IT" is one.
    """
    words = list(dict.fromkeys(word.lower() for word in _WORD.findall(query) if not word.isdigit()))
    if len(words) <= _FEW:
        return words
    bits = {word: information(word) for word in words}
    telling = sorted((word for word in words if bits[word] >= _LEAST_BITS), key=lambda word: -bits[word])
    kept = set(telling[:_MAX_TERMS])
    return [word for word in words if word in kept]
