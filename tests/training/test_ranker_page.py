"""The page of a ranker."""

import json

import pytest

from metier.evaluation.off_policy import Estimate
from metier.evaluation.reliability import Bin, Reliability
from metier.ranking.additive import AdditiveModel, Curve
from metier.ranking.calibration import Calibration
from metier.training.calibration import CalibrationReport
from metier.training.contrast import Answered
from metier.training.group_gap import Gap, GapReport
from metier.training.ranker_page import write_ranker_page
from metier.training.ranker_report import Measured, RankerReport
from metier.training.shadow import Shadow
from metier.training.split import Leakage

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore:.*pyparsing.*")
VALUE = Measured(mean=0.5, low=0.4, high=0.6)
ESTIMATES = dict.fromkeys(("ips", "snips", "direct", "dr"), Estimate(mean=1.25, low=1.0, high=1.5))
RELIABLE = Reliability(
    brier=0.1234, ece=0.0567, bins=(Bin(count=9, said=0.2, seen=0.3), Bin(count=9, said=0.4, seen=0.5))
)
GAP = Gap.of({"<north>": [(0.5, 0.7)] * 20, "$south": [(0.4, 0.4)] * 20})
MODEL = AdditiveModel(
    name="r",
    scale=1.0,
    curves=tuple(
        Curve(name=name, neutral=0.5, employer_share=1.0, slope=slope)
        for name, slope in (("coverage", 2.0), ("salary", 1.0))
    ),
)
REPORT = RankerReport(
    against="zero-shot",
    events=900,
    questions=70,
    measured_on=40,
    contradictions=1,
    repeated=2,
    later_chosen=6,
    leakage=Leakage(pairs=3, people=4, jobs=5, backwards=0),
    position_bias=(1.0, 0.5),
    bias_from="swaps",
    before={"ndcg@10": VALUE},
    after={"ndcg@10": VALUE},
    gain=Measured(mean=0.1, low=0.05, high=0.2),
    p_value=0.0125,
    choices={"before": ESTIMATES, "after": ESTIMATES},
    trees=2,
    history=(0.3, 0.4, 0.35),
    calibration=CalibrationReport(method="platt", curve=Calibration(scores=(0.0,), probabilities=(0.1,)), rate=0.2, of_rate=0.16, before=RELIABLE, after=RELIABLE),
    contrasts={"skill": Answered(pairs=8, before=0.75, after=1.0)},
    contrast_weight=0.0,
    gaps=GapReport(ndcg=GAP, exposure=None, without_group=0, unknown=0),
    shadow=Shadow(lists=40, changed=0.9, first_changed=0.3, overlap=0.8),
    seed=0,
)  # fmt: skip


@pytest.fixture
def page(tmp_path):
    pytest.importorskip("matplotlib")

    def write(**changed):
        report = json.loads(REPORT.to_json()) | changed
        return write_ranker_page(tmp_path / "page.html", "<run>", model=MODEL, report=report).read_text()

    return write


def test_the_page_shows_all_that_was_measured(page):
    text = page()
    assert text.count("data:image/png;base64,") == 6
    for told in (
        "it wins",
        "p = 0.0125",
        "+0.1000",
        "0.5000 (0.4000–0.6000)",
        "1.2500",
        "by swaps",
        "0.1234",
        "0.0567",
    ):
        assert told in text
    for told in ("75.0%", "100.0%", "0.3000", "90.0%", "80.0%", "against zero-shot"):
        assert told in text


def test_names_are_escaped_and_nothing_is_fetched(page):
    text = page()
    assert "&lt;north&gt;" in text
    assert "<north>" not in text
    assert "<run>" not in text
    assert "http" not in text


def test_what_was_not_measured_has_no_part(page):
    text = page(calibration=None, gaps=None, choices={}, contrasts={}, wins=False)
    assert text.count("data:image/png;base64,") == 3
    assert "it does not win" in text
    assert "Reliability" not in text


def test_the_same_run_gives_the_same_page(page):
    assert page() == page()
