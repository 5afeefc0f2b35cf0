"""Chinese text is told from Latin text."""

from metier.models.script import han_share, known_share


def test_share_of_chinese_characters():
    assert han_share("") == 0
    assert han_share("Java developer 3+") == 0
    assert han_share("护士 RN") == 0.5


def test_share_of_letters_of_the_scripts_that_the_encoder_was_trained_on():
    assert known_share("") == known_share("123 + 4") == 1
    assert known_share("Pflegefachkraft (m/w/d), 高级护士, Νοσηλευτής") == 1
    assert known_share("Медсестра") == 0
    assert known_share("간호사 RN") == 0.4
