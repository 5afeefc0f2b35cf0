"""Rows by place: the same as looking at every row, whatever was put, moved and taken away."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metier.catalog.place_index import PlaceIndex
from metier.graph.place import distance_km
from metier.records.place import Place

BERLIN = Place(text="", country="DE", latitude=52.52, longitude=13.405)
POTSDAM = Place(text="", country="DE", latitude=52.4, longitude=13.066)
MUNICH = Place(text="", country="DE", region="Bavaria", latitude=48.137, longitude=11.575)
FIJI = Place(text="", country="FJ", latitude=-17.0, longitude=179.95)
OVER_THE_LINE = Place(text="", country="FJ", latitude=-17.0, longitude=-179.95)
GERMANY = Place(text="", country="DE")
CITIES = [BERLIN, POTSDAM, MUNICH, FIJI, OVER_THE_LINE]


def index_of(*places):
    index = PlaceIndex()
    for row, of_row in enumerate(places):
        index.put(row, of_row)
    return index


@pytest.mark.parametrize(
    ("place", "rows"),
    [
        (BERLIN, [0, 1]),
        (MUNICH, [2]),
        (GERMANY, [0, 1, 2, 4]),
        (FIJI, [3]),
        (Place(text="", country="DE", region="Bavaria"), [2]),
        (Place(text="", country="DE", region="Saxony"), []),
        (Place(text="somewhere"), []),
        (Place(text="", country="FR"), []),
    ],
)
def test_a_city_is_what_lies_within_a_commute_and_a_country_all_of_it(place, rows):
    index = index_of([BERLIN], [POTSDAM, Place(text="x")], [MUNICH], [OVER_THE_LINE], [GERMANY], [])
    assert index.near([place], km=50).tolist() == rows


def test_any_of_several_places_will_do_and_each_row_comes_once():
    index = index_of([BERLIN, MUNICH], [MUNICH], [FIJI])
    assert index.near([MUNICH, BERLIN, POTSDAM], km=50).tolist() == [0, 1]
    assert index.near([], km=50).tolist() == []


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(["put", "move"]), st.integers(0, 6), st.integers(0, 6), st.sampled_from(CITIES)),
        max_size=30,
    ),
    st.sampled_from([*CITIES, GERMANY]),
    st.sampled_from([1.0, 50.0, 600.0, 20000.0]),
)
def test_after_any_changes_it_finds_what_lies_there(changes, asked, km):
    index, known = index_of(*([] for _ in range(7))), {}
    for what, row, to, place in changes:
        if what == "put":
            index.put(row, [place])
            known[row] = place
        elif row != to:
            index.move(row, to)
            known.pop(to, None)
            if row in known:
                known[to] = known.pop(row)

    def is_there(place):
        return place.country == "DE" if asked is GERMANY else distance_km(place, asked) < km

    assert index.near([asked], km=km).tolist() == sorted(row for row, place in known.items() if is_there(place))
