"""Losses: their best is where it should be."""

import pytest

torch = pytest.importorskip("torch")
pytestmark = pytest.mark.slow


def test_info_nce_falls_as_what_fits_comes_near():
    from metier.training.loss import info_nce, targets_of

    apart = ~torch.eye(3, dtype=torch.bool)
    targets = targets_of(3, 0.0, None, 0.0)
    even = info_nce(torch.zeros(3, 3), apart, targets)
    assert even == pytest.approx(torch.tensor(3.0).log().item(), abs=1e-5)
    assert info_nce(torch.eye(3) * 20, apart, targets) < 1e-3
    known = apart.clone()
    known[0, 1] = known[1, 0] = False
    assert info_nce(torch.ones(3, 3), known, targets) < info_nce(torch.ones(3, 3), apart, targets)


def test_further_columns_are_only_wrong_answers():
    from metier.training.loss import info_nce

    targets = torch.eye(2)
    allowed = torch.tensor([[False, True, True], [True, False, True]])
    far = info_nce(torch.tensor([[9.0, 0, 0], [0, 9, 0]]), allowed, targets)
    near = info_nce(torch.tensor([[9.0, 0, 9], [0, 9, 9]]), allowed, targets)
    assert far < near


def test_list_wise_is_least_in_the_order_of_the_grades():
    from metier.training.loss import list_wise

    grades, known = torch.tensor([[1.0, 0.5, 0.0]]), torch.ones(1, 3, dtype=torch.bool)
    right = list_wise(torch.tensor([[3.0, 2.0, -3.0]]), grades, known, smoothing=0.0)
    wrong = list_wise(torch.tensor([[-3.0, 2.0, 3.0]]), grades, known, smoothing=0.0)
    assert right < wrong
    assert list_wise(torch.tensor([[9.0, 9.0, -9.0]]), grades, known, smoothing=0.3) > right


def test_lambda_loss_weighs_the_top_most():
    from metier.training.loss import lambda_loss

    known = torch.ones(1, 4, dtype=torch.bool)
    scores = torch.tensor([[4.0, 3.0, 2.0, 1.0]])
    best = lambda_loss(scores, torch.tensor([[1.0, 0, 0, 0]]), known)
    second = lambda_loss(scores, torch.tensor([[0, 1.0, 0, 0]]), known)
    last = lambda_loss(scores, torch.tensor([[0, 0, 0, 1.0]]), known)
    assert best < second < last


def test_rows():
    from metier.training.loss import binary, squared, triplet

    labels = torch.tensor([1.0, 0.0])
    assert binary(torch.tensor([9.0, -9.0]), labels, smoothing=0.0) < 1e-3
    assert binary(torch.tensor([9.0, -9.0]), labels, smoothing=0.2) > 0.5
    assert squared(labels, labels) == 0
    assert triplet(torch.tensor([0.9]), torch.tensor([0.1])) == 0
    assert triplet(torch.tensor([0.5]), torch.tensor([0.5])) == pytest.approx(0.2)


def test_the_graph_takes_its_share_of_the_target_where_something_is_near():
    from metier.training.loss import targets_of

    near = torch.tensor([[0.0, 0.5, 0.5], [0, 0, 0], [0, 0, 0]])
    targets = targets_of(3, 0.0, near, 0.2)
    assert targets[0].tolist() == pytest.approx([0.8, 0.1, 0.1])
    assert targets[1].tolist() == [0, 1, 0]
    assert targets_of(3, 0.3, near, 0.2).sum(1).tolist() == pytest.approx([1, 1, 1])
