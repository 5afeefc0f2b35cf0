"""A document of a resume's text."""

import pytest

from metier.documents import read_bytes


@pytest.fixture(scope="session")
def document_of():
    def make(text, name="resume.txt"):
        return read_bytes(text.encode(), name)

    return make
