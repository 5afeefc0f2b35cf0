import pytest

from metier.documents.read import read_bytes
from metier.errors import InputError
from metier.service.web.correction import Corrections, add_skill, correct, read_profile, remove, stated_in

RESUME = b"""Ann Lee
Sheffield, United Kingdom

Work experience
TIG Welder, Acme, 01/2016 - 12/2020
- TIG welding
Fitter, Bolt Ltd, 01/2021 - present
- Fitting of pipes

Education
BSc Engineering, University of Leeds, 2012

Skills
- Welding
"""


@pytest.fixture
def read(graph):
    document = read_bytes(RESUME, "ann.txt")
    return lambda corrections=Corrections(): read_profile(document, corrections, graph=graph, profile_id="v")  # noqa: B008


def test_a_form_sent_back_as_it_was_shown_corrects_nothing(read):
    shown = stated_in(*read())
    assert correct(Corrections(), shown, shown) == Corrections()


def test_a_field_is_put_right_and_shown_so(read):
    shown = stated_in(*read())
    sent = shown | {"work.0.position": "Pipe welder", "work.0.end": "2019", "location": "Leeds", "label": "Welder"}
    corrections = correct(Corrections(), shown, sent)
    profile, numbers = read(corrections)
    assert profile.work[0].position.value == "Pipe welder"
    assert profile.work[0].end_date.to_iso() == "2019"
    assert profile.basics.location.value.city == "Leeds"
    assert stated_in(profile, numbers)["label"] == "Welder"


def test_present_is_said_in_both_languages(read):
    for word in ("present", "至今"):
        profile, _ = read(Corrections(fields={"work.0.end": word}))
        assert profile.work[0].is_current
        assert profile.work[0].end_date is None


def test_an_entry_that_is_removed_leaves_the_others_their_numbers(read):
    profile, numbers = read(Corrections(removed=("work.0",)))
    assert len(profile.work) == len(read()[0].work) - 1
    assert numbers["work"][0] == 1
    assert all(not name.startswith("work.0.") for name in stated_in(profile, numbers))


def test_a_skill_is_added_with_a_quote_and_taken_away(read):
    added = add_skill(Corrections(), "  Python   programming ")
    profile, _ = read(added)
    skill = next(one for one in profile.skills if "Python" in one.name)
    assert skill.mentions[0].span.is_in(profile.text)
    gone, _ = read(remove(added, skill.uri))
    assert skill.uri not in {one.uri for one in gone.skills}


def test_wished_titles_are_parted_by_commas_of_both_languages(read):
    shown = stated_in(*read())
    assert correct(Corrections(), shown, {"titles": "Welder, Fitter，焊工"}).titles == ("Welder", "Fitter", "焊工")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("work.0.start", "soon"),
        ("location", "Nowhereville-xyz"),
        ("education.0.level", "wizard"),
        ("work.0.end", "2019-77"),
    ],
)
def test_what_cannot_be_is_told_with_a_remedy(read, name, value):
    with pytest.raises(InputError) as told:
        read(Corrections(fields={name: value}))
    assert value in str(told.value)
    assert told.value.hint


def test_a_skill_without_words_and_one_too_many_are_told():
    with pytest.raises(InputError):
        add_skill(Corrections(), "  ")
    with pytest.raises(InputError):
        add_skill(Corrections(added=tuple(map(str, range(60)))), "one more")
