"""`metier keys`: made, listed, ended."""

import json

import pytest


def test_a_key_is_made_listed_and_revoked(invoke, run, tmp_path):
    uri = str(tmp_path / "c")
    made = run("keys", "create", "agency", "--scope", "recruiter", "--tenant", "acme", "--catalog", uri, "--json")[0]
    assert made["key"].startswith("metier_")
    listed = run("keys", "list", "--catalog", uri, "--json")[0]
    assert (listed["name"], listed["tenant"], listed["state"]) == ("agency", "acme", "good")
    assert made["key"].split("_")[2] not in json.dumps(listed)
    assert invoke("keys", "revoke", listed["id"], "--catalog", uri).exit_code == 0
    assert "revoked" in invoke("keys", "list", "--catalog", uri).stdout
    shown = invoke("keys", "create", "ana", "--scope", "seeker", "--person", "ana", "--days", 1, "--catalog", uri)
    assert shown.stdout.startswith("metier_")


@pytest.mark.parametrize(
    "arguments",
    [
        ("create", "a", "--scope", "king", "--catalog", "x"),
        ("create", "a"),
        ("list", "--catalog", "nowhere"),
        ("revoke", "x", "--catalog", "nowhere"),
    ],
)
def test_what_cannot_be_is_wrong_usage(invoke, arguments):
    assert invoke("keys", *arguments).exit_code == 2
