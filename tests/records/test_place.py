from metier.records.codec import from_json, to_json
from metier.records.place import Place


def test_a_place_keeps_what_the_text_says_and_what_the_map_knows():
    place = Place(
        text="广东省深圳市", city="Shenzhen", region="CN-GD", country="CN", latitude=22.5455, longitude=114.0683
    )
    assert from_json(Place, to_json(place)) == place


def test_a_place_on_no_map_has_no_coordinates_which_is_not_zero():
    nowhere = from_json(Place, to_json(Place(text="our shop")))
    assert (nowhere.latitude, nowhere.longitude, nowhere.country) == (None, None, "")
    assert nowhere != Place(text="our shop", latitude=0.0, longitude=0.0)
