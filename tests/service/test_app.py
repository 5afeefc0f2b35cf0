"""The application as a whole: one description, one kind of error, the guards in their order."""


def test_the_description_is_openapi_3_1(client):
    described = client.get("/v1/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    assert {"/v1/jobs/{job_id}", "/v1/people/{person_id}/recommendations"} <= set(described["paths"])


def test_a_posting_is_in_the_very_next_answer(stocked):
    answer = stocked.get("/v1/people/ana/recommendations")
    assert answer.status_code == 200, answer.text
    assert answer.json()["matches"][0]["job"]["id"] == "welder-7"
    stocked.put("/v1/jobs/welder-8", json={"title": "TIG welder stainless", "description": "TIG welding of pipe."})
    ids = [match["job"]["id"] for match in stocked.get("/v1/people/ana/recommendations").json()["matches"]]
    assert "welder-8" in ids
