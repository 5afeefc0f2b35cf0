"""Every record goes to JSON and back without loss, whatever it holds."""

import dataclasses
import datetime as dt
import importlib
import json
import pkgutil
import types
import typing

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import metier.records
from metier.records.codec import from_json, to_fields, to_json
from metier.records.date import PartialDate
from metier.records.job import Job
from metier.records.span import Found, Span

MODULES = [
    importlib.import_module(f"metier.records.{found.name}") for found in pkgutil.iter_modules(metier.records.__path__)
]
RECORDS = sorted(
    {value for module in MODULES for value in vars(module).values() if dataclasses.is_dataclass(value)} - {Found},
    key=lambda record: record.__name__,
)
DATES = st.dates().map(lambda day: PartialDate(year=day.year, month=day.month, day=day.day))
PLAIN = {
    str: st.text(max_size=6),
    int: st.integers(0, 2**40),
    float: st.floats(allow_nan=False, allow_infinity=False),
    bool: st.booleans(),
    dt.date: st.dates(),
    dt.datetime: st.datetimes(timezones=st.just(dt.UTC)),
    PartialDate: DATES,
}


def anything(hint):
    """Give a strategy for values of an annotation of a record."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if hint in PLAIN:
        return PLAIN[hint]
    if origin is typing.Literal:
        return st.sampled_from(arguments)
    if origin in {typing.Union, types.UnionType}:
        return st.one_of(st.none(), *(anything(one) for one in arguments if one is not types.NoneType))
    if origin is tuple and arguments[-1] is Ellipsis:
        return st.lists(anything(arguments[0]), max_size=2).map(tuple)
    if origin is tuple:
        return st.tuples(*map(anything, arguments))
    if origin is dict:
        return st.dictionaries(*map(anything, arguments), max_size=2)
    if origin is Found:
        return st.builds(Found, value=anything(arguments[0]), span=anything(Span), confidence=st.floats(0, 1))
    return st.deferred(
        lambda: st.builds(hint, **{name: anything(one) for name, one in typing.get_type_hints(hint).items()})
    )


@pytest.mark.parametrize("record_type", RECORDS, ids=lambda record: record.__name__)
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_record_goes_to_json_and_back_without_loss(record_type, data):
    record = data.draw(anything(record_type))
    line = to_json(record)
    assert "\n" not in line
    assert from_json(record_type, line) == record
    assert to_fields(record) == json.loads(line)


def test_all_nouns_are_tested():
    assert {"Course", "Decision", "Event", "Job", "Match", "Profile", "Posting", "Reason"} <= {
        one.__name__ for one in RECORDS
    }


def test_a_record_of_an_earlier_version_lacks_what_has_a_default():
    assert from_json(Job, '{"id": "1", "source": "f", "title": "护士", "text": "护士"}').skills == ()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "[]",
        "{broken",
        '{"id": "1"}',
        '{"id": "1", "source": "f", "title": "t", "text": "t", "row": "many"}',
    ],
)
def test_json_of_something_else_is_refused(text):
    with pytest.raises(ValueError, match="validation error"):
        from_json(Job, text)


def test_what_the_record_refuses_the_codec_refuses():
    with pytest.raises(ValueError, match="day needs a month"):
        from_json(PartialDate, '{"year": 2020, "month": 0, "day": 3}')
