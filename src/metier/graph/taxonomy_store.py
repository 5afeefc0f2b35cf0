"""The taxonomies that a user loaded: a folder, one file for each version, and which of them are used."""

from __future__ import annotations

import json
import os
import re
from dataclasses import asdict, dataclass
from pathlib import Path

from metier.errors import InputError, NotFoundError
from metier.graph.graph_arrays import GraphArrays, from_bytes, save_arrays

_LIST = "taxonomies.json"
_FORM = 1
_VERSION = re.compile(r"^[\w.+-]{1,40}$", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """One version of a taxonomy.

    Attributes:
        is_used: It is part of the knowledge graph; of each taxonomy the version that was loaded last.
    """

    taxonomy: str
    version: str
    file: str
    languages: tuple[str, ...]
    nodes: int
    edges: int
    is_used: bool


class TaxonomyStore:
    """The folder.

    Args:
        folder: It need not be there yet; the user's data folder if None.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or default_folder()

    def stored(self) -> list[Stored]:
        """List what was loaded, by taxonomy and version.

        Raises:
            InputError: The list is broken.
        """
        path = self.folder / _LIST
        if not path.is_file():
            return []
        try:
            told = json.loads(path.read_text(encoding="utf-8"))
            if told["form"] != _FORM:
                raise KeyError("form")
            return [Stored(**row | {"languages": tuple(row["languages"])}) for row in told["taxonomies"]]
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise InputError(
                f"{path} is no list of taxonomies of this version of Metier",
                hint="Remove the folder, and load the taxonomies again.",
            ) from error

    def read(self, taxonomy: str, version: str) -> GraphArrays | None:
        """Give one version, or None when it was never loaded."""
        for entry in self.stored():
            if (entry.taxonomy, entry.version) == (taxonomy, version):
                return self._read(entry)
        return None

    def used(self) -> list[GraphArrays]:
        """Give the versions that are part of the knowledge graph, by taxonomy."""
        return [self._read(entry) for entry in self.stored() if entry.is_used]

    def write(self, taxonomy: str, version: str, arrays: GraphArrays) -> Path:
        """Store a version, and use it from now on.

        Raises:
            InputError: The version has characters that no file's name should have, or the folder cannot be written.
        """
        if not _VERSION.match(version):
            raise InputError(
                f"the version {version!r} cannot be stored", hint="Write it in letters, digits and dots, such as 1.2.0."
            )
        entry = Stored(
            taxonomy=taxonomy,
            version=version,
            file=f"{taxonomy}-{version}.npz",
            languages=tuple(sorted(arrays.names)),
            nodes=len(arrays.uris),
            edges=len(arrays.edges),
            is_used=True,
        )
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            save_arrays(arrays, self.folder / entry.file)
            self._list([*self._others(entry), entry])
        except OSError as error:
            raise InputError(
                f"{self.folder} cannot be written: {error}", hint="Name another folder, with --folder or the settings."
            ) from error
        return self.folder / entry.file

    def _others(self, new: Stored) -> list[Stored]:
        rows = [entry for entry in self.stored() if (entry.taxonomy, entry.version) != (new.taxonomy, new.version)]
        return [
            Stored(**asdict(entry) | {"is_used": entry.is_used and entry.taxonomy != new.taxonomy}) for entry in rows
        ]

    def _list(self, entries: list[Stored]) -> None:
        rows = [asdict(entry) for entry in sorted(entries, key=lambda entry: (entry.taxonomy, entry.version))]
        text = json.dumps({"form": _FORM, "taxonomies": rows}, indent=1, ensure_ascii=False)
        draft = self.folder / f".{_LIST}.{os.getpid()}"
        draft.write_text(text + "\n", encoding="utf-8")
        draft.replace(self.folder / _LIST)

    def _read(self, entry: Stored) -> GraphArrays:
        path = self.folder / entry.file
        try:
            return from_bytes(path.read_bytes(), str(path))
        except OSError as error:
            raise NotFoundError(
                f"{path} is not there any more", hint=f"Load {entry.taxonomy} {entry.version} again."
            ) from error


def default_folder() -> Path:
    """Give the folder for taxonomies where the user's programs keep their data."""
    from platformdirs import user_data_path  # noqa: PLC0415 - only a process that asks for it needs it

    return user_data_path("metier") / "taxonomies"
