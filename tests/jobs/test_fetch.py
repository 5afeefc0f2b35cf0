"""Only bounded answers, and only over https or from this machine."""

import http.server
import threading

import pytest

from metier.errors import InputError
from metier.jobs import fetch as module
from metier.jobs.fetch import fetch


class Handler(http.server.BaseHTTPRequestHandler):
    """Answers `/feed`, sends `/on` and `/away` elsewhere, knows nothing else."""

    def do_GET(self):
        elsewhere = {"/away": "http://example.com/", "/on": "/feed"}.get(self.path, "")
        self.send_response(302 if elsewhere else 200 if self.path == "/feed" else 404)
        self.send_header("Location", elsewhere)
        self.end_headers()
        if self.path == "/feed":
            self.wfile.write(b"[]")

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture
def server(socket_enabled):
    """Give the address of a server on this machine."""
    with http.server.HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com/feed",
        "file:///etc/passwd",
        "ftp://example.com/x",
        "example.com",
        "",
        "http://localhost.example.com/",
    ],
)
def test_other_addresses_are_refused(url):
    with pytest.raises(InputError, match="not an https address") as told:
        fetch(url)
    assert "https://" in told.value.hint


@pytest.mark.parametrize("url", ["https://", "https://exa mple.com/", "https://[bad"])
def test_an_address_that_is_none_is_refused(url):
    with pytest.raises(InputError, match="cannot be read") as told:
        fetch(url)
    assert told.value.hint


@pytest.mark.parametrize("path", ["/feed", "/on"])
def test_an_address_gives_its_bytes(server, path):
    assert fetch(server + path) == b"[]"


def test_an_answer_that_is_an_error_names_the_address(server):
    with pytest.raises(InputError, match="/missing cannot be read: HTTP Error 404"):
        fetch(f"{server}/missing")


def test_a_redirect_does_not_lead_to_plain_http(server):
    with pytest.raises(InputError, match=r"http://example\.com/ is not an https address"):
        fetch(f"{server}/away")


def test_an_answer_that_is_too_large_is_refused(server, monkeypatch):
    monkeypatch.setattr(module, "MAX_BYTES", 1)
    with pytest.raises(InputError, match="holds more than"):
        fetch(f"{server}/feed")
