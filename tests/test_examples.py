"""The examples run as they stand, and the notebook holds no outputs."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[1] / "examples"
NOTEBOOK = EXAMPLES / "whole_method.ipynb"
KEPT = ("jobs, ", "clicks", "gain in nDCG@10", "back to the same scores: True", "right by cross-validation")


def test_the_notebook_is_stripped():
    cells = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    assert any(cell["cell_type"] == "code" for cell in cells)
    assert all(not cell["outputs"] and cell["execution_count"] is None for cell in cells if cell["cell_type"] == "code")


@pytest.mark.slow
def test_the_notebook_runs_from_the_resume_to_the_audit():
    """In a process of its own, for the kernel talks by sockets and warns as it likes."""
    pytest.importorskip("lightgbm")
    code = (
        "import sys, nbformat; from nbclient import NotebookClient; from jupyter_client import KernelManager\n"
        "book = nbformat.read(sys.argv[1], as_version=4)\n"
        "NotebookClient(book, timeout=400, km=KernelManager(kernel_name='python3', transport='ipc')).execute()\n"
        "print(''.join(each.get('text', '') for cell in book.cells for each in cell.get('outputs', [])))\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(NOTEBOOK)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    assert [said for said in KEPT if said not in done.stdout] == []
    assert done.stdout.count("same list and scores: True") == 3, done.stdout
