from dataclasses import replace

from fastapi.testclient import TestClient

from metier.service.app import create_app
from metier.service.key import KeyStore
from metier.testing import HashEncoder


def test_the_start_counts_what_is_there(stocked):
    assert "3 jobs in this catalog" in stocked.get("/").text


def test_the_looks_are_given_and_nothing_else(client):
    for name in ("page.css", "page.js", "htmx.min.js", "icon.svg"):
        assert client.get(f"/static/{name}").status_code == 200
    assert client.get("/static/page.py").status_code == 404
    assert client.get("/static/..%2fpage.py").status_code == 404


def test_the_language_is_chosen_and_leads_back_here_alone(client):
    answer = client.post("/language", data={"language": "zh", "back": "/seeker"})
    assert answer.url.path == "/seeker"
    assert 'lang="zh-Hans"' in answer.text
    for back in ("https://evil.example/", "//evil.example", "/\\evil.example"):
        answer = client.post("/language", data={"language": "en", "back": back}, follow_redirects=False)
        assert answer.headers["location"] == "/"


def test_where_keys_are_needed_one_signs_in(options):
    store = KeyStore(options.folder)
    token = store.create("r", scope="recruiter")
    seeker = store.create("s", scope="seeker", person="ann")
    store.close()
    app = create_app(replace(options, needs_keys=True), encoder=HashEncoder())
    with TestClient(app, base_url="http://127.0.0.1") as browser:
        assert browser.get("/recruiter").url.path == "/sign-in"
        assert browser.get("/", headers={"hx-request": "true"}).headers["hx-redirect"] == "/sign-in"
        assert browser.post("/sign-in", data={"key": "wrong"}).status_code == 401
        assert browser.post("/sign-in", data={"key": token}).url.path == "/"
        assert browser.get("/recruiter").status_code == 200
        browser.post("/sign-out")
        assert browser.get("/recruiter").url.path == "/sign-in"
        browser.post("/sign-in", data={"key": seeker})
        assert browser.get("/recruiter").status_code == 403
        assert browser.get("/seeker").status_code == 200
