"""`metier train register|promote|rollback` of an encoder: other vectors, and back to the same bytes."""

import json
import shutil

import pytest

from metier.catalog import Catalog
from metier.errors import InputError
from metier.models.folder import CARD, TOKENIZER, WEIGHTS
from metier.models.own import metier_encoder
from metier.training.run_file import write_run

DAY = ("--as-of", "2026-11-20")


@pytest.fixture
def folder(tmp_path):
    """Give the encoder that ships as the folder of a run that won."""
    own = metier_encoder()
    out = tmp_path / "out"
    out.mkdir()
    shutil.copyfile(own.model_path, out / WEIGHTS)
    shutil.copyfile(own.tokenizer_path, out / TOKENIZER)
    (out / CARD).write_text(json.dumps({"format": 1, "size": own.size, "max_tokens": 256}))
    value = {"ndcg@10": {"mean": 0.5, "interval": [0.4, 0.6]}}
    gain = {"metric": "ndcg@10", "mean": 0.2, "interval": [0.1, 0.3]}
    write_run(out, {"kind": "encoder", "gain": gain, "before": value, "after": value})
    return out


@pytest.fixture
def catalog(run, world, tmp_path):
    run("import", "jobs", world.feed, "--catalog", tmp_path / "c", "--json")
    run("import", "people", world.welder, "--catalog", tmp_path / "c", "--json")
    return tmp_path / "c"


def answer(invoke, world, catalog):
    return invoke("recommend", world.welder, "--catalog", catalog, "--json", *DAY).stdout


def test_an_encoder_is_promoted_by_name_and_taken_back(invoke, run, world, catalog, folder):
    before = answer(invoke, world, catalog)
    (told,) = run("train", "register", folder, "--catalog", catalog, "--json")
    assert answer(invoke, world, catalog) == before
    (listed,) = run("train", "runs", "--catalog", catalog, "--json")
    assert (listed["kind"], listed["is_in_use"]) == ("encoder", False)
    (shadow,) = run("train", "promote", told["run"], "--catalog", catalog, "--shadow", "--json", *DAY)
    assert 0 <= shadow["overlap"] <= 1
    assert answer(invoke, world, catalog) == before
    promoted = invoke("train", "promote", told["run"], "--catalog", catalog)
    assert promoted.exit_code == 0, promoted.exception
    assert "--kind encoder" in promoted.output
    shutil.rmtree(folder)
    with Catalog.open(str(catalog)) as opened:
        assert opened.encoder_id.startswith("onnx:sha256-")
    after = answer(invoke, world, catalog)
    assert after
    assert after != before
    (back,) = run("train", "rollback", "--kind", "encoder", "--catalog", catalog, "--json")
    assert not back["in_use"].startswith("onnx:")
    assert answer(invoke, world, catalog) == before


def test_what_does_not_win_is_refused(invoke, run, catalog, folder):
    told = json.loads((folder / "run.json").read_text())
    told["gain"]["interval"] = [-0.1, 0.3]
    write_run(folder, told)
    (found,) = run("train", "register", folder, "--catalog", catalog, "--json")
    refused = invoke("train", "promote", found["run"], "--catalog", catalog)
    assert isinstance(refused.exception, InputError)
    assert "held-out queries" in str(refused.exception)
    assert invoke("train", "rollback", "--kind", "chat", "--catalog", catalog).exit_code == 2
