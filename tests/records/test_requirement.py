import pytest

from metier.records.codec import from_json, to_fields, to_json
from metier.records.requirement import Requirement
from metier.records.span import Span

SPAN = Span(text="不限学历", start=0, end=4)


def test_a_requirement_is_a_must_that_was_not_waived_unless_the_text_says_otherwise():
    plain = Requirement(span=SPAN, kind="education")
    assert (plain.importance, plain.is_waived, plain.years_min, plain.sponsorship) == ("must", False, None, None)


def test_no_sponsor_and_nothing_said_of_a_sponsor_stay_apart():
    for stated in (True, False, None):
        need = Requirement(span=SPAN, kind="work_authorisation", sponsorship=stated)
        assert from_json(Requirement, to_json(need)).sponsorship is stated


@pytest.mark.parametrize("kind", ["skills", "", "SKILL"])
def test_json_with_an_unknown_kind_is_refused(kind):
    fields = to_fields(Requirement(span=SPAN, kind="skill"))
    assert fields["kind"] == "skill"
    with pytest.raises(ValueError, match="kind"):
        from_json(
            Requirement, to_json(Requirement(span=SPAN, kind="skill")).replace('"kind":"skill"', f'"kind":"{kind}"')
        )
