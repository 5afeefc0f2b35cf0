"""Heads: each starts as the cosine, and its rows are the diagonal of its table."""

import pytest

torch = pytest.importorskip("torch")
pytestmark = pytest.mark.slow


def documents(count, *, parts=5, width=24, seed=0):
    torch.manual_seed(seed)
    present = torch.ones(count, parts, dtype=torch.bool)
    present[0, parts - 2 :] = False
    states = torch.nn.functional.normalize(torch.randn(count, parts, width), dim=-1)
    return states * present[:, :, None], present


@pytest.mark.parametrize("name", ["none", "linear", "mlp", "positional", "attention", "late"])
def test_rows_are_the_diagonal_and_absent_parts_count_nothing(name):
    from metier.training.head import HEADS

    torch.manual_seed(3)
    head = HEADS[name](24).eval()
    for weight in head.parameters():
        torch.nn.init.normal_(weight, std=0.2)
    left, right = documents(4), documents(4, seed=1)
    rows = head.rows(left, right)
    assert torch.allclose(head.table(left, right).diagonal(), rows, atol=1e-5)
    other = left[0].clone()
    other[~left[1]] = 7.0
    assert torch.allclose(head.rows((other, left[1]), right), rows, atol=1e-5)
    assert rows.requires_grad == (name != "none")


@pytest.mark.parametrize("name", ["linear", "mlp"])
def test_before_anything_is_learnt_a_head_of_one_vector_is_the_cosine(name):
    from metier.training.head import HEADS

    left, right = documents(3, parts=1), documents(3, parts=1, seed=1)
    present = torch.ones(3, 1, dtype=torch.bool)
    left, right = (documents(3, parts=3)[0][:, :1], present), (documents(3, parts=3, seed=1)[0][:, :1], present)
    assert torch.allclose(HEADS[name](24).rows(left, right), HEADS["none"](24).rows(left, right), atol=1e-6)


def test_a_document_is_as_like_itself_as_can_be_in_late_interaction():
    from metier.training.head import LateHead

    one = documents(3)
    assert torch.allclose(LateHead(24).rows(one, one), torch.ones(3), atol=1e-5)


def test_logits_grow_with_likeness():
    from metier.training.head import Head, Judge

    low, high = Head(8).logits(torch.tensor([0.1, 0.9]))
    assert low < 0 < high
    assert Judge(8, is_deep=True)(torch.zeros(3, 8)).shape == (3,)
