"""Entity tags: who has the answer already gets only that it has not changed."""

import pytest


def test_an_unchanged_answer_is_304_and_a_changed_one_is_sent(stocked):
    for path in ("/v1/jobs/welder-7", "/v1/jobs", "/v1/people/ana/recommendations", "/v1/jobs/welder-7/people"):
        first = stocked.get(path)
        etag = first.headers["etag"]
        again = stocked.get(path, headers={"If-None-Match": f'"other", W/{etag}'})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", etag)
    stocked.put("/v1/jobs/welder-7", json={"title": "Stainless welder", "description": "TIG welding of pipe."})
    assert stocked.get("/v1/jobs/welder-7", headers={"If-None-Match": etag}).status_code == 200


@pytest.mark.parametrize("tag", ["*"])
def test_a_star_matches_anything(stocked, tag):
    assert stocked.get("/v1/jobs/welder-7", headers={"If-None-Match": tag}).status_code == 304
