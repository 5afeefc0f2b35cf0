"""Pairs from files: graded, triplets, what is odd, and splits that leak nothing."""

import pytest

from metier.errors import InputError
from metier.training.pairs import (
    Pair,
    content_hash,
    held_out,
    holds_pairs,
    leaked,
    read_labelled,
    read_pairs,
    read_texts,
)


def written(tmp_path, text, name="pairs.csv"):
    (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path / name


def test_pairs_grades_and_triplets_are_read_from_csv_and_json_lines(tmp_path):
    pairs, found = read_pairs(written(tmp_path, "text_a,text_b,label\nTIG welder,welder,2\nnurse,welder,0\n"))
    assert pairs == [Pair(left="TIG welder", right="welder", label=2), Pair(left="nurse", right="welder", label=0)]
    assert len(found.labels) == 2
    rows = '{"text_a": "a", "text_b": "b", "text_c": "c"}\n\n'
    (pair,), found = read_pairs(written(tmp_path, rows, "pairs.jsonl"))
    assert (pair.other, pair.label) == ("c", 1)
    assert len(found.labels) == 1


def test_duplicated_and_contradictory_rows_are_left_out_and_said(tmp_path):
    rows = "text_a,text_b,label\na,b,1\na,b,1\nc,d,1\nc,d,0\n"
    pairs, found = read_pairs(written(tmp_path, rows))
    assert pairs == [Pair(left="a", right="b")]
    assert (found.duplicated, found.contradictory) == (1, 1)
    told = " ".join(found.sentences())
    assert "1 of 4 rows" in told
    assert "contradict" in told


@pytest.mark.parametrize(
    ("name", "text", "part"),
    [
        ("pairs.csv", "text_a,text_b\na,\n", "row 1: there is no text_b"),
        ("pairs.csv", "text_a,text_b,label\na,b,good\n", "'good' is no number"),
        ("pairs.csv", "text_a,text_b,label\na,b,nan\n", "no grade"),
        ("pairs.csv", "text_a,text_b,label\na,b,-1\n", "no grade"),
        ("pairs.csv", "", "holds no pair"),
        ("pairs.jsonl", "{broken\n", "not JSON"),
        ("pairs.jsonl", "[1]\n", "no object"),
    ],
)
def test_a_broken_row_is_named(tmp_path, name, text, part):
    with pytest.raises(InputError, match=part):
        read_pairs(written(tmp_path, text, name))


def test_a_file_that_is_not_there_is_an_error_with_a_remedy(tmp_path):
    with pytest.raises(InputError) as told:
        read_pairs(tmp_path / "none.csv")
    assert told.value.hint


def test_no_left_text_is_on_both_sides_and_the_split_depends_on_the_seed_alone():
    pairs = [Pair(left=f"title {number % 50}", right=f"job {number}") for number in range(200)]
    train, held = held_out(pairs, share=0.3, seed=1)
    assert not {pair.left for pair in train} & {pair.left for pair in held}
    assert held_out(pairs[::-1], share=0.3, seed=1)[1] == held[::-1]
    assert held_out(pairs, share=0.3, seed=2)[1] != held
    assert 20 < len(held) < 110
    with pytest.raises(InputError, match="cannot be split"):
        held_out(pairs[:1], share=0.5, seed=0)


def test_a_leak_is_found_whichever_way_round():
    train = [Pair(left="a", right="b")]
    assert leaked(train, [Pair(left="b", right="a"), Pair(left="a", right="c")]) == [Pair(left="b", right="a")]


def test_texts_and_labels_are_read(tmp_path):
    assert read_texts(written(tmp_path, "one\n\ntwo\none\n", "texts.txt")) == ["one", "two"]
    assert read_texts(written(tmp_path, '{"text": "one"}\n', "texts.jsonl")) == ["one"]
    assert read_labelled(written(tmp_path, "text,label\nwelder,trade\n")) == [("welder", "trade")]
    assert content_hash(tmp_path / "texts.txt") != content_hash(tmp_path / "texts.jsonl")


def test_pairs_are_told_from_texts(tmp_path):
    assert holds_pairs(written(tmp_path, "text_a,text_b\na,b\n"))
    assert holds_pairs(written(tmp_path, '{"text_a": "a", "text_b": "b"}\n', "pairs.jsonl"))
    assert not holds_pairs(written(tmp_path, "text\na\n"))
    assert not holds_pairs(written(tmp_path, "text_a\n", "lines.txt"))
