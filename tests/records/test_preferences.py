from metier.records.codec import from_json, to_json
from metier.records.place import Place
from metier.records.preferences import Preferences
from metier.records.salary import Salary


def test_an_unknown_wish_is_empty():
    unknown = Preferences()
    assert not any((unknown.locations, unknown.workplaces, unknown.salary_min, unknown.titles, unknown.schedules))
    assert unknown.needs_sponsorship is None


def test_place_workplace_and_pay_are_hard_unless_the_person_says_otherwise():
    assert Preferences().hard == ("locations", "workplaces", "salary_min")
    assert from_json(Preferences, to_json(Preferences(hard=()))).hard == ()


def test_wishes_go_to_json_and_back():
    wishes = Preferences(
        locations=(Place(text="深圳", city="Shenzhen", country="CN"),),
        workplaces=("remote", "hybrid"),
        salary_min=Salary(minimum=15_000, maximum=None, currency="CNY", period="month", months_per_year=13),
        titles=("护士长",),
        authorised_in=("CN",),
        needs_sponsorship=False,
    )
    assert from_json(Preferences, to_json(wishes)) == wishes
