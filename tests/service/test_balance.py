import asyncio

import pytest

from metier.service.balance import Balance


async def answer(_scope, _receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": [(b"etag", b'"1"')]})
    await send({"type": "http.response.body", "body": b"{}"})


def headers_of(app):
    sent = []

    async def send(message):
        sent.append(message)

    asyncio.run(app({"type": "http"}, None, send))
    return dict(sent[0]["headers"])


@pytest.mark.parametrize(("ranking", "workers", "ends"), [(0, 2, False), (1, 2, True), (1, 1, False), (3, 8, True)])
def test_a_connection_ends_where_others_wait_and_another_worker_may_be_free(ranking, workers, ends):
    headers = headers_of(Balance(answer, waiting={"rank": ranking}, workers=workers))
    assert headers.pop(b"etag") == b'"1"'
    assert headers == ({b"connection": b"close"} if ends else {})
