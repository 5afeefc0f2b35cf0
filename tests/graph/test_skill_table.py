"""The tables of skills hold together, and know names, weights and relations."""

import gzip
from importlib.resources import files

import pytest

from metier.errors import NotFoundError
from metier.graph.fold import BOUNDARY, fold_label
from metier.graph.skill_table import NAMESPACE, SkillTable, skill_table

TABLE = skill_table()
DATA = files("metier.graph").joinpath("data")


def rows(name):
    text = DATA.joinpath(name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.split("\n")[1:] if line and not line.startswith("#")]


def names(row):
    return [name.lstrip("=?") for name in row[1].split("|") if name]


def test_every_row_has_its_columns():
    assert all(len(row) == 3 for name in ("aliases.tsv", "technologies.tsv", "everyday.tsv") for row in rows(name))
    assert all(len(row) == 2 for row in rows("stop.tsv"))


def test_aliases_name_skills_of_esco():
    text = gzip.decompress(DATA.joinpath("skills.tsv.gz").read_bytes()).decode("utf-8")
    labels = {line.split("\t")[1] for line in text.split("\n")[1:] if line}
    assert [row[0] for row in rows("aliases.tsv") if row[0] not in labels] == []


@pytest.mark.parametrize("name", ["aliases.tsv", "everyday.tsv", "stop.tsv"])
def test_no_row_stands_twice(name):
    first = [row[0] for row in rows(name)]
    assert len(first) == len(set(first))


def test_no_alias_points_to_two_skills():
    owners: dict[str, set[str]] = {}
    for row in rows("aliases.tsv"):
        for name in names(row):
            owners.setdefault(fold_label(name)[0], set()).add(row[0])
    assert {name: skills for name, skills in owners.items() if len(skills) > 1} == {}


def test_aliases_have_no_punctuation_that_parts_sentences():
    assert [name for row in rows("aliases.tsv") for name in names(row) if BOUNDARY in fold_label(name)[0].split()] == []


def test_all_sectors_have_chinese_names():
    chinese = [row for row in rows("aliases.tsv") if any("\u4e00" <= letter <= "\u9fff" for letter in row[1])]
    assert len(chinese) > 600


def test_everyday_weights_lie_between_0_and_1():
    assert all(0 < float(weight) < 1 for _, weight, _ in rows("everyday.tsv"))


def test_wider_skills_form_no_circle():
    for uri in TABLE._broader:
        above = [uri]
        while (wider := TABLE.broader(above[-1])) is not None:
            assert wider not in above
            above.append(wider)


def test_skill_gives_labels_and_aliases():
    skill = TABLE.skill(TABLE.uri("perform tungsten inert gas welding"))
    assert skill.preferred_label == "perform tungsten inert gas welding"
    assert {"氩弧焊", "TIG welding"} <= set(skill.alt_labels)


def test_technology_beyond_esco_has_an_address_of_metiers_own():
    assert TABLE.uri("Kubernetes").startswith(NAMESPACE)
    assert TABLE.uri("carpentry").startswith("http://data.europa.eu/esco/")


def test_unknown_skill_raises():
    with pytest.raises(NotFoundError):
        TABLE.skill("metier:skill/nothing")
    with pytest.raises(NotFoundError):
        TABLE.uri("a label that nobody wrote")


def test_software_is_a_tool_and_welding_is_none():
    assert TABLE.is_tool(TABLE.uri("JavaScript"))
    assert not TABLE.is_tool(TABLE.uri("welding techniques"))


def test_everybodys_skill_tells_less_than_a_trade():
    teamwork, trade = TABLE.uri("work in teams"), TABLE.uri("perform tungsten inert gas welding")
    assert TABLE.specificity(teamwork) < 0.2 < TABLE.specificity(trade)


def test_wide_skill_tells_less_than_a_narrow_one():
    assert TABLE.specificity(TABLE.uri("welding techniques")) < TABLE.specificity(
        TABLE.uri("perform tungsten inert gas welding")
    )


def test_tig_welding_is_a_kind_of_welding():
    assert TABLE.broader(TABLE.uri("perform tungsten inert gas welding")) == TABLE.uri("welding techniques")


def test_two_tables_are_alike():
    assert SkillTable().forms == TABLE.forms
