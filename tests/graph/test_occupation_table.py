"""The occupations that ship: every one of ESCO and ISCO-08, the Chinese ones, and the everyday titles of both."""

import pytest

from metier.errors import NotFoundError
from metier.graph.occupation_table import (
    OccupationRow,
    OccupationTable,
    form_score,
    occupation_table,
    taxonomy_of,
    without_order,
)
from metier.graph.skill_table import read_rows

TABLE = occupation_table()
ESCO = "http://data.europa.eu/esco/occupation/"


def test_it_holds_all_of_esco_isco_and_csco():
    kinds = [taxonomy_of(uri) for uri in {form.uri for form in TABLE.all_forms()}]
    assert kinds.count("esco") == 3039
    assert kinds.count("isco") == 619
    assert kinds.count("csco") == 2047
    assert len(TABLE) == 3039 + 619 + 2047


def test_an_occupation_by_its_uri():
    found = TABLE.occupation("csco:4-10-03-04")
    assert found.preferred_label == "浴池服务员"
    with pytest.raises(NotFoundError, match="nothing-of-ours"):
        TABLE.occupation("nothing-of-ours")


@pytest.mark.parametrize("name", ["usual_titles.tsv"])
def test_every_hand_written_title_belongs_to_a_known_occupation(name):
    labels = {form.surface for form in TABLE.all_forms() if form.reason == "label"}
    labels |= {row[1] for row in read_rows("occupations.tsv.gz")}
    assert [label for label, _ in read_rows(name) if label not in labels] == []


def test_every_everyday_title_belongs_to_a_known_occupation():
    known = {form.uri for form in TABLE.all_forms()}
    rows = list(read_rows("occupation_names.tsv"))
    assert [uri for uri, _, _ in rows if uri not in known] == []
    assert len({uri for uri, _, _ in rows}) == len(rows)


def test_a_loaded_taxonomy_is_read_too_and_takes_the_place_of_what_ships():
    table = OccupationTable(
        [
            OccupationRow("urn:mine", "zeppelin rigger", ("airship rigger", "  ", "飞艇索具工")),
            OccupationRow("csco:4-10-03-04", "bath attendant"),
            OccupationRow("urn:empty", "  "),
        ]
    )
    assert table.label("urn:mine") == "zeppelin rigger"
    assert table.label("csco:4-10-03-04") == "bath attendant"
    assert table.forms["airship", "rigger"][0].uri == "urn:mine"
    assert taxonomy_of("urn:mine") == "other"
    with pytest.raises(NotFoundError):
        table.occupation("urn:empty")


def test_halves_and_brackets_are_read():
    table = OccupationTable(
        [OccupationRow("urn:w", "deck steward/deck stewardess"), OccupationRow("urn:p", "rigger (zeppelin)")]
    )
    assert [form.uri for form in table.forms["deck", "steward"]] == ["urn:w"]
    assert [form.uri for form in table.forms["deck", "stewardess"]] == ["urn:w"]
    assert "urn:p" in [form.uri for form in table.forms[("rigger",)]]


def test_order_and_little_words_do_not_count():
    assert without_order(("manager", "of", "a", "restaurant")) == without_order(("restaurant", "manager"))


def test_a_name_as_it_is_written_is_surest():
    label = next(form for form in TABLE.all_forms() if form.reason == "label")
    alias = next(form for form in TABLE.all_forms() if form.reason == "alias")
    assert form_score(label, label.folded) == 1.0
    assert form_score(label, ()) > form_score(alias, ())
    assert form_score(alias, alias.folded) < 1.0
