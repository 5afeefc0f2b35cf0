"""Memory is told in megabytes."""

import pytest

torch = pytest.importorskip("torch")
pytestmark = pytest.mark.slow


def test_a_process_with_pytorch_holds_more_than_fifty_megabytes():
    from metier.training.memory import peak_megabytes

    assert 50 < peak_megabytes() < 1_000_000
