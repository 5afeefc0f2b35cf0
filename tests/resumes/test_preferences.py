import pytest

from metier.errors import BadPreferencesError
from metier.graph.linker import SkillLinker
from metier.resumes import make_preferences, read_preferences, read_resume, with_preferences
from metier.sample import demo_resumes


def test_plain_words_become_wishes(tmp_path):
    file = tmp_path / "wishes.toml"
    file.write_text(
        'locations = "Leeds"\nworkplaces = ["on-site"]\nsalary_min = "£30,000 a year"\nauthorised_in = ["EU"]\n'
    )
    wishes = read_preferences(file)
    assert wishes.locations[0].country == "GB"
    assert wishes.workplaces == ("on_site",)
    assert (wishes.salary_min.minimum, wishes.salary_min.currency) == (30000, "GBP")
    assert set(wishes.hard) == {"locations", "workplaces", "salary_min"}


@pytest.mark.parametrize(
    "stated",
    [
        {"colour": "red"}, {"locations": "Nowhereville-on-Nothing"}, {"workplaces": "moon"}, {"salary_min": "much"},
        {"needs_sponsorship": "maybe"}, {"employment_types": "sometimes"}, {"authorised_in": "the moon"}, {"authorised_in": [7]}, {"locations": [" "]}, {"salary_min": "£"},
        {"hard": ["titles", "colour"]}, {"titles": [3]}, {"schedules": "never"},
    ],
)  # fmt: skip
def test_what_is_no_wish_is_named(stated):
    with pytest.raises(BadPreferencesError) as told:
        make_preferences(stated)
    assert told.value.hint


def test_given_wishes_replace_read_ones():
    person = read_resume(demo_resumes()[2], graph=SkillLinker())
    assert person.preferences.titles == ("会计",)
    changed = with_preferences(person, make_preferences({"titles": ["审计"]})).preferences
    assert changed.titles == ("审计",)
    assert changed.locations == person.preferences.locations


def test_every_wish_can_be_stated(tmp_path):
    file = tmp_path / "wishes.json"
    file.write_text(
        '{"titles": ["护士", "Nurse"], "employment_types": "full-time", "schedules": ["night"], "needs_sponsorship": false, '
        '"authorised_in": ["Germany", "eea"], "salary_min": "8000元/月", "hard": ["salary_min"], "locations": [], "workplaces": null}'
    )
    wishes = read_preferences(file)
    assert (wishes.titles, wishes.employment_types, wishes.schedules) == (("护士", "Nurse"), ("full_time",), ("night",))
    assert (wishes.needs_sponsorship, wishes.authorised_in) == (False, ("DE", "EEA"))
    assert (wishes.salary_min.minimum, wishes.salary_min.currency) == (8000, "CNY")
    assert (wishes.hard, wishes.locations, wishes.workplaces) == (("salary_min",), (), ())


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("w.toml", "locations ="),
        ("w.json", "{"),
        ("w.json", "[]"),
        ("w.json", "[" * 100_000),
        ("w.toml", "colour = 1"),
        ("w.toml", None),
    ],
)
def test_a_file_that_holds_no_wishes_is_named(tmp_path, name, text):
    file = tmp_path / name
    if text is not None:
        file.write_text(text)
    with pytest.raises(BadPreferencesError) as told:
        read_preferences(file)
    assert name in str(told.value)
    assert told.value.hint


def test_nothing_is_hard_where_a_person_says_so():
    assert make_preferences({"locations": ["Leeds"]}).hard == ("locations",)
    assert make_preferences({"locations": ["Leeds"], "hard": []}).hard == ()
