"""A scorer on disk."""

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("onnx")
pytestmark = pytest.mark.slow
from metier.errors import ModelError


@pytest.mark.parametrize(
    "choices", [{"head": "late"}, {"form": "cross-encoder", "loss": "bce", "head": "mlp"}], ids=str
)
def test_it_scores_as_before_it_was_written(scorer_of, tmp_path, choices):
    from metier.training.saved_scorer import read_scorer, write_scorer

    scorer = scorer_of(**choices)
    for weight in (scorer.judge or scorer.head).parameters():
        torch.nn.init.normal_(weight, std=0.3)
    write_scorer(scorer, tmp_path)
    left, right = ["TIG welder", "staff nurse"], ["welder", "baker"]
    assert read_scorer(tmp_path).score(left, right).tolist() == scorer.score(left, right).tolist()


def test_a_folder_without_one_says_so(tmp_path):
    from metier.training.saved_scorer import read_scorer

    with pytest.raises(ModelError, match="no scorer"):
        read_scorer(tmp_path)
