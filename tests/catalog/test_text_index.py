"""Words to ids; a query is words and nothing else."""

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metier.catalog.text_index import TextIndex, query_words
from metier.models.lexicon import information

ROWS = [
    ("1", "TIG welder of stainless steel"),
    ("2", "Night nurse, café"),
    ("3", "护士 负责重症病房护理工作"),
    ("4", "C++ and C# developer"),
]


def found(index, query, depth=9, only=None):
    return [key for key, _ in index.search(query, depth=depth, only=only)]


@pytest.fixture(scope="module")
def index():
    made = TextIndex(kind="job", folder=None)
    made.write(ROWS, [])
    return made


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("WELDER", ["1"]),
        ("cafe", ["2"]),
        ("护理", ["3"]),
        ("nurse welder", ["1", "2"]),
        ("pilot", []),
        ("", []),
        ("' OR 1=1 --", []),
        ('"unbalanced', []),
        ("title:nurse^", ["2"]),
        ("飞行员", []),
    ],
)
def test_words_find_the_rows_that_have_them(index, query, ids):
    assert sorted(found(index, query)) == ids


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=40))
def test_any_text_can_be_searched_for(index, query):
    assert len(index.search(query, depth=2, only=None)) <= 2


@pytest.mark.parametrize("key", ["o'brien", "a\\b", "编号-1", "x\ny", '"', "%", "🙂", " "])
def test_an_id_may_hold_anything(key):
    made = TextIndex(kind="job", folder=None)
    made.write([(key, "welder"), ("other", "welder")], [])
    assert found(made, "welder", only=[key]) == [key]
    made.write([], [key])
    assert made.ids() == ["other"]


def test_a_row_that_is_written_again_takes_the_place_of_the_old(index):
    made = TextIndex(kind="job", folder=None)
    made.write([("1", "welder")], [])
    made.write([("1", "nurse")], [])
    assert (found(made, "welder"), found(made, "nurse"), made.count()) == ([], ["1"], 1)


def test_many_twins_are_cut_by_id():
    made = TextIndex(kind="job", folder=None)
    made.write([(f"{number:03}", "night nurse") for number in reversed(range(200))], [])
    assert found(made, "nurse", depth=3) == ["000", "001", "002"]


def test_what_one_process_writes_another_that_has_it_open_finds(tmp_path):
    one, other = (TextIndex(kind="job", folder=tmp_path) for _ in range(2))
    one.write(ROWS[:1], [])
    assert found(other, "welder") == ["1"]
    one.write([("9", "welder")], ["1"])
    assert found(other, "welder") == ["9"]


def test_it_is_there_once_it_is_written_and_gone_when_cleared(tmp_path):
    for folder in (tmp_path, None):
        made = TextIndex(kind="job", folder=folder)
        assert not made.exists()
        made.write(ROWS, [])
        assert made.exists()
        made.clear()
        assert not made.exists()
        assert made.count() == 0


def test_compacting_changes_no_answer(tmp_path):
    made = TextIndex(kind="job", folder=tmp_path)
    for row in ROWS:
        made.write([row], [])
    before = made.search("nurse welder 护理 developer", depth=9, only=None)
    made.optimise()
    assert made.search("nurse welder 护理 developer", depth=9, only=None) == before


@settings(max_examples=60, deadline=None)
@given(st.text())
def test_the_words_of_a_query_are_distinct_and_no_bare_numbers(query):
    words = query_words(query)
    assert len(words) == len(set(words)) <= 128
    assert not any(word.isdigit() for word in words)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("C++, C# and .NET", ["c++", "c#", "and", "net"]),
        ("Head of IT", ["head", "of", "it"]),
        ("Node.js node.js 2026", ["node.js"]),
        ("后端工程师 Java", ["后端工程师", "java"]),
        ("***", []),
    ],
)
def test_words_keep_the_marks_that_belong_to_them(query, words):
    assert query_words(query) == words


def test_a_long_query_leaves_out_what_tells_nothing():
    words = query_words("The welder is in the yard and " + " ".join(f"tool{number}" for number in range(40)))
    assert words[:2] == ["welder", "yard"]
    assert len(words) == 42


def test_of_a_very_long_query_the_most_telling_words_stay_in_their_order():
    words = [f"{one}{other}welding" for one in "abcdefghijklm" for other in "abcdefghijklm"]
    kept = query_words(" ".join([*words, "cannulation", "market"]))
    left = set(words) - set(kept)
    assert len(kept) == 128
    assert "market" not in kept
    assert min(map(information, kept)) >= max(map(information, left))
    assert kept == [word for word in [*words, "cannulation"] if word in set(kept)]


def test_a_package_that_is_put_off_is_whole_once_a_name_of_it_is_asked_for():
    code = (
        "import sys; from metier.catalog.text_index import _lancedb; _lancedb(); "
        "assert 'lance_namespace_urllib3_client.api_client' not in sys.modules; "
        "import lance_namespace_urllib3_client as client; print(client.ApiClient.__name__, client.models.__name__)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout.split() == ["ApiClient", "lance_namespace_urllib3_client.models"], done.stderr
