"""A key may ask so often, and no more."""

from metier.service.rate_limit import RateLimit


def test_a_minutes_worth_at_once_then_evenly():
    now = [0.0]
    rate = RateLimit(60, clock=lambda: now[0])
    assert [rate.wait("a") for _ in range(60)] == [0.0] * 60
    assert rate.wait("a") > 0
    assert rate.wait("b") == 0
    now[0] = 1.0
    assert rate.wait("a") == 0
    assert 0 < rate.wait("a") <= 1


def test_no_limit_is_no_limit():
    rate = RateLimit(0)
    assert {rate.wait("a") for _ in range(1000)} == {0.0}


def test_asking_in_vain_does_not_put_off_the_next_turn():
    now = [0.0]
    rate = RateLimit(6, clock=lambda: now[0])
    for _ in range(100):
        rate.wait("a")
    now[0] = 10.0
    assert rate.wait("a") == 0
