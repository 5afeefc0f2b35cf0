"""Groups of people from a user's file."""

import pytest

from metier.errors import InputError, NotFoundError
from metier.training.group_file import read_groups


@pytest.fixture
def file(tmp_path):
    def write(text):
        path = tmp_path / "groups.csv"
        path.write_text(text)
        return path

    return write


def test_groups_are_read_repeats_counted_and_the_unstated_left_out(file):
    found = read_groups(file("user_id,Group\na,x\nb,y\na,x\nc,\n"))
    assert (found.by_person, found.repeated, found.unstated) == ({"a": "x", "b": "y"}, 1, 1)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("person,group\na,x\na,y\n", "row 2: 'a' is of 'x' and of 'y'"),
        ("person,group\n,x\n", "row 1: there is no person"),
        ("person,group\na,x\nb,x\n", "names 1 groups"),
        ("person,team\na,x\n", "has no column 'group'; its columns: 'person', 'team'"),
        ("who,group\na,x\n", "has no column 'person'"),
        ("person,group\na,x,y\n", "3 cells under 2 columns"),
        ("", "empty"),
    ],
)
def test_bad_files_name_the_value(file, text, told):
    with pytest.raises(InputError, match=told) as error:
        read_groups(file(text))
    assert error.value.hint


def test_no_file(tmp_path):
    with pytest.raises(NotFoundError, match="there is no file"):
        read_groups(tmp_path / "none.csv")
