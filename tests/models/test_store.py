"""Vectors are kept to the bit, by model and text, within bounds, and a broken file is no fault."""

import logging
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from metier.models.store import Kept, VectorStore
from metier.testing import HashEncoder

TEXTS = ["welder", "nurse", "焊工", "a\ud800b", ""]


def made(texts, size=64, cut=()):
    vectors = HashEncoder(size=size).encode(texts)
    return {text: Kept(vector, text in cut) for text, vector in zip(texts, vectors, strict=True)}


@pytest.fixture
def store(tmp_path):
    return VectorStore(path=tmp_path / "cache" / "vectors.sqlite")


def test_what_was_kept_is_found_to_the_bit_also_by_another_object(store):
    kept = made(TEXTS, cut=["nurse"])
    assert store.size_of("m") == 0
    assert store.find("m", TEXTS, 64) == {}
    store.keep("m", kept)
    found = VectorStore(path=store.path).find("m", [*TEXTS, "other"], 64)
    assert {text: one.vector.tobytes() for text, one in found.items()} == {
        text: one.vector.tobytes() for text, one in kept.items()
    }
    assert [text for text, one in found.items() if one.is_cut] == ["nurse"]
    assert store.size_of("m") == 64


def test_two_models_never_share_a_vector(store):
    store.keep("m", made(["welder"]))
    assert store.find("n", ["welder"], 64) == {}
    assert store.find("m", ["welder"], 32) == {}


def test_the_first_answer_stays_the_answer(store):
    first, second = made(["welder"]), {"welder": Kept(-made(["welder"])["welder"].vector, is_cut=True)}
    store.keep("m", first)
    held = store.keep("m", second)
    assert held["welder"].vector.tobytes() == first["welder"].vector.tobytes()
    assert not held["welder"].is_cut


def test_no_text_is_in_the_file(store):
    store.keep("m", made(["a very particular resume of Ann Lee"]))
    files = b"".join(file.read_bytes() for file in store.path.parent.iterdir())
    assert b"particular" not in files


def test_those_not_asked_for_longest_go_when_it_is_full(store):
    store.max_bytes = 300_000
    store.keep("m", made(["kept"], size=384))
    for block in range(20):
        store.keep("m", made([f"{block}-{number}" for number in range(20)], size=384))
        assert store.find("m", ["kept"], 384)
    assert store.find("m", ["0-0"], 384) == {}
    assert store.find("m", ["19-19"], 384)
    assert store.path.stat().st_size < 600_000


@pytest.mark.parametrize("damage", ["garbage", "torn", "version"])
def test_a_broken_file_is_made_again_with_a_warning(store, caplog, damage):
    store.keep("m", made([str(number) for number in range(200)]))
    if damage == "garbage":
        store.path.write_bytes(b"this is no database, whatever it was before" * 1000)
    elif damage == "torn":
        data = bytearray(store.path.read_bytes())
        data[4096:] = b"\xff" * (len(data) - 4096)
        store.path.write_bytes(bytes(data))
    else:
        connection = sqlite3.connect(store.path)
        connection.execute("PRAGMA user_version=99")
        connection.close()
    with caplog.at_level(logging.WARNING):
        assert store.find("m", ["1", "2"], 64) == {}
    assert "are made again" in caplog.text
    store.keep("m", made(TEXTS))
    assert len(store.find("m", TEXTS, 64)) == len(TEXTS)


def test_where_no_file_can_be_made_work_goes_on_with_one_warning(tmp_path, caplog):
    (tmp_path / "file").write_text("x")
    store = VectorStore(path=tmp_path / "file" / "vectors.sqlite")
    with caplog.at_level(logging.WARNING):
        assert store.keep("m", made(["welder"])).keys() == {"welder"}
        assert store.find("m", ["welder"], 64) == {}
        assert store.size_of("m") == 0
    assert len(caplog.records) == 1


def test_more_texts_than_one_statement_takes(store):
    texts = [str(number) for number in range(1203)]
    store.keep("m", made(texts, size=4))
    assert len(store.find("m", texts, 4)) == 1203
    assert store.keep("m", {}) == {}


def test_threads_and_processes_write_at_once(store):
    script = (
        "import sys; from pathlib import Path; from metier.models.store import Kept, VectorStore\n"
        "from metier.testing import HashEncoder\n"
        "store = VectorStore(path=Path(sys.argv[1])); encoder = HashEncoder(size=4)\n"
        "for n in range(20):\n"
        "    text = f'{sys.argv[2]}-{n}'; store.keep('m', {text: Kept(encoder.encode([text])[0], False)})\n"
    )
    command = [sys.executable, "-c", script, str(store.path)]
    processes = [subprocess.Popen([*command, str(number)]) for number in range(3)]

    def keep(number):
        store.keep("m", made([f"thread-{number}"], size=4))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(keep, range(20)))
    assert [process.wait() for process in processes] == [0, 0, 0]
    texts = [f"{number}-{n}" for number in range(3) for n in range(20)] + [f"thread-{n}" for n in range(20)]
    found = store.find("m", texts, 4)
    assert len(found) == 80
    np.testing.assert_array_equal(found["thread-3"].vector, made(["thread-3"], size=4)["thread-3"].vector)
