"""Names are met in another order and part of speech, and only where no name could mean two skills."""

import pytest

from metier.graph.fold import fold
from metier.graph.reordered import OrderFree, root
from metier.graph.skill_table import Form


def form(uri, surface, score=1.0):
    return Form(uri, surface, surface, "label", score, "any")


NAMES = OrderFree(
    {
        "estimat cost": [form("a", "estimate costs")],
        "check fact": [form("b", "check facts")],
        "plan menu": [form("c", "plan menus")],
        "project plan": [form("d", "project plan")],
        "plan project": [form("e", "plan projects")],
        "of the": [form("f", "of the")],
    }
)


def uris(text):
    return [one.form.uri for one in NAMES.find(fold(text))]


@pytest.mark.parametrize(
    ("text", "uri"),
    [("cost estimation", "a"), ("estimation of the costs", "a"), ("fact checking", "b"), ("menu planning", "c")],
)
def test_another_order_is_the_same_name(text, uri):
    assert uris(text) == [uri]


@pytest.mark.parametrize(
    "text", ["project planning", "facts and checks", "facts. Check", "fact", "of the", "", "check that facts"]
)
def test_what_is_ambiguous_or_apart_is_none(text):
    assert uris(text) == []


def test_short_and_foreign_words_keep_their_endings():
    assert root("use") == "use"
    assert root("焊接") == "焊接"
    assert root("estimation") == root("estimat") == "estim"
