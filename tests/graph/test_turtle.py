import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metier.errors import InputError
from metier.graph import turtle
from metier.graph.turtle import Literal, Triple, read_turtle

TEXT = '''@prefix skos: <http://x/skos#> .
PREFIX esco: <http://x/esco#>
@base <http://x/> .
# a comment with "quotes" .
<http://x/1> a skos:Concept , esco:Skill ;
    skos:prefLabel "weld \\"TIG\\""@en , "Schwei\\u00dfen"@de-DE ;
    skos:definition """two
lines, a " and a ; inside."""@en ;
    esco:code "7.2"^^<http://x/decimal> ; esco:rank 7.5 ; esco:open true ;
    skos:note [ a skos:Note ; skos:value ( 1 2 ) ] , <2> ;
    skos:broader esco:v1.2 .
_:blank skos:prefLabel "nobody" .
esco:last skos:prefLabel ''.
'''


def read(text):
    return list(read_turtle(io.StringIO(text), "f.ttl"))


def test_the_parts_of_turtle_that_taxonomies_use_are_read():
    kind = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
    one = "http://x/1"
    assert read(TEXT) == [
        Triple(one, kind, "http://x/skos#Concept"),
        Triple(one, kind, "http://x/esco#Skill"),
        Triple(one, "http://x/skos#prefLabel", Literal('weld "TIG"', "en")),
        Triple(one, "http://x/skos#prefLabel", Literal("Schweißen", "de-de")),
        Triple(one, "http://x/skos#definition", Literal('two\nlines, a " and a ; inside.', "en")),
        Triple(one, "http://x/esco#code", Literal("7.2")),
        Triple(one, "http://x/esco#rank", Literal("7.5")),
        Triple(one, "http://x/esco#open", Literal("true")),
        Triple(one, "http://x/skos#note", "http://x/2"),
        Triple(one, "http://x/skos#broader", "http://x/esco#v1.2"),
        Triple("http://x/esco#last", "http://x/skos#prefLabel", Literal("")),
    ]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 50])
def test_where_the_pieces_of_a_file_are_cut_does_not_matter(monkeypatch, size):
    whole = read(TEXT)
    monkeypatch.setattr(turtle, "_PIECE", size)
    assert read(TEXT) == whole


@pytest.mark.parametrize(
    "text",
    ["<http://x> <http://y>", "a b c .", "gone:a gone:b gone:c .", "{", '<http://x> <http://y> "no end', "@prefix x ."],
)
def test_what_is_no_turtle_is_one_error_that_names_the_file(text):
    with pytest.raises(InputError, match=r"f\.ttl is no Turtle"):
        read(text)


@given(st.text(max_size=80))
def test_any_text_gives_statements_or_that_error(text):
    said, found = "f.ttl", []
    try:
        found = read(text)
    except InputError as error:
        said = str(error)
    assert "f.ttl" in said
    assert all(isinstance(triple, Triple) for triple in found)


@given(
    st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=40), st.sampled_from(['"', '"""', "'", "'''"])
)
def test_any_text_comes_back_from_its_quotes(text, quote):
    written = text.replace("\\", "\\\\").replace(quote[0], "\\" + quote[0]).replace("\n", "\\n").replace("\r", "\\r")
    assert read(f"<http://a> <http://b> {quote}{written}{quote}@en .")[0].value == Literal(text, "en")
