"""What operators see: a line of JSON for each request and Prometheus figures; nothing personal, no key."""

from __future__ import annotations

import json
import logging
import os
import time
from dataclasses import dataclass, field
from uuid import uuid4

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector
from starlette.types import ASGIApp, Message, Receive, Scope, Send

logger = logging.getLogger("metier.service.requests")
SHARED = "PROMETHEUS_MULTIPROC_DIR"
"""The variable that names the folder in which worker processes put their figures together."""
_BUCKETS = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1.0, 2.5, 10.0)
_FIELDS = ("request", "method", "route", "status", "ms", "bytes", "key", "tenant")


class JsonFormatter(logging.Formatter):
    """Renders a record of the log as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Give time, level, name and message, and what a request is told by; of a fault its kind and place only."""
        fields: dict[str, object] = {
            "at": time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created)) + f".{int(record.msecs):03d}Z",
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        fields |= {name: getattr(record, name) for name in _FIELDS if hasattr(record, name)}
        if record.exc_info and record.exc_info[0] is not None:
            fields["fault"] = record.exc_info[0].__name__
            fields["where"] = _where(record.exc_info[2])
        return json.dumps(fields, ensure_ascii=False)


def _where(trace: object) -> list[str]:
    """Give file and line of the frames; their values, and the words of the error, could be personal."""
    places = []
    while trace is not None:
        frame = getattr(trace, "tb_frame")  # noqa: B009 - a traceback is of no exported type
        places.append(f"{os.path.basename(frame.f_code.co_filename)}:{getattr(trace, 'tb_lineno')}")  # noqa: B009, PTH119
        trace = getattr(trace, "tb_next")  # noqa: B009
    return places[-8:]


@dataclass(slots=True)
class Figures:
    """The figures of one process."""

    registry: CollectorRegistry = field(default_factory=CollectorRegistry)
    requests: Counter = field(init=False)
    seconds: Histogram = field(init=False)
    waiting: Gauge = field(init=False)
    cached: Counter = field(init=False)
    events: Counter = field(init=False)
    records: Counter = field(init=False)

    def __post_init__(self) -> None:
        """Name them."""
        kept = self.registry
        self.requests = Counter("metier_requests", "Requests.", ["method", "route", "status"], registry=kept)
        self.seconds = Histogram(
            "metier_request_seconds", "How long they took.", ["method", "route"], buckets=_BUCKETS, registry=kept
        )
        self.waiting = Gauge(
            "metier_open_requests", "Requests that are open.", multiprocess_mode="livesum", registry=kept
        )
        self.cached = Counter("metier_answers", "Answers by whether they were kept.", ["kept"], registry=kept)
        self.events = Counter("metier_events", "Events acknowledged.", ["receipt"], registry=kept)
        self.records = Counter("metier_records", "Jobs and people acknowledged.", ["kind", "change"], registry=kept)

    def render(self) -> bytes:
        """Give all figures in the text format, those of all workers together."""
        if SHARED not in os.environ:
            return generate_latest(self.registry)
        together = CollectorRegistry()
        MultiProcessCollector(together)  # type: ignore[no-untyped-call]
        return generate_latest(together)


@dataclass(frozen=True, slots=True)
class Telemetry:
    """Counts, times and logs each request by the template of its route, never by its path, which names people."""

    app: ASGIApp
    figures: Figures

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun, status, size, request = time.perf_counter(), 500, 0, uuid4().hex[:16]

        async def told(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], (b"x-request-id", request.encode())]
            size += len(message.get("body", b""))
            await send(message)

        self.figures.waiting.inc()
        try:
            await self.app(scope, receive, told)
        finally:
            self.figures.waiting.dec()
            seconds = time.perf_counter() - begun
            route = getattr(scope.get("route"), "path", "none")
            method = scope["method"] if scope["method"] in _METHODS else "OTHER"
            self.figures.requests.labels(method, route, str(status)).inc()
            self.figures.seconds.labels(method, route).observe(seconds)
            caller = scope.get("state", {}).get("caller")
            logger.info(
                "request",
                extra={
                    "request": request,
                    "method": method,
                    "route": route,
                    "status": status,
                    "ms": round(1000 * seconds, 1),
                    "bytes": size,
                    "key": getattr(caller, "key_id", None),
                    "tenant": getattr(caller, "tenant", None),
                },
            )


_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
