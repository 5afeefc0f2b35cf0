"""What a run has written about itself: `run.json` of its folder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from metier.errors import ModelError

RUN = "run.json"


def read_run(folder: Path) -> dict[str, Any]:
    """Give what a run has written about itself.

    Raises:
        ModelError: The folder holds no finished run.
    """
    try:
        run: dict[str, Any] = json.loads((folder / RUN).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(f"{folder} holds no finished run", hint="Give the --out folder of a training.") from error
    return run


def write_run(folder: Path, run: dict[str, Any]) -> None:
    """Write what a run says about itself."""
    (folder / RUN).write_text(json.dumps(run, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
