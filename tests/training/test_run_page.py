"""The page of a run."""

import pytest

from metier.errors import ModelError
from metier.training.run_page import write_page

RUN = {
    "kind": "encoder",
    "base": "<metier>",
    "recipe": {"loss": "mnrl", "steps": 2},
    "data": [{"name": "pairs.csv", "hash": "sha256-1"}],
    "before": {"ndcg@10": {"mean": 0.4, "interval": [0.3, 0.5]}, "rows": {"mean": 0.6}},
    "after": {"ndcg@10": {"mean": 0.6, "interval": [0.5, 0.7]}, "rows": {"mean": 0.7}},
    "gain": {"metric": "ndcg@10", "mean": 0.2, "interval": [0.1, 0.3]},
    "promoted": True,
    "twin_gap": {"before": 0.02, "after": 0.01},
    "history": [{"step": 1.0, "loss": 2.0, "value": 0.5}, {"step": 2.0, "loss": 1.0, "value": 0.6}],
    "steps": 2,
}


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore:.*pyparsing.*")
def test_one_file_holds_figures_metrics_and_recipe(tmp_path):
    pytest.importorskip("matplotlib")
    text = write_page(tmp_path, RUN).read_text()
    assert text.count("data:image/png;base64,") == 2
    assert "0.6000 (0.5000–0.7000)" in text
    assert "+0.2000" in text
    assert "0.0200" in text
    assert "&lt;metier&gt;" in text
    assert "<metier>" not in text
    assert "http" not in text
    assert "not promoted" in write_page(tmp_path, RUN | {"promoted": False}).read_text()
    assert "Robustness" not in text
    assert "Warning" not in text


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore:.*pyparsing.*")
def test_noise_warnings_and_metrics_below_nought_are_told(tmp_path):
    pytest.importorskip("matplotlib")
    noises = {"typos": {"queries": 3, "clean": 0.51, "noisy": 0.42}, "paraphrase": {"queries": 0}}
    nats = {"log_likelihood": {"mean": -3.25, "interval": [-4.0, -3.0]}}
    odd = {"warnings": ["training & validation part ways"], "robustness": {"before": noises, "after": noises}}
    text = write_page(tmp_path, RUN | odd | {"before": nats, "after": nats | {"accuracy": {"mean": 0.9}}}).read_text()
    assert "training &amp; validation part ways" in text
    assert "<tr><td>typos</td><td>3</td><td>0.5100</td><td>0.4200</td><td>0.5100</td><td>0.4200</td></tr>" in text
    assert "paraphrase" not in text
    assert "-3.2500 (-4.0000–-3.0000)" in text
    assert "<td>accuracy</td><td></td><td>0.9000</td>" in text


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore:.*pyparsing.*")
def test_the_agreement_with_a_teacher_is_told_where_it_was_measured(tmp_path):
    pytest.importorskip("matplotlib")
    taught = RUN | {"teacher": "hf", "agreement": {"before": 0.25, "after": 0.75}}
    assert "<tr><td>hf</td><td>0.2500</td><td>0.7500</td></tr>" in write_page(tmp_path, taught).read_text()
    unknown = taught | {"agreement": {"before": None, "after": None}}
    assert "Rank correlation" not in write_page(tmp_path, unknown).read_text()


def test_a_run_without_curves_has_no_page(tmp_path):
    with pytest.raises(ModelError, match="without curves"):
        write_page(tmp_path, {"kind": "head"})
