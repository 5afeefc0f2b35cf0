"""`metier serve`: the REST service on one catalog, in one process or several."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from metier.cli.base import JsonOption, note, usage_error, write_line

if TYPE_CHECKING:
    from metier.service.options import ServiceOptions


def serve(
    catalog: Annotated[str, typer.Option(metavar="URI", help="The catalog's folder; made if there is none.")] = "",
    host: Annotated[str, typer.Option(help="The address; any but this machine's own needs keys.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535)] = 8000,
    workers: Annotated[int, typer.Option(min=1, max=64, help="How many processes share the catalog.")] = 1,
    as_of: Annotated[str, typer.Option(metavar="DATE", help="Reckon as on this day; today if left out.")] = "",
    requests_per_minute: Annotated[int, typer.Option(min=0, help="Of one key; 0 for no limit.")] = 0,
    private_webhooks: Annotated[bool, typer.Option(help="Let webhooks go to hosts of the own network.")] = False,
    root_path: Annotated[str, typer.Option(help="The path under which a proxy serves it.")] = "",
    as_json: JsonOption = False,
) -> None:
    """Serve a catalog by REST; see docs/service.md.

    Raises:
        MissingExtraError: What it needs is not installed.
        ConfigError: The address can be reached from elsewhere, and there is no key.
    """
    from metier.config import load_settings  # noqa: PLC0415 - help must be fast
    from metier.errors import MissingExtraError  # noqa: PLC0415

    try:
        import fastapi  # noqa: F401, PLC0415
        import prometheus_client  # noqa: F401, PLC0415
        import python_multipart  # noqa: F401, PLC0415
        import uvicorn  # noqa: PLC0415
    except ImportError as error:
        raise MissingExtraError("metier serve", "serve") from error
    settings, _ = load_settings()
    uri = catalog or settings.catalog
    if not uri:
        usage_error("no catalog is named; give --catalog URI")
    options = _options(uri, settings, host)
    options = _with(
        options,
        as_of=_day(as_of),
        workers=workers,
        requests_per_minute=requests_per_minute,
        private_webhooks=private_webhooks,
    )
    url = f"http://{f'[{host}]' if ':' in host else host}:{port}{root_path}/v1"
    if as_json:
        write_line({"url": url, "catalog": uri, "needs_keys": options.needs_keys, "workers": workers})
    else:
        note(f"serving {uri} on {url}, {'keys needed' if options.needs_keys else 'no key needed'}")
    with _environment(options):
        uvicorn.run(
            "metier.service.app:from_environment",
            factory=True,
            host=host,
            port=port,
            workers=workers,
            root_path=root_path,
            log_config=_LOGGING,
            access_log=False,
            server_header=False,
            timeout_keep_alive=30,
            timeout_graceful_shutdown=20,
            limit_concurrency=None,
        )


def _options(uri: str, settings: Any, host: str) -> ServiceOptions:  # noqa: ANN401 - Settings, imported late
    from metier.service.key import KeyStore  # noqa: PLC0415
    from metier.service.options import ServiceOptions, check_bind  # noqa: PLC0415

    options = ServiceOptions(catalog=uri, settings=settings)
    has_good = False
    if KeyStore.is_at(options.folder):
        store = KeyStore(options.folder)
        has_good = store.has_good()
        store.close()
        options = _with(options, needs_keys=True)
    check_bind(host, has_keys=has_good)
    return options


def _with(options: ServiceOptions, **values: object) -> ServiceOptions:
    from dataclasses import replace  # noqa: PLC0415

    return replace(options, **values)  # type: ignore[arg-type]


def _day(text: str) -> str:
    from metier.cli.base import read_day  # noqa: PLC0415

    return read_day(text).isoformat() if text else ""


@contextlib.contextmanager
def _environment(options: ServiceOptions) -> Iterator[None]:
    """Hand the options to the worker processes, and a folder in which they put their figures together."""
    os.environ.update(options.to_environment())
    with tempfile.TemporaryDirectory(prefix="metier-figures-") as folder:
        if options.workers > 1:
            os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder
            # Each worker its share of the cores, lest all of them wait for each other.
            os.environ.setdefault("OPENBLAS_NUM_THREADS", str(max(1, (os.cpu_count() or 1) // options.workers)))
        yield


_LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "metier.service.telemetry.JsonFormatter"}},
    "handlers": {"out": {"class": "logging.StreamHandler", "formatter": "json", "stream": "ext://sys.stdout"}},
    "root": {"handlers": ["out"], "level": "WARNING"},
    "loggers": {
        "metier": {"level": "INFO"},
        "uvicorn": {"level": "INFO"},
        "uvicorn.access": {"level": "WARNING"},
    },
}
