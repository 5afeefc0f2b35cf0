import json

import pytest

from metier.errors import InputError, NotFoundError
from metier.graph.edge import Node
from metier.graph.graph_builder import GraphBuilder
from metier.graph.taxonomy_store import TaxonomyStore, default_folder


def arrays(*uris):
    builder = GraphBuilder()
    builder.add_all(Node(uri=uri, kind="skill", label=uri, labels={"de": (uri,)}) for uri in uris)
    return builder.build()


def test_the_version_loaded_last_is_used_and_the_others_stay(tmp_path):
    store = TaxonomyStore(tmp_path / "new")
    assert store.stored() == []
    store.write("esco", "1.1", arrays("a"))
    store.write("esco", "1.2", arrays("a", "b"))
    store.write("onet", "29.0", arrays("c"))
    assert [(one.taxonomy, one.version, one.nodes, one.is_used) for one in store.stored()] == [
        ("esco", "1.1", 1, False),
        ("esco", "1.2", 2, True),
        ("onet", "29.0", 1, True),
    ]
    assert [graph.uris for graph in store.used()] == [["a", "b"], ["c"]]
    assert store.read("esco", "1.1").uris == ["a"]
    assert store.read("esco", "9") is None
    store.write("esco", "1.1", arrays("a"))
    assert [one.version for one in store.stored() if one.is_used] == ["1.1", "29.0"]
    assert store.stored()[0].languages == ("de",)


@pytest.mark.parametrize("version", ["../up", "", "a b", "x" * 50])
def test_a_version_that_makes_no_file_is_an_error(tmp_path, version):
    with pytest.raises(InputError, match="version"):
        TaxonomyStore(tmp_path).write("esco", version, arrays("a"))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("text", ["", "[]", '{"form": 9, "taxonomies": []}', '{"form": 1, "taxonomies": [{"x": 1}]}'])
def test_a_broken_list_is_an_error_with_a_remedy(tmp_path, text):
    (tmp_path / "taxonomies.json").write_text(text)
    with pytest.raises(InputError, match="no list of taxonomies") as caught:
        TaxonomyStore(tmp_path).stored()
    assert "again" in caught.value.hint


def test_a_file_that_went_away_is_told(tmp_path):
    store = TaxonomyStore(tmp_path)
    store.write("esco", "1.2", arrays("a")).unlink()
    with pytest.raises(NotFoundError, match="not there any more"):
        store.used()
    assert json.loads((tmp_path / "taxonomies.json").read_text())["form"] == 1


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(InputError, match="cannot be written"):
        TaxonomyStore(tmp_path / "file" / "x").write("esco", "1.2", arrays("a"))


def test_the_default_folder_is_the_users_own():
    assert default_folder().parts[-2:] == ("metier", "taxonomies")
