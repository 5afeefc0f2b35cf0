from dataclasses import fields

import pytest

from metier.config import Settings


def test_every_setting_is_shown_with_where_it_comes_from(run, monkeypatch, tmp_path):
    (tmp_path / "config.toml").write_text('lang = "zh"\nn = 4\n')
    monkeypatch.setenv("METIER_N", "3")
    (line,) = run("config", "--json")
    settings = {row["name"]: row for row in line["settings"]}
    assert list(settings) == [entry.name for entry in fields(Settings)]
    assert (settings["n"]["value"], settings["n"]["from"]) == (3, "METIER_N")
    assert (settings["lang"]["value"], settings["lang"]["from"]) == ("zh", str(tmp_path / "config.toml"))
    assert settings["depth"]["from"] == "default"
    assert all(row["meaning"] and row["variable"].startswith("METIER_") for row in settings.values())


def test_the_table_shows_what_looks_like_markup(invoke, monkeypatch):
    monkeypatch.setenv("METIER_CATALOG", "[red]c")
    assert "[red]c" in invoke("config").stdout


@pytest.mark.parametrize("text", ["n = ", "colour = 1", "n = 'many'"])
def test_a_setting_that_is_none_is_told(invoke, tmp_path, text):
    (tmp_path / "config.toml").write_text(text)
    result = invoke("config")
    assert (result.exit_code, result.exception.code) == (1, "bad_config")
