"""What becomes of what a run wrote."""

import pytest

pytest.importorskip("torch")
pytest.importorskip("onnx")

from metier.errors import InputError
from metier.training.measure import Measured
from metier.training.outcome import TRIED, conclude, need_new_folder
from metier.training.tuning import LAST, Tuned


def concluded(folder, after, *, keeps=False):
    (folder / TRIED).mkdir(parents=True)
    (folder / TRIED / "weights").write_text("new")
    tuned = Tuned(
        scorer=None,
        history=[],
        steps=1,
        seconds_a_step=0.1,
        peak_mb=1,
        trained=1,
        weights=2,
        stopped="",
        warnings=["odd"],
    )
    values = [Measured(per_query={"ndcg@10": [value] * 30}) for value in (0.5, after)]
    return conclude(folder, tuned, before=values[0], after=values[1], parity=None, keeps=keeps, seed=0)


def test_a_winner_serves_from_the_folder(tmp_path):
    outcome = concluded(tmp_path, 0.7)
    assert outcome.is_promoted
    assert (tmp_path / "weights").read_text() == "new"
    assert not (tmp_path / TRIED).exists()
    told = outcome.fields(seed=0)
    assert told["gain"]["mean"] == pytest.approx(0.2)
    assert told["warnings"] == ["odd"]


@pytest.mark.parametrize("keeps", [False, True])
def test_a_loser_leaves_nothing_unless_one_insists(tmp_path, keeps):
    (tmp_path / "weights").write_text("old")
    assert concluded(tmp_path, 0.4, keeps=keeps).is_promoted == keeps
    assert (tmp_path / "weights").read_text() == ("new" if keeps else "old")
    assert not (tmp_path / TRIED).exists()


def test_a_folder_with_a_run_is_not_begun_anew(tmp_path):
    need_new_folder(tmp_path / "new", resumes=False)
    (tmp_path / "new" / LAST).write_text("")
    need_new_folder(tmp_path / "new", resumes=True)
    with pytest.raises(InputError, match="holds a run"):
        need_new_folder(tmp_path / "new", resumes=False)
