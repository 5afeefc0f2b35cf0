"""Errors are one tree, each with a word for programs and a remedy for people."""

import pytest

from metier import errors
from metier.errors import (
    BadPostingError,
    CatalogBusyError,
    CatalogError,
    ConfigError,
    EncoderMismatchError,
    InputError,
    MetierError,
    MissingExtraError,
    UnknownComponentError,
)

ALL = [getattr(errors, name) for name in errors.__all__]


def test_every_error_is_caught_as_one():
    assert all(issubclass(one, MetierError) for one in ALL)
    defined = {
        name for name, value in vars(errors).items() if isinstance(value, type) and issubclass(value, MetierError)
    }
    assert defined == set(errors.__all__)


def test_each_kind_has_a_word_of_its_own():
    codes = [one.code for one in ALL]
    assert len(set(codes)) == len(codes)
    assert all(code.islower() and " " not in code for code in codes)


@pytest.mark.parametrize(
    ("narrow", "wide"),
    [
        (UnknownComponentError, ConfigError),
        (MissingExtraError, ConfigError),
        (BadPostingError, InputError),
        (EncoderMismatchError, CatalogError),
        (CatalogBusyError, CatalogError),
    ],
)
def test_a_narrow_error_is_caught_as_the_wide_one(narrow, wide):
    assert issubclass(narrow, wide)


def test_only_a_busy_catalog_is_worth_another_try():
    assert [one for one in ALL if one.retryable] == [CatalogBusyError]


def test_a_bad_posting_says_where_it_is():
    error = BadPostingError("there is no title", source="岗位.csv", row=7, hint="Name the column.")
    assert str(error) == "岗位.csv, row 7: there is no title"
    assert (error.source, error.row, error.hint) == ("岗位.csv", 7, "Name the column.")


def test_an_unknown_name_lists_the_known_ones_and_an_extra_says_how_to_get_it():
    assert UnknownComponentError("encoder", "bge", ["minilm", "hash"]).hint == "Use one of: hash, minilm."
    assert "metier[ocr]" in MissingExtraError("reading images", "ocr").hint


def test_an_error_needs_no_hint():
    assert MetierError("nothing to be done").hint == ""
