"""`/v1/people` through HTTP."""

TEXT = "Welder\n\nExperience\nWelder, Halden Steel, 2019 - present\n- TIG welding of stainless pipe"


def test_a_person_is_put_read_and_deleted(client):
    assert client.put("/v1/people/ana", json={"text": TEXT}).status_code == 201
    found = client.get("/v1/people/ana").json()
    assert (found["id"], found["kind"]) == ("ana", "profile")
    assert found["record"]["work"]
    assert client.get("/v1/people").json()["items"] == [found]
    assert client.delete("/v1/people/ana").status_code == 204
    assert client.get("/v1/people/ana").status_code == 404


def test_a_json_resume_and_wishes_are_read(client):
    body = {
        "id": "bo",
        "resume": {"basics": {"label": "Nurse"}},
        "preferences": {"locations": ["Dublin"], "salary_min": "€40,000 a year"},
    }
    assert client.post("/v1/people", json=body).status_code == 201
    wishes = client.get("/v1/people/bo").json()["record"]["preferences"]
    assert (wishes["locations"][0]["city"], wishes["salary_min"]["currency"]) == ("Dublin", "EUR")


def test_a_person_without_words_is_refused(client):
    for body in ({}, {"text": " "}, {"text": "x", "resume": {"basics": {}}}, {"text": "x", "age": 7}):
        assert client.put("/v1/people/x", json=body).status_code == 422
