"""Names come nearest first by the rare words that they share; ties go by their order."""

from metier.graph.label_index import LabelIndex, terms_of

NAMES = ["repair car engine", "repair shoe", "paint car", "tune piano", "tune piano"]
INDEX = LabelIndex(terms_of(name.split()) for name in NAMES)


def test_the_name_that_shares_the_most_is_first():
    near = INDEX.near(["engine", "car", "repair"], n=3)
    assert [NAMES[one.place] for one in near][:1] == ["repair car engine"]
    assert near[0].overlap == near[0].covered == 1.0
    assert [one.overlap for one in near] == sorted((one.overlap for one in near), reverse=True)


def test_ties_go_by_place_and_n_is_kept():
    assert [one.place for one in INDEX.near(["piano"], n=5)] == [3, 4]
    assert [one.place for one in INDEX.near(["piano"], n=1)] == [3]


def test_unknown_words_weigh_and_find_nothing():
    assert INDEX.near(["bassoon"], n=5) == []
    assert INDEX.near([], n=5) == []
    assert INDEX.weight("bassoon") > INDEX.weight("car")
    assert INDEX.near(["piano", "bassoon"], n=1)[0].overlap < INDEX.near(["piano"], n=1)[0].overlap


def test_covered_is_the_share_of_the_name():
    (near, *_) = INDEX.near(["engine"], n=1)
    assert 0 < near.covered < 1


def test_little_words_are_left_out_and_chinese_goes_by_pairs():
    assert terms_of(["repair", "of", "the", "car"]) == {"repair", "car"}
    assert terms_of(["电", "焊", "工"]) == {"电焊", "焊工"}
    assert terms_of(["电", "|", "焊"]) == set()


def test_no_names_are_no_fault():
    assert LabelIndex([]).near(["car"], n=3) == []
