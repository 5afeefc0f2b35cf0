import csv
import io
import re

HIDDEN = ("Ann", "Bob", "ann-lee", "bob-ray", "example.com", "7700")


def codes(client):
    return re.findall(r'href="/recruiter/people/([0-9a-f]{10})"><', client.get("/recruiter/people/list").text) or list(
        dict.fromkeys(re.findall(r"/recruiter/people/([0-9a-f]{10})", client.get("/recruiter/people/list").text))
    )


def test_jobs_of_the_catalog_are_found_by_words(stocked):
    found = stocked.get("/recruiter/search", params={"q": "welder"}).text
    assert "TIG Welder" in found
    assert stocked.get("/recruiter/search", params={"q": " "}).text.strip() == ""


def test_a_posting_is_pasted_or_dropped_and_its_needs_are_shown(stocked):
    data = {"title": "Pipe welder", "text": "Requirements\n- TIG welding of stainless pipe"}
    assert "TIG welding of stainless pipe" in stocked.post("/recruiter/posting", data=data).text
    file = {"file": ("posting.txt", b"Fitter\n\nRequirements\n- Fitting of pipes\n")}
    assert "Fitter" in stocked.post("/recruiter/posting", files=file).text
    assert stocked.post("/recruiter/posting", data={"title": "", "text": ""}).status_code == 422
    assert stocked.post("/recruiter/posting", data={"job_id": "nobody"}).status_code == 404


def test_people_are_blind_until_names_are_asked_for(recruiter):
    pages = [recruiter.get("/recruiter/people/list").text]
    pages += [recruiter.get(f"/recruiter/people/{code}").text for code in codes(recruiter)]
    pages.append(recruiter.get("/recruiter/compare", params={"who": codes(recruiter)}).text)
    pages.append(recruiter.get("/recruiter/export.csv").text)
    assert [word for page in pages for word in HIDDEN if word in page] == []
    recruiter.post("/recruiter/people/names", data={"show": "yes"})
    shown = recruiter.get("/recruiter/people/list").text
    assert "Ann Lee" in shown
    assert "ann.lee@example.com" in shown


def test_a_shortlist_and_notes_are_kept_and_exported(recruiter):
    code = codes(recruiter)[0]
    assert 'aria-pressed="true"' in recruiter.post(f"/recruiter/people/{code}/shortlist").text
    assert recruiter.post(f"/recruiter/people/{code}/note", data={"note": "=1+1"}).status_code == 200
    text = recruiter.get("/recruiter/export.csv", params={"shortlisted": "on"}).text
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert len(rows) == 2
    assert rows[1][-1] == "'=1+1"
    assert "TIG welding" in text
    assert 'aria-pressed="false"' in recruiter.post(f"/recruiter/people/{code}/shortlist").text


def test_two_people_are_compared_requirement_by_requirement(recruiter):
    page = recruiter.get("/recruiter/compare", params={"who": codes(recruiter)}).text
    assert "TIG welding of stainless pipe" in page
    assert recruiter.get("/recruiter/compare", params={"who": codes(recruiter)[:1]}).status_code == 422


def test_a_code_that_was_not_shown_opens_nothing(recruiter):
    for path in ("/recruiter/people/ann-lee", "/recruiter/people/0123456789"):
        assert recruiter.get(path).status_code == 404
    assert recruiter.post("/recruiter/people/0123456789/shortlist").status_code == 404


def test_without_a_posting_there_is_nobody(stocked):
    assert stocked.get("/recruiter/people").status_code == 410
