"""Standard Webhooks: the signature of the specification, and no way into the own network."""

import base64
import itertools
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from metier.errors import InputError
from metier.service.webhook import check_url, headers_of, new_secret, send, signature, wait_after


def test_the_signature_is_that_of_the_specification():
    """The example of the reference libraries (github.com/standard-webhooks/standard-webhooks)."""
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    signed = signature(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}')
    assert signed == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_headers_carry_id_time_and_signature():
    secret = new_secret()
    assert len(base64.b64decode(secret.removeprefix("whsec_"))) == 24
    headers = headers_of(secret, "msg_1", b"{}", now=1700000000.9)
    assert headers["webhook-timestamp"] == "1700000000"
    assert headers["webhook-signature"] == signature(secret, "msg_1", 1700000000, b"{}")


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com/x",
        "https://127.0.0.1/",
        "https://localhost/",
        "https://[::1]/",
        "https://10.0.0.1/x",
        "https://169.254.169.254/latest",
        "https://user:pass@example.com/",
        "https:///x",
        "https://example.com:0/",
        "https://[bad/",
        "ftp://example.com/",
    ],
)
def test_addresses_of_the_own_network_are_refused(url):
    with pytest.raises(InputError):
        check_url(url, may_be_private=False)


def test_names_that_lead_inside_are_refused_when_they_are_asked(monkeypatch):
    check_url("https://example.com/hook", may_be_private=False)
    monkeypatch.setattr(
        "metier.service.webhook.socket.getaddrinfo", lambda *_, **__: [(2, 1, 6, "", ("192.168.0.1", 443))]
    )
    with pytest.raises(InputError, match="own network"):
        send("https://example.com/hook", {}, b"", may_be_private=False)


def test_waits_grow_and_end():
    waits = [wait_after(attempts) for attempts in range(1, 8)]
    assert all(shorter < longer for shorter, longer in itertools.pairwise(waits[:-1]))
    assert waits[-1] is None


@pytest.mark.enable_socket
def test_a_message_arrives_whole():
    got = []

    class Hook(BaseHTTPRequestHandler):
        def do_POST(self):
            got.append((self.path, self.headers["webhook-id"], self.rfile.read(int(self.headers["content-length"]))))
            self.send_response(302 if self.path == "/moved" else 204)
            self.send_header("location", "http://127.0.0.1:1/")
            self.end_headers()

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Hook)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}"
    assert send(f"{url}/a?b=c", {"webhook-id": "m"}, b"{}", may_be_private=True) == 204
    assert send(f"{url}/moved", {"webhook-id": "m"}, b"{}", may_be_private=True) == 302
    server.shutdown()
    server.server_close()
    assert got[0] == ("/a?b=c", "m", b"{}")
    with pytest.raises(ConnectionRefusedError):
        send(url, {}, b"{}", may_be_private=True)
