"""An answer is given again only while nothing has changed."""

from metier.service.answer_cache import AnswerCache, etag_of


def test_another_version_is_not_given():
    cache = AnswerCache()
    kept = cache.keep("q", (1, 2), b"x")
    assert cache.find("q", (1, 2)) == kept
    assert cache.find("q", (1, 3)) is None
    assert cache.find("r", (1, 2)) is None
    assert kept.etag == etag_of(b"x") != etag_of(b"y")


def test_those_asked_for_longest_ago_go_first():
    cache = AnswerCache(most_bytes=250)
    for name in "abc":
        cache.keep(name, (1,), b"x" * 100)
        cache.find("a", (1,))
    assert cache.find("a", (1,)) is not None
    assert cache.find("b", (1,)) is None
    cache.keep("huge", (1,), b"x" * 1000)
    assert cache.find("huge", (1,)) is None
