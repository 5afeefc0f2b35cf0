"""What a run says about itself."""

import pytest

from metier.errors import ModelError
from metier.training.run_file import read_run, write_run


def test_it_comes_back_and_a_folder_without_one_says_so(tmp_path):
    write_run(tmp_path, {"kind": "head", "classes": ["护士"]})
    assert read_run(tmp_path) == {"kind": "head", "classes": ["护士"]}
    with pytest.raises(ModelError, match="no finished run"):
        read_run(tmp_path / "none")
    (tmp_path / "run.json").write_text("{")
    with pytest.raises(ModelError, match="no finished run"):
        read_run(tmp_path)
