"""Every curl of docs/service.md does what the page says."""

import os
import re
import socket
import subprocess
import threading
import time
from pathlib import Path

import pytest
import uvicorn

from metier.service.app import create_app
from metier.testing import HashEncoder

PAGE = Path(__file__).parents[2] / "docs" / "service.md"


def commands():
    """Give the commands of the page, each with the lines that belong to it."""
    blocks = re.findall(r"```sh\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    lines = [block for block in blocks if "curl" in block]
    return [one for block in lines for one in re.split(r"\n(?=curl|printf|timeout)", block.strip())]


@pytest.fixture
def url(options, graph):
    """Serve on loopback in a thread: the page is tried by curl itself."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    app = create_app(options, encoder=HashEncoder(), graph=graph)
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


@pytest.mark.enable_socket
def test_every_curl_of_the_page_is_answered(url):
    found = commands()
    assert len(found) >= 20
    for command in found:
        told = command.replace("curl ", "curl -sS --fail-with-body ", 1)
        done = subprocess.run(
            ["bash", "-c", told], env=os.environ | {"URL": url}, capture_output=True, text=True, timeout=60, check=False
        )
        assert done.returncode == 0, (command, done.stdout, done.stderr)
        if "/stream" in command:
            assert "event: list\ndata: {" in done.stdout
        if "kind=jobs" in command:
            assert "HTTP/1.1 202" in done.stdout
