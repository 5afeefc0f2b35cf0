"""What every page is made of."""

import builtins

import pytest

from metier.errors import MissingExtraError
from metier.training.page import interval_bars, new_figure, paragraph, picture, table, write_document

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore:.*pyparsing.*")


def test_everything_is_escaped(tmp_path):
    parts = [paragraph("<p>", verdict="<v>"), table("<t>", ["<h>"], [["<c>"]])]
    text = write_document(tmp_path / "page.html", "<title>", parts).read_text()
    for mark in ("<p>&lt;p&gt;", "&lt;v&gt;", "&lt;t&gt;", "&lt;h&gt;", "&lt;c&gt;", "<h1>&lt;title&gt;</h1>"):
        assert mark in text or mark.replace("<p>", "") in text
    assert "<c>" not in text


def test_a_figure_is_within_the_page_and_the_same_bytes_each_time():
    pytest.importorskip("matplotlib")

    def drawn():
        figure = new_figure()
        interval_bars(figure.subplots(), ["a", "b"], [("x", [(1, 0.5, 2), (2, 1, 3)]), ("y", [(1, 1, 1), (2, 2, 2)])])
        return picture("<figure>", figure)

    assert "data:image/png;base64," in drawn()
    assert "&lt;figure&gt;" in drawn()
    assert drawn() == drawn()


def test_without_matplotlib_the_extra_is_named(monkeypatch):
    found = builtins.__import__

    def missing(name, *rest):
        if name.startswith("matplotlib"):
            raise ImportError(name)
        return found(name, *rest)

    monkeypatch.setattr(builtins, "__import__", missing)
    with pytest.raises(MissingExtraError) as told:
        new_figure()
    assert "metier[train]" in told.value.hint
