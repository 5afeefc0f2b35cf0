"""The web page in a browser: first paint, and a resume dropped until its list stands. Needs a Chromium.

Usage: python benchmarks/page.py [JOBS] [CATALOG]; CATALOG as for service.py.
"""

from __future__ import annotations

import os
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

from _crowd import build
from _table import write
from playwright.sync_api import Browser, Page, sync_playwright

from metier.sample import resumes_path
from service import DAY, METIER, free_port, running

TIMES = 7
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
_PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"


def first_paint(page: Page, address: str) -> float:
    """Open a page with nothing kept; give the milliseconds until something is seen (W3C Paint Timing)."""
    page.goto(address)
    while not (painted := float(page.evaluate(_PAINT))):
        page.wait_for_timeout(20)
    return painted


def until_ranked(page: Page, address: str, resume: Path) -> float:
    """Drop a resume; give the milliseconds until the ranked list stands."""
    page.goto(f"{address}/seeker")
    begun = time.perf_counter()
    page.set_input_files("#file", resume)
    page.wait_for_selector(".card")
    return 1000 * (time.perf_counter() - begun)


def measured(browser: Browser, address: str) -> list[list[str]]:
    """Measure each several times, each time as a browser that was never here."""
    resumes = sorted(path for path in resumes_path().iterdir() if path.suffix in {".txt", ".md", ".pdf", ".docx"})
    found: dict[str, list[float]] = {}
    for turn in range(TIMES + 1):
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        page = context.new_page()
        told = {f"first paint of {path or '/'}": first_paint(page, address + path) for path in ("", "/seeker")}
        told["a resume dropped until its list stands"] = until_ranked(page, address, resumes[turn % len(resumes)])
        context.close()
        if turn:  # the first one warms what every later one finds warm
            for name, value in told.items():
                found.setdefault(name, []).append(value)
    return [
        [name, f"{statistics.median(values):.0f} ms", f"{max(values):.0f} ms", str(len(values))]
        for name, values in found.items()
    ]


def main() -> None:
    """Measure and write the table."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        raise SystemExit("there is no Chromium here")
    begun = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(scratch) / "catalog"
        build(folder, count)
        port = free_port()
        command = [*METIER, "serve", "--catalog", str(folder), "--port", str(port), "--workers", "2", "--as-of", DAY]
        with running(command, port), sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
            rows = measured(browser, f"http://127.0.0.1:{port}")
            browser.close()
    about = (
        f"{count} postings, 2 workers; browser and service share the cores. Load average {begun:.1f} before and"
        f" {os.getloadavg()[0]:.1f} after. Targets: first paint under 1 s, a list under 3 s."
    )
    write(__file__, "The web page", about, ["what", "median", "slowest", "times"], rows)


if __name__ == "__main__":
    main()
