"""Many lines: each has its own result, and a bad one costs none of the others."""

import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from metier.service.lines import put_lines, split


def test_each_line_has_its_result(desk):
    lines = [
        b'{"id": "a", "title": "Welder", "description": "Weld steel."}',
        b"{broken",
        b'{"id": "b"}',
        b"",
        b'{"id": "a", "title": "Twin", "description": "Weld."}',
        b"[1, 2]",
        b'{"id": "c/d", "title": "Welder", "description": "Weld."}',
        '{"id": "é", "title": "Soudeur", "description": "Souder l\'acier."}'.encode(),
    ]
    results = put_lines(desk, "job", list(split(b"\n".join(lines))))
    assert [(one["line"], one["status"]) for one in results] == [
        (1, "added"), (2, "failed"), (3, "failed"), (5, "failed"), (6, "failed"), (7, "failed"), (8, "added"),
    ]  # fmt: skip
    assert all("detail" in one["problem"] for one in results if one["status"] == "failed")
    assert desk.count("job") == 2


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.one_of(
            st.binary(max_size=40),
            st.recursive(
                st.none() | st.text() | st.integers(),
                lambda inner: st.dictionaries(st.sampled_from(["id", "title", "description", "text", "resume"]), inner),
            ).map(lambda value: json.dumps(value).encode()),
        ),
        max_size=8,
    )
)
def test_nothing_that_a_line_holds_breaks_the_rest(desk, lines):
    for kind in ("job", "person"):
        body = b"\n".join(line.replace(b"\n", b" ") for line in lines)
        numbered = list(split(body))
        results = put_lines(desk, kind, numbered)
        assert [result["line"] for result in results] == [number for number, _ in numbered]


def test_people_go_in_by_lines_too(client):
    body = b'{"id": "ana", "text": "Welder, Leeds"}\n{"id": "bo"}\n'
    answer = client.post("/v1/people/bulk", content=body, headers={"content-type": "application/x-ndjson"})
    assert [json.loads(line)["status"] for line in answer.text.splitlines()] == ["added", "failed"]
