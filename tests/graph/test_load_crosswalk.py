import pytest

from metier.errors import InputError
from metier.graph.load_crosswalk import CrosswalkReader, is_crosswalk
from metier.graph.load_report import LoadReport
from metier.graph.taxonomy_file import TaxonomyFile

TEXT = """ESCO to O*NET crosswalk,,
O*NET Id,ESCO or ISCO URI,Type of Match
15-1252.00,http://data.europa.eu/esco/occupation/f2b15a0e-e65a-438a-affb-29b9d50b77d1,exactMatch
51-4121.00,http://data.europa.eu/esco/isco/C7212,broadMatch
51-4122.00,http://data.europa.eu/esco/isco/C7213,
"""


def read(tmp_path, text):
    (tmp_path / "crosswalk.csv").write_text(text)
    file = TaxonomyFile(name="crosswalk.csv", path=tmp_path / "crosswalk.csv")
    assert is_crosswalk(file)
    reader = CrosswalkReader(origin="crosswalk 1", report=LoadReport(taxonomy="crosswalk"))
    return list(reader.read(file)), reader.report


def test_pairs_are_found_by_what_is_in_them(tmp_path):
    edges, report = read(tmp_path, TEXT)
    assert [(edge.source, edge.kind, edge.weight) for edge in edges] == [
        ("onet:15-1252.00", "same_as", 1.0),
        ("onet:51-4121.00", "related", 0.7),
        ("onet:51-4122.00", "same_as", 0.9),
    ]
    assert edges[1].target == "http://data.europa.eu/esco/isco/C7212"
    assert (report.files[0].taken, report.files[0].skipped["no pair"]) == (3, 2)


def test_a_file_without_pairs_is_an_error(tmp_path):
    with pytest.raises(InputError, match=r"crosswalk\.csv pairs no"):
        read(tmp_path, "a,b\n1,2\n")
