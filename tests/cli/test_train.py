"""`metier train`: its commands."""

import pytest


def test_it_lists_its_commands(invoke):
    shown = invoke("train", "--help").output
    for name in ("pretrain", "encoder", "head", "score", "report", "ranker", "promote", "rollback", "runs"):
        assert name in shown


@pytest.mark.parametrize(
    "name", ["pretrain", "encoder", "head", "score", "report", "ranker", "promote", "rollback", "runs"]
)
def test_each_has_help(invoke, name):
    assert invoke("train", name, "--help").exit_code == 0
