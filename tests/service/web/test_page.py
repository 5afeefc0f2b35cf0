import pytest

from metier.service.web.page import HEADERS


@pytest.mark.parametrize("path", ["/", "/seeker", "/recruiter", "/sign-in", "/recruiter/people/list"])
def test_no_script_or_style_stands_in_a_page(client, path):
    answer = client.get(path)
    policy = answer.headers["content-security-policy"]
    assert policy == HEADERS["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert " style=" not in answer.text
    assert "onclick=" not in answer.text
    assert "<script>" not in answer.text


def test_a_form_of_another_site_is_refused(stocked):
    for headers in ({"sec-fetch-site": "cross-site"}, {"origin": "http://localhost:9"}):
        assert stocked.post("/seeker/forget", headers=headers).status_code == 403


def test_an_error_is_a_page_or_a_line_in_the_readers_language(client):
    page = client.get("/seeker/matches", headers={"accept-language": "zh-CN"})
    assert page.status_code == 410
    assert "请重新上传" in page.text
    assert "<main" in page.text
    line = client.get("/seeker/matches", headers={"hx-request": "true"})
    assert line.status_code == 410
    assert "<" not in line.text
