import pytest

HTMX = {"hx-request": "true"}
SCRIPT = "<script>alert(1)</script>"


def test_what_was_understood_is_shown_and_corrected_and_the_jobs_follow(seeker):
    assert 'value="TIG Welder"' in seeker.get("/seeker/matches").text
    answer = seeker.post("/seeker/profile", data={"work.0.position": "Pipe welder"}, headers=HTMX)
    assert answer.headers["hx-trigger"] == "profile-changed"
    assert 'value="Pipe welder"' in answer.text
    assert 'value="Pipe welder"' in seeker.get("/seeker/matches").text
    assert 'value="TIG Welder"' in seeker.post("/seeker/profile/reset", headers=HTMX).text


def test_a_wrong_value_is_told_and_not_kept(seeker):
    answer = seeker.post("/seeker/profile", data={"work.0.start": "soon"}, headers=HTMX)
    assert answer.status_code == 422
    assert "2019-03" in answer.text
    assert seeker.get("/seeker/matches").status_code == 200


def test_skills_are_added_and_removed(seeker):
    assert "Python" in seeker.post("/seeker/profile/skills", data={"skill": "Python programming"}, headers=HTMX).text
    assert seeker.post("/seeker/profile/remove", data={"name": "work.0"}, headers=HTMX).text.count("work.0.") == 0


def test_jobs_come_with_score_both_sides_pay_as_stated_and_escaped(seeker):
    found = seeker.get("/seeker/jobs").text
    assert "TIG Welder" in found
    assert "Employer fit" in found
    assert "£30,000 a year" in found
    assert "Acme &amp; Sons" in found
    assert SCRIPT not in seeker.get("/seeker/jobs/w1").text


def test_filters_act(seeker):
    assert "Staff Nurse" not in seeker.get("/seeker/jobs", params={"city": "Leeds", "stated_only": "on"}).text
    assert "No job fits" in seeker.get("/seeker/jobs", params={"workplace": "remote", "stated_only": "on"}).text
    assert seeker.get("/seeker/jobs", params={"salary_min": "much"}).status_code == 422
    assert seeker.get("/seeker/jobs", params={"n": "²", "workplace": "moon"}).status_code == 200


def test_a_dismissed_job_is_gone_at_once_and_comes_back_when_saved(seeker):
    found = seeker.post("/seeker/jobs/w1/dismiss", data={"because": "pay"}).text
    assert 'href="/seeker/jobs/w1"' not in found
    assert "Put off (1)" in found
    assert 'href="/seeker/jobs/w1"' in seeker.post("/seeker/jobs/w1/save").text


def test_the_reasons_light_up_words_of_both_texts(seeker):
    page = seeker.get("/seeker/jobs/w1").text
    assert page.count('<mark data-names="r1') >= 2
    assert 'data-quote="r1"' in page
    assert seeker.get("/seeker/jobs/nobody").status_code == 404
    assert seeker.get("/seeker/doors").status_code == 200


def test_a_resume_is_deleted_for_good(seeker):
    assert seeker.post("/seeker/forget").url.path == "/seeker"
    assert seeker.get("/seeker/matches").status_code == 410


@pytest.mark.parametrize(
    "file",
    [
        ("a.pdf", b"%PDF-1.7 broken"),
        ("a.docx", b"PK\x03\x04 broken"),
        ("../../etc/passwd", b"\x00\xff\x00"),
        ("a.json", b"[[[["),
        ("a.txt", b""),
        ("x" * 400 + ".exe", b"MZ\x00"),
    ],
)
def test_a_bad_upload_is_told_and_never_a_fault(client, file):
    answer = client.post("/seeker", files={"file": file}, headers=HTMX)
    assert 400 <= answer.status_code < 500
    assert answer.text.strip()


def test_a_pasted_text_is_read_and_script_in_it_is_text(stocked):
    text = f"Ann\n\nWork experience\n{SCRIPT} Welder, Acme, 2016 - 2020\n- TIG welding {SCRIPT}\n"
    assert stocked.post("/seeker", data={"text": text}).url.path == "/seeker/matches"
    assert SCRIPT not in stocked.get("/seeker/matches").text
    assert SCRIPT not in stocked.get("/seeker/jobs/w1").text


def test_an_upload_that_is_too_large_is_told(client):
    assert client.post("/seeker", files={"file": ("a.txt", b"x" * 10_500_000)}).status_code == 413
