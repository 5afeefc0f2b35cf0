"""The shipped encoder knows that near things are near."""

from metier.models.own import metier_encoder


def test_related_titles_are_nearer_than_unrelated_ones():
    nurse, ward, welder = metier_encoder().encode(["registered nurse", "hospital ward nurse", "TIG welder"])
    assert nurse @ ward > nurse @ welder + 0.3


def test_titles_of_one_work_are_near_in_every_pair_of_languages():
    nurse, schwester, pielegniarka, hushi, welder, hangong = metier_encoder().encode(
        ["nurse", "Krankenschwester", "pielęgniarka", "护士", "welder", "焊工"]
    )
    for one in (schwester, pielegniarka, hushi):
        assert nurse @ one > max(one @ welder, one @ hangong) + 0.2


def test_it_reads_the_scripts_that_it_was_trained_on():
    assert metier_encoder().reads("高级护士,三年以上经验")
    assert metier_encoder().reads("Senior Java developer, 北京")
    assert not metier_encoder().reads("Старший медицинский брат")
