"""The service under load from a second process on loopback. Usage: python benchmarks/service.py [JOBS] [CATALOG].

CATALOG is a folder that is filled with JOBS mixed postings of the sample if it is not there yet, and kept.
"""

from __future__ import annotations

import http.client
import itertools
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from _crowd import PEOPLE, build
from _table import write

DAY = "2026-09-15"
WORKERS = 2
SECONDS = 12.0
METIER = [sys.executable, "-c", "from metier.cli.main import main; main()"]
HERE = Path(__file__).parent


class Line:
    """A connection that stays open."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def ask(self, method: str, path: str, fields: object = None) -> tuple[int, bytes, float]:
        """Ask; give status, body and seconds."""
        body = None if fields is None else json.dumps(fields).encode()
        begun = time.perf_counter()
        self.connection.request(method, path, body, {"content-type": "application/json"})
        answer = self.connection.getresponse()
        data = answer.read()
        return answer.status, data, time.perf_counter() - begun


def free_port() -> int:
    """Find a port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(command: Sequence[str], port: int, **variables: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server until it is no longer needed."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=os.environ | variables)
    try:
        while True:
            try:
                if Line(port).ask("GET", "/readyz")[0] == 200:
                    break
            except OSError:
                pass
            if process.poll() is not None:
                raise SystemExit("the server did not start")
            time.sleep(0.2)
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


def load(port: int, lanes: int, seconds: float, requests: Iterator[tuple[str, str, object]]) -> list[float]:
    """Send requests over some connections for some seconds, or until there are none; give the seconds of each."""
    until, taken, lock = time.perf_counter() + seconds, list[float](), threading.Lock()

    def lane() -> None:
        line = Line(port)
        while time.perf_counter() < until:
            with lock:
                request = next(requests, None)
            if request is None:
                return
            status, body, spent = line.ask(*request)
            if status >= 300:
                raise SystemExit(f"{request[:2]} was answered {status}: {body[:300]!r}")
            taken.append(spent)

    threads = [threading.Thread(target=lane) for _ in range(lanes)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return taken


def told(process: subprocess.Popen[bytes], send: Callable[[], list[float]], each: int = 1) -> list[str]:
    """Send some load; give rate, p50, p99, and the processor time of the server for each request."""
    before, begun = cpu_seconds(process.pid), time.perf_counter()
    taken = send()
    spent, busy = time.perf_counter() - begun, cpu_seconds(process.pid) - before
    p50, p99 = (float(np.percentile(taken, part)) * 1000 for part in (50, 99))
    each_ms = 1000 * busy / len(taken) / each
    return [f"{len(taken) * each / spent:.1f}/s", f"{p50:.0f} ms", f"{p99:.0f} ms", f"{each_ms:.2f} ms"]


def lists(people: Sequence[int], query: str = "") -> Iterator[tuple[str, str, object]]:
    """Ask for the lists of people."""
    return (("GET", f"/v1/people/p-{number}/recommendations?n=10{query}", None) for number in people)


def events(batch: int) -> Iterator[tuple[str, str, object]]:
    """Tell events of nobody who is asked about."""
    for number in itertools.count():
        found = [
            {"id": f"{batch}-{number}-{one}", "kind": "click", "profile_id": f"x-{number % 99}", "job_id": "j-1"}
            for one in range(batch)
        ]
        yield ("POST", "/v1/events", found[0]) if batch == 1 else ("POST", "/v1/events/batch", {"events": found})


def until_visible(port: int, number: int, text: str) -> float:
    """Put in a posting made of a person's own resume; give the seconds from its acknowledgement to their list with it."""
    line, job_id = Line(port), f"fresh-{number}-{time.time_ns()}"
    title = next(one for one in text.split("\n") if one.strip())[:80]
    line.ask("PUT", f"/v1/jobs/{job_id}", {"title": title, "description": text, "company": job_id})
    begun = time.perf_counter()
    while time.perf_counter() - begun < 30:
        if job_id in line.ask("GET", f"/v1/people/p-{number}/recommendations?n=100&policy=mark")[1].decode():
            break
    spent = time.perf_counter() - begun
    line.ask("DELETE", f"/v1/jobs/{job_id}")
    return spent


def processes(pid: int) -> Iterator[Path]:
    """Give a process and those that it started."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1])
        except OSError:
            continue
        if int(folder.name) == pid or parent == pid:
            yield folder


def memory_mb(pid: int) -> float:
    """Give the resident memory of a server and its workers."""
    lines = [line for folder in processes(pid) for line in (folder / "status").read_text().splitlines()]
    return sum(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1000


def cpu_seconds(pid: int) -> float:
    """Give the processor time that a server and its workers have taken."""
    fields = [(folder / "stat").read_text().rsplit(")", 1)[1].split() for folder in processes(pid)]
    return sum(int(one[11]) + int(one[12]) for one in fields) / os.sysconf("SC_CLK_TCK")


def measure(folder: Path) -> list[list[str]]:
    """Measure the service over a catalog."""
    port = free_port()
    command = [
        *METIER,
        "serve",
        "--catalog",
        str(folder),
        "--port",
        str(port),
        "--workers",
        str(WORKERS),
        "--as-of",
        DAY,
    ]
    rows = []
    with running(command, port) as process:
        texts = {
            n: json.loads(Line(port).ask("GET", f"/v1/people/p-{n}")[1])["text"] for n in range(PEOPLE - 5, PEOPLE)
        }
        load(port, 2 * WORKERS, 60, lists(list(range(PEOPLE - 5, PEOPLE)) * 4))  # every worker has loaded what it needs
        start = memory_mb(process.pid)
        fresh: list[float] = []

        def ask_fresh() -> list[float]:
            fresh.extend(load(port, WORKERS, 2 * SECONDS, lists(range(PEOPLE - 5))))
            return fresh

        def ask(lanes: int, seconds: float, requests: Iterator[tuple[str, str, object]]) -> Callable[[], list[float]]:
            return lambda: load(port, lanes, seconds, requests)

        rows.append(
            ["lists of people not asked about before, with reasons", *told(process, ask_fresh), "2 connections"]
        )
        again = ask(WORKERS, SECONDS, lists(range(len(fresh)), "&lang=zh"))
        rows.append(["… of people who were, not kept (another language)", *told(process, again), "2 connections"])
        load(port, 8, 60, lists(list(range(5)) * 16))  # a connection stays with its worker: every one has answered once
        kept = ask(8, SECONDS, (one for _ in itertools.count() for one in lists(range(5))))
        rows.append(["… where nothing has changed", *told(process, kept), "8 connections"])
        rows.append(["events, one at a time, durable", *told(process, ask(8, SECONDS / 2, events(1))), "8 connections"])
        batches = ask(2, SECONDS / 2, events(500))
        rows.append(["events in batches of 500", *told(process, batches, 500), "2 connections; p50 and p99 of a batch"])
        rows.append(["a posting until it is in a list, under load", *visible(port, texts), "from its acknowledgement"])
        end = memory_mb(process.pid)
    rows.append(
        [f"memory of {WORKERS} workers", f"{start:.0f} MB", f"{end:.0f} MB", "", "", "at the start and at the end"]
    )
    return rows


def visible(port: int, texts: dict[int, str]) -> list[str]:
    """Measure until postings are seen while lists are asked for."""
    lanes = threading.Thread(target=load, args=(port, 1, SECONDS, lists(list(range(50, PEOPLE - 5)), "&lang=zh")))
    lanes.start()
    spent = [until_visible(port, number, text) for number, text in texts.items()]
    lanes.join()
    return ["", f"{1000 * float(np.median(spent)):.0f} ms", f"{1000 * max(spent):.0f} ms at most", ""]


def floor(folder: Path) -> list[str]:
    """Measure plain FastAPI over an exact NumPy search."""
    port = free_port()
    command = [sys.executable, "-m", "uvicorn", "_floor:make", "--factory", "--app-dir", str(HERE), "--port", str(port)]
    command += ["--workers", str(WORKERS), "--log-level", "error", "--no-access-log"]
    with running(command, port, FLOOR_CATALOG=str(folder), OPENBLAS_NUM_THREADS="1") as process:
        load(port, WORKERS, 2, lists(range(20)))
        asked = (one for _ in itertools.count() for one in lists(range(PEOPLE)))
        found = told(process, lambda: load(port, WORKERS, SECONDS, asked))
    return ["floor: FastAPI and an exact NumPy search, ids alone", *found, "2 connections"]


def main() -> None:
    """Measure and write the table."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    begun = os.getloadavg()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(scratch) / "catalog"
        build(folder, count)
        rows = [*measure(folder), floor(folder)]
    about = (
        f"{count} postings mixed of those of the sample, {PEOPLE} people, {WORKERS} workers; the load and the service share the"
        f" cores. Load average {begun[0]:.1f} before and {os.getloadavg()[0]:.1f} after: rates on a busy machine are low, the"
        " processor time of a request says what an idle one would do."
    )
    write(__file__, "The service", about, ["what", "rate", "p50", "p99", "processor time each", "how"], rows)


if __name__ == "__main__":
    main()
