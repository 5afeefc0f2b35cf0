import gzip
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metier.errors import InputError
from metier.graph.taxonomy_file import TaxonomyFile, taxonomy_files


def table(tmp_path, text, name="t.csv"):
    (tmp_path / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return TaxonomyFile(name=name, path=tmp_path / name)


def test_cells_come_in_the_order_asked_for(tmp_path):
    file = table(tmp_path, '\ufeffa,b,c\n1,"x\ny",3\n\n4, 5 ,\n6\n')
    assert list(file.rows(("c", "b"), optional=("d",))) == [["3", "x\ny", ""], ["", "5", ""], ["", "", ""]]


def test_cells_between_tabs_have_no_quotes(tmp_path):
    file = table(tmp_path, 'a\tb\n12" pipe\t"x\n')
    assert list(file.rows(("a", "b"), delimiter="\t")) == [['12" pipe', '"x']]


@pytest.mark.parametrize("text", ["a,b\n1,2\n", "", "\n"])
def test_a_missing_column_names_the_file_and_the_column(tmp_path, text):
    with pytest.raises(InputError, match=r"t\.csv has no column 'uri'"):
        list(table(tmp_path, text).rows(("uri",)))


def test_what_is_no_utf8_names_the_file(tmp_path):
    with pytest.raises(InputError, match=r"t\.csv is not UTF-8"):
        list(table(tmp_path, b"a,b\n\xff\xfe,2\n").rows(("a",)))


def test_a_cell_without_end_names_the_line(tmp_path):
    with pytest.raises(InputError, match=r"t\.csv, line \d+"):
        list(table(tmp_path, 'a\n"' + "x" * 200_000 + "\n").rows(("a",)))


@given(data=st.binary(max_size=200))
def test_ugly_bytes_give_rows_or_one_error(tmp_path_factory, data):
    file = table(tmp_path_factory.mktemp("ugly"), b"a,b\n" + data)
    said, rows = "t.csv", []
    try:
        rows = list(file.rows(("a", "b")))
    except InputError as error:
        said = str(error)
    assert "t.csv" in said
    assert all(len(row) == 2 for row in rows)


def test_folders_zips_and_packed_files_are_listed(tmp_path):
    folder = tmp_path / "d"
    folder.mkdir()
    (folder / "b.tsv.gz").write_bytes(gzip.compress(b"x\n1\n"))
    with zipfile.ZipFile(folder / "a.zip", "w") as archive:
        archive.writestr("in/z.csv", "x\n2\n")
    first, second = taxonomy_files([folder])
    assert (first.name, second.name) == ("z.csv", "b.tsv")
    assert str(first).endswith("a.zip!in/z.csv")
    assert [list(file.rows(("x",))) for file in (first, second)] == [[["2"]], [["1"]]]


def test_what_is_not_there_or_broken_is_an_error(tmp_path):
    with pytest.raises(InputError, match="no file"):
        taxonomy_files([tmp_path / "gone"])
    (tmp_path / "a.zip").write_bytes(b"no zip")
    with pytest.raises(InputError, match="cannot be read"):
        taxonomy_files([tmp_path / "a.zip"])
    (tmp_path / "a.tsv.gz").write_bytes(b"no gzip")
    with pytest.raises(InputError, match="cannot be read"):
        list(taxonomy_files([tmp_path / "a.tsv.gz"])[0].rows(("x",)))
