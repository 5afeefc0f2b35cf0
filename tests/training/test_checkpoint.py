"""Checkpoints: whole or not at all."""

import pytest

torch = pytest.importorskip("torch")
pytestmark = pytest.mark.slow
from metier.errors import ModelError


def test_what_is_written_comes_back_and_a_broken_file_says_so(tmp_path):
    from metier.training.checkpoint import read_state, write_state

    path, cpu = tmp_path / "last.pt", torch.device("cpu")
    assert read_state(path, cpu) is None
    write_state(path, {"step": 3, "weights": {"a": torch.ones(2)}})
    assert (read_state(path, cpu) or {})["step"] == 3
    assert [each.name for each in tmp_path.iterdir()] == ["last.pt"]
    path.write_bytes(path.read_bytes()[:40])
    with pytest.raises(ModelError, match="is broken"):
        read_state(path, cpu)


def test_a_full_disk_leaves_the_checkpoint_before(tmp_path, monkeypatch):
    from metier.training import checkpoint

    path = tmp_path / "last.pt"
    checkpoint.write_state(path, {"step": 1})

    def full(_state, beside):
        beside.write_bytes(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(torch, "save", full)
    with pytest.raises(ModelError, match="No space left") as told:
        checkpoint.write_state(path, {"step": 2})
    assert "--resume" in told.value.hint
    monkeypatch.undo()
    assert (checkpoint.read_state(path, torch.device("cpu")) or {})["step"] == 1
    assert [each.name for each in tmp_path.iterdir()] == ["last.pt"]
