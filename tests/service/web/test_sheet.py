import csv
import io

import pytest

from metier.explanation import explain
from metier.recommender import Recommender
from metier.service.web.sheet import Row, safe, to_csv
from metier.service.web.words import speak
from metier.testing import HashEncoder


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "＝1", "\r=1", "|cmd"])
def test_a_cell_that_would_be_a_formula_is_text(cell):
    assert safe(cell) == f"'{cell}"


def test_other_cells_stay_as_they_are():
    assert safe("0.712") == "0.712"
    assert safe("C++ = good") == "C++ = good"


def test_a_row_holds_scores_reasons_and_note(graph, person_of, job_of):
    job = job_of("Welder", "Requirements\n- TIG welding\n- Forklift licence", id="w1")
    person = person_of("Ann\n\nWork experience\nWelder, Acme, 2016 - 2025\n- TIG welding\n", "ann")
    match = Recommender.open(encoder=HashEncoder(), graph=graph).match(person, job)
    row = Row(name="=Ann", match=match, explanation=explain(match), is_shortlisted=True, note="-call back")
    text = to_csv([row], speak("en"))
    assert text.startswith("\ufeff")
    head, cells = csv.reader(io.StringIO(text.removeprefix("\ufeff")))
    assert len(head) == len(cells)
    assert cells[1] == "'=Ann"
    assert cells[-1] == "'-call back"
    assert cells[2] == f"{match.score:.3f}"
    assert any("TIG welding" in cell for cell in cells)
