"""SetFit's first step."""

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("onnx")
pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]
EXAMPLES = [("TIG welder", "trade"), ("pipe welder", "trade"), ("staff nurse", "care"), ("ward nurse", "care")]


def test_pairs_are_of_one_class_or_of_two_each_once():
    from metier.training.set_fit import contrast_pairs

    pairs = contrast_pairs(EXAMPLES, seed=0)
    label = dict(EXAMPLES)
    assert len(pairs) == 6
    assert all((label[pair.left] == label[pair.right]) == bool(pair.label) for pair in pairs)


def test_classes_come_apart_and_the_encoder_serves(base, tmp_path):
    from dataclasses import replace

    from metier.models.folder import folder_encoder
    from metier.models.named import open_encoder
    from metier.training.set_fit import RECIPE, tune_on_labels

    before = open_encoder(base)
    recipe = replace(RECIPE, learning_rate=3e-3, epochs=20)
    after = tune_on_labels(base, EXAMPLES, tmp_path, recipe=recipe)
    assert folder_encoder(tmp_path).model_id == after.model_id

    def gap(encoder):
        vectors = encoder.encode([text for text, _ in EXAMPLES])
        return vectors[0] @ vectors[1] - vectors[0] @ vectors[2]

    assert gap(after) > gap(before)
