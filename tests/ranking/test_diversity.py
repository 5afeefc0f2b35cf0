from dataclasses import replace

import pytest

from metier.ranking.diversity import cap_employers, share_places


@pytest.fixture(scope="module")
def copies(person_of, job_of, match_of):
    """Give so many matches, best first, of one employer unless others are named."""
    match = match_of(person_of("Ann Lee\nWelder"), job_of("Welder", "Weld steel.", company="x"))

    def make(*employers):
        named = enumerate(employers)
        return [replace(match, job=replace(match.job, id=f"copy-{n}", hiring_organization=name)) for n, name in named]

    return make


def test_one_employer_takes_so_many_places_and_says_how_many_more(copies):
    kept = cap_employers(copies(*["Acme"] * 5), cap=3)
    assert [match.more_from_employer for match in kept] == [0, 0, 2]
    assert len(cap_employers(copies(*["Acme"] * 5), cap=None)) == 5


def test_spelling_makes_no_other_employer_and_others_keep_their_places(copies):
    kept = cap_employers(copies("Acme Ltd", "Rival", "ACME  ltd", "Rival", "acme ltd", "协和医院"), cap=2)
    assert [match.job.id for match in kept] == ["copy-0", "copy-1", "copy-2", "copy-3", "copy-5"]
    assert [match.more_from_employer for match in kept] == [0, 0, 1, 0, 0]


def test_a_job_without_an_employer_is_never_capped(copies):
    kept = cap_employers(copies("", " ", "", ""), cap=1)
    assert [match.more_from_employer for match in kept] == [0, 0, 0, 0]


def test_documents_that_are_the_same_share_the_place_of_the_best(copies):
    (kept,) = share_places(
        copies("a", "b", "c")[::-1], document=lambda match: match.job.text, target_id=lambda match: match.job.id
    )
    assert (kept.job.id, kept.duplicates) == ("copy-2", ("copy-0", "copy-1"))


def test_the_place_of_others_is_theirs(copies):
    matches = copies("a", "b", "a", "c")
    kept = share_places(
        matches, document=lambda match: match.job.hiring_organization, target_id=lambda match: match.job.id
    )
    assert [(match.job.id, match.duplicates) for match in kept] == [
        ("copy-0", ("copy-2",)),
        ("copy-1", ()),
        ("copy-3", ()),
    ]
