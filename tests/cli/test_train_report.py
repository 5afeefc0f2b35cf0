"""`metier train report` of what is no run; the page itself is in training/test_run_page.py."""

from metier.errors import ModelError
from metier.training.run_file import write_run


def test_a_folder_without_a_run_or_without_curves_says_so(invoke, tmp_path):
    assert isinstance(invoke("train", "report", tmp_path).exception, ModelError)
    write_run(tmp_path, {"kind": "head"})
    assert "without curves" in str(invoke("train", "report", tmp_path).exception)
