"""`metier taxonomy link` writes what a text names as JSON of a stated form, and goes on after a file it cannot read."""

import json
from importlib.resources import files

import jsonschema
import pytest

LINK = json.loads(files("metier.schema").joinpath("link.schema.json").read_text())


def linked(run, *arguments, code=0):
    lines = run("taxonomy", "link", *arguments, "--json", code=code)
    for line in lines:
        jsonschema.validate(line, LINK)
    return lines


def test_each_text_is_a_line_with_offsets(run):
    title, sentence = linked(run, "Sr. Electrician (m/f/d)", "No Java, but Python 3.", "--names-only")
    assert title["title"] == "Electrician"
    assert title["occupations"][0]["preferred_label"] == "electrician"
    assert title["occupations"][0]["taxonomy"] == "esco"
    java, python = sentence["skills"]
    assert java["is_negated"]
    assert not python["is_negated"]
    assert all(sentence["text"][one["start"] : one["end"]] == one["text"] for one in sentence["skills"])


def test_meaning_comes_from_the_encoder(run):
    (named,) = linked(run, "You will be operating a hydraulic forging press daily.", "--names-only")
    (meant,) = linked(run, "You will be operating a hydraulic forging press daily.")
    assert "meaning" not in [one["reason"] for one in named["skills"]]
    assert len(meant["skills"]) >= len(named["skills"])


def test_files_whole_and_line_by_line(run, tmp_path):
    file = tmp_path / "titles.txt"
    file.write_text("急聘焊工\n\nNurse\n负责焊接不锈钢管道，看懂图纸，吃苦耐劳。\n", encoding="gb18030")
    (whole,) = linked(run, "--file", str(file), "--names-only")
    assert whole["title"] == "焊工"
    first, second, _ = linked(run, "--file", str(file), "--lines", "--names-only")
    assert first["occupations"][0]["taxonomy"] == "csco"
    assert second["occupations"]


def test_a_file_that_is_not_there_is_told_and_the_rest_goes_on(run, tmp_path):
    fault, text = linked(
        run, "--file", str(tmp_path / "none.txt"), "--file", str(_file(tmp_path)), "--names-only", code=1
    )
    assert "none.txt" in fault["error"]["message"]
    assert text["skills"]


def _file(folder):
    file = folder / "one.txt"
    file.write_text("Python")
    return file


@pytest.mark.parametrize("text", ["", "🎉", "\ud83d half", "[bold]Python[/bold", "字" * 3000])
def test_odd_texts_are_no_fault(run, text):
    (found,) = linked(run, text, "--names-only")
    assert found["not_read"] == []


def test_no_text_is_a_wrong_use(run):
    out = run("taxonomy", "link", code=2)
    assert not out


def test_people_see_a_table(invoke):
    result = invoke("taxonomy", "link", "Java developer [/x]", "nothing of note", "--names-only")
    assert result.exit_code == 0
    assert "software" in result.output
    assert "nothing is named" in result.output


def test_what_was_loaded_is_linked_too(run, tmp_path):
    table = tmp_path / "Occupation Data.txt"
    table.write_text("O*NET-SOC Code\tTitle\n51-4121.00\tMoonlight Basket Weavers\n")
    run("taxonomy", "load", table, "--folder", tmp_path / "s", "--json")
    (found,) = linked(run, "Moonlight Basket Weavers", "--folder", str(tmp_path / "s"), "--names-only")
    assert found["occupations"][0]["preferred_label"] == "Moonlight Basket Weavers"
    assert found["occupations"][0]["taxonomy"] == "onet"
