"""A server on this machine that answers like `/v1/embeddings`, and a sentence encoder of random weights on disk."""

import http.server
import json
import threading

import numpy as np
import pytest

from metier.testing import HashEncoder

ENCODER = HashEncoder(size=8)


class EmbeddingServer(http.server.ThreadingHTTPServer):
    """Answers with the vectors of `HashEncoder`, times 3 and with other last bits at each request, in mixed order.

    Attributes:
        told: What is answered first, as (status, headers, body), before it answers properly.
        asked: The questions, with their headers under `headers`.
        max_words: A longer text is refused, 0 for none.
    """

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.told = []
        self.asked = []
        self.max_words = 0
        self.words = []
        self.noise = np.random.default_rng(0)

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}/v1"

    def texts(self):
        return [text for question in self.asked for text in question["input"]]

    def answer(self, question):
        if self.max_words and any(len(text.split()) > self.max_words for text in question["input"]):
            words = sum(len(text.split()) for text in question["input"])
            told = f"This model's maximum context length is {self.max_words} tokens, you asked for {words}."
            return 400, {}, {"error": {"message": told}}
        vectors = ENCODER.encode(question["input"])[:, : question.get("dimensions", 8)]
        noisy = 3 * vectors.astype(np.float64) + self.noise.normal(scale=1e-6, size=vectors.shape)
        data = [{"index": row, "embedding": list(vector)} for row, vector in enumerate(noisy)]
        tokens = sum(len(text.split()) for text in question["input"])
        return 200, {}, {"data": data[::-1], "model": question["model"], "usage": {"prompt_tokens": tokens}}


class Handler(http.server.BaseHTTPRequestHandler):
    server: EmbeddingServer

    def do_POST(self):
        question = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append(question | {"path": self.path, "headers": dict(self.headers)})
        status, headers, body = self.server.told.pop(0) if self.server.told else self.server.answer(question)
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        for name, value in {"Content-Length": str(len(data)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture
def server(socket_enabled):
    with EmbeddingServer() as made:
        thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield made
        made.shutdown()
        thread.join()
