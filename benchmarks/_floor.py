"""The floor that the service is measured against: plain FastAPI over an exact NumPy search, no ranking, no reasons."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import Any

import numpy as np
from fastapi import FastAPI


def make() -> FastAPI:
    """Load all vectors of the catalog that `FLOOR_CATALOG` names, and answer with the nearest jobs."""
    truth = sqlite3.connect(Path(os.environ["FLOOR_CATALOG"]) / "truth.sqlite")
    rows = truth.execute("select id, vector from records where kind = 'job'").fetchall()
    ids = [key for key, _ in rows]
    matrix = np.frombuffer(b"".join(vector for _, vector in rows), dtype=np.float32).reshape(len(rows), -1)
    found = truth.execute("select id, vector from records where kind = 'person'").fetchall()
    people = {key: np.frombuffer(vector, dtype=np.float32) for key, vector in found}
    app = FastAPI()

    @app.get("/readyz")
    def ready() -> dict[str, str]:
        return {"status": "ready"}

    @app.get("/v1/people/{person_id}/recommendations")
    def recommend(person_id: str) -> dict[str, Any]:
        scores = matrix @ people[person_id]
        best = np.argpartition(-scores, 10)[:10]
        best = best[np.argsort(-scores[best])]
        return {"matches": [{"job": {"id": ids[row]}, "score": float(scores[row])} for row in best]}

    return app
