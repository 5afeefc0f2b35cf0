"""Places as columns name them, and how near they are."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metier.graph.place import distance_km, find_place, find_places, is_in
from metier.records.place import Place


def places(text):
    return [(found.value.city, found.value.country) for found in find_places(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Leeds, UK", [("Leeds", "GB")]),
        ("Leeds LS1 4AP", [("Leeds", "GB")]),
        ("London, ON, Canada", [("London", "CA")]),
        ("London, Ontario", [("London", "CA")]),
        ("Paris, TX", [("Paris", "US")]),
        ("New York, New York", [("New York City", "US")]),
        ("New York, NY; Austin, TX", [("New York City", "US"), ("Austin", "US")]),
        ("Perth, WA", [("Perth", "AU")]),
        ("Seattle, WA", [("Seattle", "US")]),
        ("Bellevue, WA", [("Bellevue", "US")]),
        ("Perth, Scotland", [("Perth", "GB")]),
        ("Munich / Berlin", [("Munich", "DE"), ("Berlin", "DE")]),
        ("München, Deutschland", [("Munich", "DE")]),
        ("Hybrid in Leeds", [("Leeds", "GB")]),
        ("Dublin, Ireland or Remote", [("Dublin", "IE")]),
        ("江苏苏州", [("Suzhou", "CN")]),
        ("广东省深圳市南山区科技园", [("Shenzhen", "CN")]),
        ("北京/上海", [("Beijing", "CN"), ("Shanghai", "CN")]),
        ("北京、上海", [("Beijing", "CN"), ("Shanghai", "CN")]),
        ("北京·朝阳区", [("Beijing", "CN")]),
        ("重庆·沙坪坝", [("Chongqing", "CN")]),
        ("深圳 福田", [("Shenzhen", "CN")]),
        ("佛山三水", [("Foshan", "CN")]),
        ("广东·佛山", [("Foshan", "CN")]),
        ("北京·海淀 / 上海·徐汇区", [("Beijing", "CN"), ("Shanghai", "CN")]),
        ("Townsville QLD (mobile)", [("Townsville", "AU")]),
        ("Berlin DE", [("Berlin", "DE")]),
        ("Utrecht, NL", [("Utrecht", "NL")]),
        ("Berlin or remote (DE, NL, PL)", [("Berlin", "DE")]),
        ("DE, NL, PL", [("", "DE"), ("", "NL"), ("", "PL")]),
        ("Pilbara, WA (FIFO ex Perth or Brisbane)", [("Perth", "AU"), ("Brisbane", "AU")]),
        ("Northampton and Corby", [("Northampton", "GB"), ("Corby", "GB")]),
        ("Newfoundland and Labrador", [("", "CA")]),
        ("Berlin-Moabit, hybrid", [("Berlin", "DE")]),
        ("Warrington, Cheshire", [("Warrington", "GB")]),
        ("Guildford, Surrey", [("Guildford", "GB")]),
        ("Hillsborough, Sheffield", [("Sheffield", "GB")]),
        ("Lyon, Geneva", [("Lyon", "FR"), ("Geneva", "CH")]),
        ("Remote within Germany", [("", "DE")]),
        ("Remote, US", [("", "US")]),
        ("Remote (EU)", [("", "EU")]),
        ("U.S.", [("", "US")]),
        ("Germany", [("", "DE")]),
    ],
)
def test_places_as_columns_name_them(text, found):
    assert places(text) == found


@pytest.mark.parametrize(
    "text", ["", "Remote", "Anywhere", "Multiple locations", "全国", "12345", "reading books", "Zzyzx"]
)
def test_what_is_no_place(text):
    assert find_place(text) is None


def test_a_state_decides_between_namesakes():
    assert find_place("Cambridge, MA").region == "MA"
    assert find_place("Cambridge").country == "GB"


def test_distances():
    leeds, bradford, suzhou = map(find_place, ("Leeds, UK", "Bradford, United Kingdom", "江苏苏州"))
    assert distance_km(leeds, leeds) == 0
    assert distance_km(leeds, bradford) == distance_km(bradford, leeds) < 25
    assert distance_km(leeds, suzhou) > 8000
    assert distance_km(leeds, find_place("Germany")) is None


@pytest.mark.parametrize(
    ("text", "country", "lies"),
    [
        ("Berlin, Germany", "EU", True),
        ("Berlin, Germany", "DACH", True),
        ("Leeds, UK", "EU", False),
        ("Leeds, UK", "EMEA", True),
        ("Leeds, UK", "GB", True),
        ("苏州", "CN", True),
    ],
)
def test_countries_and_groups_of_countries(text, country, lies):
    assert is_in(find_place(text), country) is lies


def test_an_unknown_place_lies_nowhere():
    assert not is_in(Place(text="somewhere"), "GB")


WORDS = st.sampled_from(
    ["Leeds", "UK", "WA", "New York", ",", "/", "苏州", "上海市", "Remote", "LS1 4AP", "U.S.", "(", "\n"]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(WORDS, st.text(max_size=6)), max_size=10).map(" ".join))
def test_every_quote_stands_in_the_text(text):
    assert all(found.span.is_in(text) for found in find_places(text))
