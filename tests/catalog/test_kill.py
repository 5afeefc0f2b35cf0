"""`kill -9` in the middle of imports: nothing acknowledged is lost, nothing is there twice."""

import json
import os
import signal
import subprocess
import sys

import pytest

from metier.catalog import Catalog
from metier.sample import jobs_path

ROUNDS = 20


@pytest.mark.slow
def test_twenty_kills_lose_nothing_acknowledged(tmp_path):
    uri = str(tmp_path / "catalog")
    rows = [json.loads(line) for line in jobs_path().read_text().splitlines()[:24]]
    acknowledged: set[str] = set()
    for number in range(ROUNDS):
        feed = tmp_path / f"feed-{number}.jsonl"
        lines = [
            json.dumps(row | {"id": f"{number}-{copy}-{row['id']}", "title": f"{row['title']} {copy}"})
            for copy in range(24)
            for row in rows
        ]
        feed.write_text("\n".join(lines))
        acknowledged |= kill_after(1 + number % 3, feed, uri)
    with Catalog.open(uri) as catalog:
        ids = catalog.ids("job")
        assert len(ids) == len(set(ids))
        assert acknowledged <= set(ids)
        assert catalog.check() == []
        before = catalog.search_text("job", "TIG welder stainless", depth=50)
        catalog.rebuild()
        assert {key for key, _ in catalog.search_text("job", "TIG welder stainless", depth=len(ids))} >= {
            key for key, _ in before
        }
        assert len(acknowledged) >= ROUNDS * 64


def kill_after(batches, feed, uri):
    """Start an import, wait for some acknowledged batches, kill it; give the ids that were acknowledged."""
    command = [sys.executable, "-c", "from metier.cli.main import main; main()"]
    arguments = ["import", "jobs", str(feed), "--catalog", uri, "--json"]
    process = subprocess.Popen([*command, *arguments], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert process.stdout is not None
    seen: set[str] = set()
    for line in process.stdout:
        fields = json.loads(line)
        if "committed" in fields:
            seen |= set(fields["committed"])
            batches -= 1
        if batches == 0:
            os.kill(process.pid, signal.SIGKILL)
            break
    process.wait()
    process.stdout.close()
    return seen
