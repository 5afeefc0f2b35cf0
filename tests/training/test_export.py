"""Written as ONNX, with and without a head."""

import pytest

torch = pytest.importorskip("torch")
pytestmark = pytest.mark.slow
pytest.importorskip("onnx")


@pytest.mark.parametrize("head", ["none", "linear", "mlp"])
def test_what_is_written_gives_the_vectors_of_what_was_trained(scorer_of, tmp_path, head):
    from metier.training.encoder_folder import parity, write_encoder

    scorer = scorer_of(head=head)
    torch.manual_seed(2)
    for weight in scorer.head.parameters():
        if weight.dim() == 2:
            torch.nn.init.normal_(weight, std=0.1)
    encoder = write_encoder(scorer.network, scorer.tokenizer, tmp_path, scorer.head)
    assert (
        parity(encoder, scorer.network, scorer.tokenizer, ["TIG welder", "nurse", "bus driver"], scorer.head).graph
        > 0.99
    )


def test_a_head_that_looks_at_parts_cannot_be_written(scorer_of, tmp_path):
    from metier.training.export import write_onnx

    scorer = scorer_of(head="attention", loss="bce")
    with pytest.raises(TypeError, match="AttentionHead"):
        write_onnx(scorer.network, tmp_path / "e.onnx", scorer.head)
