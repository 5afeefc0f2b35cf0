"""The memory of the service over ten minutes of mixed load. Usage: python benchmarks/memory.py [MINUTES] [CATALOG].

CATALOG as for service.py, of 100,000 postings.
"""

from __future__ import annotations

import itertools
import os
import random
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from _crowd import PEOPLE, build
from _table import write

from service import DAY, METIER, WORKERS, free_port, load, memory_mb, running

JOBS = 100_000


def mixed(turn: int) -> Iterator[tuple[str, str, object]]:
    """Ask for lists of anybody, most of them kept ones, and tell what people did, which makes the next list new."""
    chance = random.Random(turn)
    for number in itertools.count():
        person = f"p-{chance.randrange(PEOPLE)}"
        yield "GET", f"/v1/people/{person}/recommendations?n=10", None
        if number % 10 == 0:
            told = {"id": f"m-{turn}-{number}", "kind": "click", "profile_id": person}
            yield "POST", "/v1/events", told | {"job_id": f"j-{chance.randrange(1000)}"}


def main() -> None:
    """Measure and write the table."""
    minutes = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    begun = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(scratch) / "catalog"
        build(folder, JOBS)
        port = free_port()
        command = [*METIER, "serve", "--catalog", str(folder), "--port", str(port), "--as-of", DAY]
        rows, answered = [], 0
        with running([*command, "--workers", str(WORKERS)], port) as process:
            for minute in range(minutes):
                answered += len(load(port, WORKERS, 60, mixed(minute)))
                rows.append([str(minute + 1), str(answered), f"{memory_mb(process.pid):.0f} MB"])
    about = (
        f"{JOBS} postings, {PEOPLE} people, {WORKERS} workers, {WORKERS} connections: lists, and one event for ten of them,"
        f" after which that person's list is made anew. Load average {begun:.1f} before, {os.getloadavg()[0]:.1f} after."
    )
    write(__file__, "Memory of the service", about, ["minute", "answers so far", "resident memory"], rows)


if __name__ == "__main__":
    main()
