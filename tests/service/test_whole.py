"""The service as it runs: whatever is sent gets no 5xx, and a worker that is killed loses nothing acknowledged."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import hypothesis
import pytest
import schemathesis
from hypothesis import HealthCheck

from metier.service.key import KeyStore

COMMAND = [sys.executable, "-c", "from metier.cli.main import main; main()"]
JOB = {"title": "Welder", "description": "TIG welding of stainless pipe."}


@schemathesis.serializer("application/x-ndjson")
def lines_of(_context, value):
    """Send generated lines as they are."""
    return str(value).encode("utf-8", "replace")


@pytest.mark.slow
def test_no_request_of_the_description_gets_a_5xx(stocked):
    schema = schemathesis.openapi.from_dict(stocked.get("/v1/openapi.json").json())
    statuses: set[int] = set()

    for result in schema.get_all_operations():
        operation = result.ok()
        if operation.path.endswith("/stream"):
            continue  # it ends with its caller

        attacked(stocked, operation, statuses)
    assert statuses >= {200, 404, 422}


def attacked(client, operation, statuses):
    """Send some generated requests of one operation."""

    @hypothesis.given(case=operation.as_strategy())
    @hypothesis.settings(max_examples=12, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @hypothesis.seed(11)
    def attack(case):
        answer = send(client, case)
        statuses.add(answer.status_code)
        assert answer.status_code < 500, (operation.label, answer.text)
        if answer.status_code >= 400:
            assert answer.json()["status"] == answer.status_code

    attack()


def send(client, case):
    """Send a generated request as it is, with bodies that are no JSON too."""
    headers = {str(name): str(value) for name, value in (case.headers or {}).items()}
    body: dict[str, object] = {}
    if isinstance(case.body, bytes | str):
        body["content"] = case.body.encode("utf-8", "replace") if isinstance(case.body, str) else case.body
    elif "form" in (case.media_type or ""):
        body["files"] = {"file": ("x.txt", repr(case.body).encode())}
    elif type(case.body).__name__ != "NotSet":
        body["json"] = case.body
    if case.media_type and "files" not in body:
        headers["content-type"] = case.media_type
    return client.request(case.method, case.formatted_path, params=case.query or {}, headers=headers, **body)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def ask(url, body=None, method=None):
    """Ask; give status and JSON."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data=data, method=method, headers={"content-type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, json.loads(answer.read() or b"null")
    except urllib.error.HTTPError as error:
        return error.code, json.loads(error.read())


@contextmanager
def serving(uri, tmp_path, *, workers):
    """Serve a catalog in processes of its own; give the address and the process that started them."""
    config = tmp_path / "config.toml"
    config.write_text('encoder = "hash"\n')
    start = "from metier.plugins import BUILT_IN; BUILT_IN['encoder']['hash'] = 'metier.testing:HashEncoder'"
    (tmp_path / "sitecustomize.py").write_text(start)
    environment = os.environ | {"METIER_CONFIG": str(config), "PYTHONPATH": str(tmp_path)}
    port = free_port()
    arguments = ["serve", "--catalog", uri, "--port", str(port), "--workers", str(workers)]
    log = (tmp_path / "log.txt").open("ab")
    process = subprocess.Popen([*COMMAND, *arguments], stdout=log, stderr=log, env=environment)
    url = f"http://127.0.0.1:{port}"
    try:
        for _ in range(600):
            if process.poll() is not None:
                raise AssertionError((tmp_path / "log.txt").read_text())
            try:
                if ask(f"{url}/readyz")[0] == 200:
                    break
            except OSError:
                pass
            time.sleep(0.2)
        yield url, process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)
        log.close()


def children(pid):
    """Give the worker processes of a process, not those that clean up."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1])
            line = (folder / "cmdline").read_bytes()
        except OSError:
            continue
        if parent == pid and b"resource_tracker" not in line:
            found.append(int(folder.name))
    return found


@pytest.mark.slow
@pytest.mark.enable_socket
@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="finds the workers by /proc")
def test_workers_killed_under_load_lose_nothing_acknowledged_and_double_nothing(tmp_path):
    acknowledged: list[str] = []
    stopping = threading.Event()

    def load(url, lane):
        number = 0
        while not stopping.is_set():
            batch = [
                {"id": f"{lane}-{number}-{one}", "kind": "click", "profile_id": f"p{lane}", "job_id": "w"}
                for one in range(50)
            ]
            try:
                status, answer = ask(f"{url}/v1/events/batch", {"events": batch})
            except (OSError, ValueError):
                continue  # the same batch again: it counts once
            if status in {200, 201}:
                acknowledged.extend(result["id"] for result in answer["results"])
                number += 1

    with serving(str(tmp_path / "c"), tmp_path, workers=2) as (url, process):
        threads = [threading.Thread(target=load, args=(url, lane)) for lane in range(4)]
        for thread in threads:
            thread.start()
        for _ in range(3):
            time.sleep(2)
            os.kill(children(process.pid)[0], signal.SIGKILL)
        time.sleep(4)
        stopping.set()
        for thread in threads:
            thread.join()
        kept: list[str] = []
        cursor: str | None = ""
        while cursor is not None:
            page = ask(f"{url}/v1/events?limit=500&cursor={cursor}")[1]
            kept += [event["id"] for event in page["items"]]
            cursor = page["next"]
    assert len(acknowledged) >= 500
    assert len(kept) == len(set(kept))
    assert set(acknowledged) <= set(kept)


@pytest.mark.slow
@pytest.mark.enable_socket
def test_what_one_worker_acknowledged_every_other_answers_at_once(tmp_path):
    with serving(str(tmp_path / "c"), tmp_path, workers=3) as (url, _):
        ask(f"{url}/v1/people/ana", {"text": "Welder\nTIG welding of stainless pipe since 2019"}, "PUT")
        for number in range(12):
            body = JOB | {"company": f"E{number}", "title": f"Welder {number}"}
            assert ask(f"{url}/v1/jobs/j{number}", body, "PUT")[0] == 201
            for _ in range(4):
                found = ask(f"{url}/v1/people/ana/recommendations?n=100")[1]["matches"]
                named = {match["job"]["id"] for match in found} | {
                    twin for match in found for twin in match["job"]["duplicates"]
                }
                assert f"j{number}" in named


@pytest.mark.slow
@pytest.mark.enable_socket
def test_a_thousand_open_connections_leave_it_answering(tmp_path):
    store = KeyStore(tmp_path / "other")  # keys of another catalog do not matter here
    store.close()
    with serving(str(tmp_path / "c"), tmp_path, workers=1) as (url, process):
        port = int(url.rsplit(":", 1)[1])
        lines = []
        for _ in range(1000):
            line = socket.create_connection(("127.0.0.1", port), timeout=30)
            line.sendall(
                b"POST /v1/jobs HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{"
            )
            lines.append(line)
        assert ask(f"{url}/v1/jobs/w", JOB, "PUT")[0] == 201
        assert ask(f"{url}/healthz")[0] == 200
        for line in lines:
            line.close()
        assert ask(f"{url}/v1/jobs/w")[0] == 200
        assert process.poll() is None
