"""The two main journeys in a real browser: both languages, phone and desk, light and dark; axe finds nothing."""

import json
import os
import shutil
import socket
import threading
import time
from pathlib import Path

import pytest
import uvicorn

from metier.catalog import Catalog, ModelRun
from metier.service.app import create_app
from metier.testing import HashEncoder

sync_api = pytest.importorskip("playwright.sync_api")
axe = pytest.importorskip("axe_playwright_python.sync_playwright")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
RESUME = """Ann Lee
ann.lee@example.com
Sheffield, United Kingdom

Work experience
TIG Welder, Harrow Street Fabrications, 01/2016 - 12/2025
- TIG welding of stainless pipe to drawing
"""
SIZES = {"desk": (1280, 900), "phone": (390, 844)}
WAIT = 60_000
pytestmark = [
    pytest.mark.slow,
    pytest.mark.enable_socket,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium here"),
]


@pytest.fixture
def address(options, job_of, person_of):
    """Serve a small catalog on a free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    app = create_app(options, encoder=HashEncoder())
    needs = "Requirements\n- TIG welding of stainless pipe\n- Forklift licence would be a plus"
    app.state.house.desk().put([job_of("TIG Welder", needs, id="w1"), job_of("Welder", "- MIG welding", id="w2")])
    people = [(f"p{number}", RESUME.replace("Ann Lee", name)) for number, name in enumerate(("Ann Lee", "Bob Ray"))]
    app.state.house.desk().put([person_of(text, key) for key, text in people])
    with Catalog.open(options.catalog) as catalog:
        measured = {"mean": 0.012, "low": 0.004, "high": 0.02}
        report = {"events": 900, "measured_on": 40, "gain": measured, "wins": True, "against": "another"}
        figures = {"before": {"ndcg@10": {"mean": 0.5}}, "after": {"ndcg@10": {"mean": 0.512}}}
        catalog.models.add(ModelRun(id="ranker-1", kind="ranker", model="{}", report=json.dumps(report | figures)))
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error", loop="asyncio"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


@pytest.fixture(params=[("en", "desk"), ("zh", "desk"), ("en", "phone"), ("zh", "phone")], ids="-".join)
def visit(request, address, tmp_path):
    """Give a page, the address, and what looks at the page: a screenshot, axe, the console."""
    language, size = request.param
    width, height = SIZES[size]
    faults = []
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        context = browser.new_context(
            viewport={"width": width, "height": height},
            locale="zh-CN" if language == "zh" else "en-GB",
            color_scheme="dark" if size == "phone" else "light",
        )
        page = context.new_page()
        page.set_default_timeout(WAIT)
        page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        folder = Path(os.environ.get("METIER_SCREENSHOTS") or tmp_path)

        def look(name):
            folder.mkdir(parents=True, exist_ok=True)
            page.wait_for_load_state("networkidle")
            page.screenshot(path=str(folder / f"{language}-{size}-{name}.png"), full_page=True)
            found = axe.Axe().run(page).response["violations"]
            assert [(one["id"], one["nodes"][0]["html"][:120]) for one in found] == []
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
            assert page.locator("html").get_attribute("lang") == ("zh-Hans" if language == "zh" else "en")

        yield page, address, look
        assert faults == []
        browser.close()


def test_a_seeker_drops_a_resume_and_gets_jobs_with_reasons(visit):
    page, address, look = visit
    page.goto(address)
    look("home")
    page.click(".door >> nth=0")
    look("drop")
    page.set_input_files("#file", {"name": "ann.txt", "mimeType": "text/plain", "buffer": RESUME.encode()})
    page.wait_for_url("**/seeker/matches")
    page.wait_for_selector(".card")
    look("jobs")
    if not page.locator("#understood").is_visible():
        page.click(".fold summary >> nth=0")
    page.fill("input[name='work.0.position']", "Pipe welder")
    with page.expect_response("**/seeker/jobs?*"):
        page.press("input[name='work.0.position']", "Enter")
    page.click("h1")
    before = page.locator(".card").count()
    page.click(".card .menu summary >> nth=0")
    page.click(".menu[open] button >> nth=1")
    sync_api.expect(page.locator(".card")).to_have_count(before - 1, timeout=WAIT)
    look("dismissed")
    page.click("#jobs .plain summary")
    page.click(".plain-list button")
    sync_api.expect(page.locator(".card")).to_have_count(before, timeout=WAIT)
    page.goto(f"{address}/seeker/jobs/w1")
    page.focus(".reason >> nth=0")
    page.keyboard.press("Enter")
    assert page.locator("#resume mark.lit").count() >= 1
    assert page.locator("#posting mark.lit").count() >= 1
    look("reasons")


def test_a_recruiter_gets_people_blind_compares_and_exports(visit):
    page, address, look = visit
    page.goto(f"{address}/recruiter")
    page.fill("input[name=q]", "welder")
    page.wait_for_selector(".found button")
    look("posting")
    page.click(".found button:has-text('TIG Welder')")
    page.wait_for_url("**/recruiter/people")
    page.wait_for_selector(".card")
    assert "Ann Lee" not in page.content()
    look("people")
    page.click(".star >> nth=0")
    page.wait_for_selector(".star[aria-pressed=true]")
    page.check("input[name=who] >> nth=0")
    page.check("input[name=who] >> nth=1")
    with page.expect_download() as download:
        page.click("button[formaction]")
    assert "TIG welding" in Path(download.value.path()).read_text(encoding="utf-8")
    page.click("#filters .button.secondary")
    page.wait_for_selector(".compare")
    look("compare")
    page.click(".compare thead a >> nth=0")
    page.wait_for_selector(".paper")
    assert "Ann Lee" not in page.content()
    look("person")


def test_pairs_are_graded_without_a_mouse_and_models_are_shown(visit):
    page, address, look = visit
    page.goto(f"{address}/models")
    page.wait_for_selector(".interval")
    look("models")
    page.goto(f"{address}/labels")
    page.wait_for_selector(".grades")
    assert "Ann Lee" not in page.content()
    look("grade")
    first = page.locator("form.panel").get_attribute("hx-post")
    page.focus(".grades button >> nth=3")
    page.keyboard.press("Enter")
    page.wait_for_selector(f"form.panel:not([hx-post='{first}'])")
    assert "1" in page.locator(".count").text_content()
