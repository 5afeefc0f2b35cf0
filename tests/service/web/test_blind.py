import pytest

from metier.explanation import explain
from metier.recommender import Recommender
from metier.service.web.blind import blinded, blinded_reasons, code_of, mask
from metier.testing import HashEncoder

RESUME = """Ann Lee
ann.lee@example.com | +44 7700 900123 | www.annlee.example
Date of birth: 1 May 1980

Work experience
TIG Welder, Acme, 2016 - 2025
Fitter, Acme, 03/2011 - 12/2015
- TIG welding at Ann Lee Works
"""


def test_name_contact_and_protected_traits_are_masked_letter_for_letter(person_of):
    person = person_of(RESUME, "ann")
    text = mask(person)
    assert len(text) == len(person.text)
    for hidden in ("Ann", "Lee", "example.com", "7700", "1980"):
        assert hidden not in text
    assert "2016 - 2025" in text
    assert "03/2011 - 12/2015" in text
    assert "TIG welding" in text


def test_a_chinese_name_is_masked_wherever_it_stands(person_of):
    text = mask(person_of("王芳\n电话：13800138000\n\n工作经历\n2018年3月-2024年6月 某某公司 会计\n王芳负责总账\n"))
    assert "王芳" not in text
    assert "13800138000" not in text
    assert "会计" in text


def test_the_quotes_of_a_blinded_match_stand_in_its_masked_text(graph, person_of, job_of):
    job = job_of("Welder", "Requirements\n- TIG welding\n- Ann Lee Works", id="w1")
    match = Recommender.open(encoder=HashEncoder(), graph=graph).match(person_of(RESUME, "ann"), job)
    seen = blinded(match)
    reasons = blinded_reasons(explain(match), seen)
    assert seen.score == match.score
    assert seen.profile.basics.name is None
    for reason in reasons.reasons:
        assert reason.evidence is None or reason.evidence.is_in(seen.profile.text)
        assert "Lee" not in (reason.evidence.text if reason.evidence else "")


@pytest.mark.parametrize("visit", ["one", "two"])
def test_a_code_is_the_same_all_through_a_visit(visit):
    assert code_of(visit, "ann") == code_of(visit, "ann")
    assert code_of(visit, "ann") != code_of("three", "ann")
    assert "ann" not in code_of(visit, "ann")
