"""Encoders of a catalog: promoted by re-encoding, and back to the former one, and the one before."""

import datetime as dt
import json

import pytest

from metier.catalog import Catalog
from metier.errors import ConfigError, InputError, NotFoundError
from metier.models.base import Encoder
from metier.recommender import Recommender
from metier.retrieval.catalog_encoder import encoder_of
from metier.testing import HashEncoder
from metier.training import encoder_registry
from metier.training.encoder_registry import promote_encoder, register_encoder, rollback_encoder, shadow
from metier.training.run_file import write_run

DAY = dt.date(2026, 11, 20)
FIRST = HashEncoder(size=16)


class Named(HashEncoder):
    """Another encoder: other vectors under another name."""

    def __init__(self, name):
        super().__init__(size=8)
        self.name = name

    @property
    def model_id(self):
        return self.name

    def encode(self, texts):
        return super().encode([f"{self.name} {text}" for text in texts])


@pytest.fixture
def kept(monkeypatch):
    """Encoders by name, in the place of files beside the catalog."""
    found: dict[str, Encoder] = {name: Named(name) for name in ("onnx:sha256-a", "onnx:sha256-b")}
    monkeypatch.setattr(encoder_registry, "folder_encoder", lambda folder: found[f"onnx:sha256-{folder.name}"])
    monkeypatch.setattr(encoder_registry, "keep_encoder", lambda uri, folder: None)
    monkeypatch.setattr(encoder_registry, "kept_encoder", lambda uri, encoder_id: found[encoder_id])
    return found


@pytest.fixture
def catalog(graph, jobs, people, tmp_path):
    made = Recommender.open(str(tmp_path / "c"), encoder=FIRST, graph=graph)
    made.add([*jobs, *people], with_parts=True)
    made.catalog.close()
    with Catalog.open(str(tmp_path / "c")) as opened:
        yield opened


def run_of(folder, *, low=0.1):
    folder.mkdir(exist_ok=True)
    value = {"ndcg@10": {"mean": 0.5, "interval": [0.4, 0.6]}}
    gain = {"metric": "ndcg@10", "mean": 0.2, "interval": [low, 0.3]}
    write_run(folder, {"kind": "encoder", "gain": gain, "before": value, "after": value})
    return folder


def vectors(catalog):
    return {key: catalog.vector("job", key).tobytes() for key in sorted(catalog.ids("job"))}


def test_promotions_are_taken_back_one_by_one_to_the_same_bits(kept, catalog, tmp_path):
    one, two = (register_encoder(catalog, run_of(tmp_path / name)) for name in "ab")
    before = vectors(catalog)
    told = []
    promote_encoder(catalog, one, progress=lambda *counts: told.append(counts))
    assert told
    assert catalog.encoder_id == "onnx:sha256-a"
    first = vectors(catalog)
    assert first != before
    promote_encoder(catalog, catalog.models.one(two.id))
    promote_encoder(catalog, catalog.models.one(one.id))
    assert vectors(catalog) == first
    assert rollback_encoder(catalog, FIRST).model_id == "onnx:sha256-b"
    assert rollback_encoder(catalog, FIRST).model_id == "onnx:sha256-a"
    assert vectors(catalog) == first
    with pytest.raises(ConfigError, match="was made with 'hash"):
        rollback_encoder(catalog, Named("another"))
    assert rollback_encoder(catalog, FIRST) is FIRST
    assert vectors(catalog) == before
    with pytest.raises(NotFoundError, match="no encoder was promoted"):
        rollback_encoder(catalog, FIRST)


def test_a_promotion_that_was_killed_goes_on(kept, catalog, tmp_path, monkeypatch):
    run = register_encoder(catalog, run_of(tmp_path / "a"))

    def killed(*_, **__):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(type(catalog.models), "promote", killed)
        with pytest.raises(KeyboardInterrupt):
            promote_encoder(catalog, run)
    promote_encoder(catalog, catalog.models.one(run.id))
    assert catalog.models.in_use("encoder").id == run.id
    assert rollback_encoder(catalog, FIRST) is FIRST


def test_what_was_measured_is_kept(kept, catalog, tmp_path):
    run = register_encoder(catalog, run_of(tmp_path / "a", low=-0.1))
    report = json.loads(run.report)
    assert not report["wins"]
    assert report["gain"] == {"mean": 0.2, "low": -0.1, "high": 0.3}
    write_run(tmp_path / "a", {"kind": "head"})
    with pytest.raises(InputError, match="no encoder"):
        register_encoder(catalog, tmp_path / "a")


def test_the_shadow_compares_lists_and_changes_nothing(kept, catalog, graph, tmp_path):
    live = Recommender.open(catalog.uri, encoder=encoder_of(catalog.uri, FIRST), graph=graph)
    before = vectors(catalog)
    told = shadow(live, FIRST, as_of=DAY)
    assert (told.overlap, told.same_first) == (1.0, 1.0)
    assert (told.people, told.jobs) == (12, 32)
    assert shadow(live, kept["onnx:sha256-a"], as_of=DAY).overlap <= 1.0
    assert vectors(catalog) == before
    live.catalog.close()
    empty = Recommender.open(encoder=FIRST, graph=graph)
    with pytest.raises(InputError, match="no people or no jobs"):
        shadow(empty, FIRST, as_of=DAY)
