import string

import pytest

from metier.service.web.words import WORDS, speak


def holes(words):
    return {name for _, name, _, _ in string.Formatter().parse(words) if name}


@pytest.mark.parametrize("key", sorted(WORDS))
def test_both_languages_say_it_with_the_same_holes(key):
    english, chinese = WORDS[key]
    assert english
    assert chinese
    assert holes(english) == holes(chinese)


def test_a_word_is_said_in_its_language():
    assert speak("zh")("jobs.count", n=3) == "共3个职位，按匹配度排序"
    assert speak("en")("factor.some_new_one") == "some new one"
