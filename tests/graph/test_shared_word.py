"""Items of a list that share a word are each a name; words that make no name are none."""

import pytest

from metier.graph.shared_word import shared_names
from metier.graph.skill_table import skill_table

FORMS = skill_table().forms


def found(text):
    return {(text[one.start : one.end], one.form.surface) for one in shared_names(text, FORMS)}


@pytest.mark.parametrize(
    ("text", "item", "name"),
    [
        ("front-end and back-end development", "front-end", "front-end development"),
        ("MIG, TIG and arc welding", "MIG", "MIG welding"),
        ("MIG, TIG and arc welding", "TIG", "TIG welding"),
        ("cost/management accounting", "cost", "cost accounting"),
        ("manage staff and budgets", "budgets", "manage budgets"),
        ("前端和后端开发", "前端", "前端开发"),
        ("焊接与切割工艺", "焊接", "焊接工艺"),
    ],
)
def test_a_shared_word_is_read_with_each_item(text, item, name):
    assert (item, name) in found(text)


@pytest.mark.parametrize("text", ["", "and", "clean and tidy", "you and we", "red / blue", "和", "a, b and c"])
def test_other_lists_share_nothing(text):
    assert found(text) == set()
