"""One process of the service: the tenants' desks, the keys, and the threads that work."""

from __future__ import annotations

import asyncio
import gc
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Literal, ParamSpec, TypeVar

from metier.graph.base import SkillGraph
from metier.graph.graph_linker import GraphLinker
from metier.models.base import Encoder
from metier.models.named import open_encoder
from metier.service.clerk import Clerk
from metier.service.desk import Desk, Parts
from metier.service.document_reader import DocumentReader
from metier.service.key import DEFAULT_TENANT, KeyStore, check_tenant
from metier.service.options import ServiceOptions
from metier.service.problem import ProblemError
from metier.service.rate_limit import RateLimit
from metier.service.telemetry import Figures

P = ParamSpec("P")
T = TypeVar("T")
Work = Literal["rank", "write", "read", "parse"]
_THREADS: dict[Work, int] = {"rank": 2, "write": 2, "read": 8, "parse": 2}
_TENANTS = "tenants"


class House:
    """Everything that one process holds; desks are opened when they are first asked for.

    Args:
        options: What the service was started with.
        encoder: Text to vectors; that of the settings if None.
        graph: Skills; the one that ships if None.
    """

    def __init__(
        self, options: ServiceOptions, *, encoder: Encoder | None = None, graph: SkillGraph | None = None
    ) -> None:
        self.options = options
        options.folder.mkdir(parents=True, exist_ok=True)
        settings = options.settings
        self.parts = Parts(
            encoder=encoder or open_encoder(settings.encoder, settings),
            graph=graph or GraphLinker(),
            options=options,
            reader=DocumentReader(seconds=options.parse_seconds, max_pages=options.max_pages),
        )
        self.keys = KeyStore(options.folder) if options.needs_keys else None
        self.rate = RateLimit(options.requests_per_minute / options.workers)
        self.figures = Figures()
        self.is_ready = False
        self._desks: dict[str, Desk] = {}
        self._opening = threading.Lock()
        self.streams = 0
        self.clerk = Clerk(self._open_desks, may_be_private=options.private_webhooks)
        self._pools = {work: ThreadPoolExecutor(count, thread_name_prefix=work) for work, count in _THREADS.items()}
        self.waiting: dict[Work, int] = dict.fromkeys(_THREADS, 0)

    def desk(self, tenant: str = DEFAULT_TENANT) -> Desk:
        """Give the desk of a tenant.

        Raises:
            InputError: The name is none of a tenant.
        """
        with self._opening:
            if tenant not in self._desks:
                self._desks[tenant] = Desk.open(self.folder(tenant), self.parts)
            return self._desks[tenant]

    def opened(self, tenant: str) -> Desk | None:
        """Give the desk of a tenant if it is open already, which takes no time."""
        return self._desks.get(tenant)

    def _open_desks(self) -> dict[str, Desk]:
        """Open the desks of all tenants: work may wait in any."""
        return {tenant: self.desk(tenant) for tenant in self.tenants()} if self.is_ready else {}

    def folder(self, tenant: str) -> Path:
        """Give the folder of a tenant's catalog; the root itself is that of the default tenant."""
        check_tenant(tenant)
        root = self.options.folder
        return root if tenant == DEFAULT_TENANT else root / _TENANTS / tenant

    def tenants(self) -> list[str]:
        """Give the tenants that have a catalog, sorted."""
        folder = self.options.folder / _TENANTS
        others = [one.name for one in folder.iterdir() if (one / "truth.sqlite").is_file()] if folder.is_dir() else []
        return sorted([DEFAULT_TENANT, *others])

    async def run(self, work: Work, act: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Do something in a thread of its kind, so that the event loop never waits.

        Raises:
            ProblemError: Too much waits already.
        """
        if self.waiting[work] >= self.options.waiting:
            raise ProblemError(503, "too many requests are waiting", code="busy", headers={"Retry-After": "2"})
        self.waiting[work] += 1
        try:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._pools[work], lambda: act(*args, **kwargs))
        finally:
            self.waiting[work] -= 1

    def warm(self) -> None:
        """Load what the first answers would have to wait for."""
        self.desk().warm()
        gc.collect()
        gc.freeze()  # what lasts as long as the process is not gone through again, which took a quarter of a second
        self.is_ready = True
        self.clerk.start()

    def close(self) -> None:
        """Stop the threads, and close the databases."""
        self.clerk.stop()
        for pool in self._pools.values():
            pool.shutdown(wait=True, cancel_futures=True)
        for desk in self._desks.values():
            desk.close()
        self.parts.reader.close()
        if self.keys is not None:
            self.keys.close()
