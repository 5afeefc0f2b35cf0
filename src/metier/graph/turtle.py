"""Read Turtle statement by statement: what taxonomies are written in, never the whole file in memory.

Written here because RDFLib holds a whole file (ESCO's is over a gigabyte) and pyoxigraph brings a database of 21 MB for
this one verb. Prefixes, lists of predicates and of values, languages, types and long texts are read; anonymous nodes and
collections are passed over. A file that is no Turtle is one clear error.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO, NamedTuple

from metier.errors import InputError

_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_TOKEN = re.compile(
    r"(?P<space>\s+|\#[^\n]*(?:\n|$))"
    r"|(?P<iri><[^\x00-\x20<>\"{}|^`]*>)"
    r'|(?P<long>"""(?:[^"\\]|\\.|"(?!""))*"""|\'\'\'(?:[^\'\\]|\\.|\'(?!\'\'))*\'\'\')'
    r'|(?P<short>"(?:[^"\\\n]|\\.)*"(?!")|\'(?:[^\'\\\n]|\\.)*\'(?!\'))'
    r"|(?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)"
    r"|(?P<type>\^\^)"
    r"|(?P<end>\.(?=[\s<#]|$))"
    r"|(?P<mark>[;,\[\]()])"
    r"|(?P<word>[^\s<>\"';,()\[\]]+?(?=\.?(?:[\s<>\"';,()\[\]]|$)))",
    re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_ESCAPED = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}
_PIECE = 1 << 16
_LONGEST = 1 << 20
"""Characters of one token; more is no Turtle, and would not fit the memory in the end."""


class Literal(NamedTuple):
    """A text, with its language if it has one."""

    text: str
    language: str = ""


class Triple(NamedTuple):
    """One statement; `value` is a URI or a text."""

    subject: str
    predicate: str
    value: str | Literal


class _Token(NamedTuple):
    kind: str
    text: str


def read_turtle(text: IO[str], source: str) -> Iterator[Triple]:
    """Give the statements of a file in its order.

    Args:
        text: The file.
        source: Its name, for errors.

    Raises:
        InputError: It is no Turtle.
    """
    prefixes: dict[str, str] = {}
    statement: list[_Token] = []
    for token in _tokens(text, source):
        if token.kind != "end":
            statement.append(token)
            if _is_sparql(statement):
                prefixes |= _prefix(statement, source)
                statement = []
            continue
        if statement and statement[0].text.lower() in {"@prefix", "@base"}:
            prefixes |= _prefix(statement, source)
        else:
            yield from _triples(_without_anonymous(statement), prefixes, source)
        statement = []
    if statement:
        raise _fault(source, f"it ends within a statement, at {statement[-1].text[:60]!r}")


def _tokens(text: IO[str], source: str) -> Iterator[_Token]:
    buffer, at_end = "", False
    while not at_end:
        piece = text.read(_PIECE)
        at_end = not piece
        buffer += piece
        place = 0
        while place < len(buffer):
            match = _TOKEN.match(buffer, place)
            if match is None or (not at_end and match.end() > len(buffer) - 4):
                break  # the rest may go on in the next piece
            if match.lastgroup != "space":
                yield _Token(match.lastgroup or "", match.group())
            place = match.end()
        buffer = buffer[place:]
        if len(buffer) > _LONGEST:
            break
    if buffer:
        raise _fault(source, f"at {buffer[:60]!r}")


def _is_sparql(statement: list[_Token]) -> bool:
    """Say whether these tokens are `PREFIX name: <iri>` or `BASE <iri>`, which no full stop ends."""
    word = statement[0].text.upper() if statement[0].kind == "word" else ""
    return (word == "PREFIX" and len(statement) == 3) or (word == "BASE" and len(statement) == 2)


def _prefix(statement: list[_Token], source: str) -> dict[str, str]:
    if statement[-1].kind != "iri" or len(statement) not in {2, 3}:
        raise _fault(source, f"at {' '.join(token.text for token in statement)[:60]!r}")
    name = statement[1].text.removesuffix(":") if len(statement) == 3 else "<"
    return {name: _unescaped(statement[-1].text[1:-1])}


def _without_anonymous(statement: list[_Token]) -> list[_Token]:
    """Put one mark in the place of each anonymous node and each collection."""
    kept: list[_Token] = []
    depth = 0
    for token in statement:
        if token.text in {"[", "("} and token.kind == "mark":
            depth += 1
            if depth == 1:
                kept.append(_Token("anonymous", ""))
        elif token.text in {"]", ")"} and token.kind == "mark":
            depth -= 1
        elif depth == 0:
            kept.append(token)
    return kept


def _triples(statement: list[_Token], prefixes: dict[str, str], source: str) -> Iterator[Triple]:
    if not statement:
        return
    subject, place, predicate = _term(statement, 0, prefixes, source)[0], 1, ""
    expects_predicate = True
    while place < len(statement):
        token = statement[place]
        if token.kind == "mark":
            expects_predicate = expects_predicate or token.text == ";"
            place += 1
        elif expects_predicate:
            predicate = _TYPE if token == _Token("word", "a") else str(_term(statement, place, prefixes, source)[0])
            place, expects_predicate = place + 1, False
        else:
            value, place = _term(statement, place, prefixes, source)
            if isinstance(subject, str) and subject and value:
                yield Triple(subject, predicate, value)


def _term(statement: list[_Token], place: int, prefixes: dict[str, str], source: str) -> tuple[str | Literal, int]:
    """Read the URI or the text at a place; give it and the place after it. What has no URI is empty."""
    token = statement[place]
    if token.kind == "iri":
        return _absolute(_unescaped(token.text[1:-1]), prefixes), place + 1
    if token.kind in {"short", "long"}:
        ends = 3 if token.kind == "long" else 1
        text = _unescaped(token.text[ends:-ends])
        following = statement[place + 1] if place + 1 < len(statement) else _Token("", "")
        if following.kind == "language":
            return Literal(text, following.text[1:].lower()), place + 2
        return Literal(text), place + (3 if following.kind == "type" else 1)
    if token.kind == "word":
        return _named(token.text, prefixes, source), place + 1
    if token.kind == "anonymous":
        return "", place + 1
    raise _fault(source, f"at {token.text[:60]!r}")


def _named(word: str, prefixes: dict[str, str], source: str) -> str | Literal:
    """Give the URI of `prefix:name`; a number or a truth is a text; `_:name` is empty."""
    if word.startswith("_:"):
        return ""
    prefix, colon, name = word.partition(":")
    if not colon:
        if re.fullmatch(r"true|false|[+-]?[\d.]+(?:[eE][+-]?\d+)?", word):
            return Literal(word)
        raise _fault(source, f"at {word[:60]!r}")
    if prefix not in prefixes:
        raise _fault(source, f"the prefix {prefix!r} is not declared")
    return prefixes[prefix] + name.replace("\\", "")


def _absolute(uri: str, prefixes: dict[str, str]) -> str:
    return uri if ":" in uri else prefixes.get("<", "") + uri


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(_plain, text) if "\\" in text else text


def _plain(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    if code:
        number = int(code, 16)
        return chr(number) if number < 0x110000 else "\ufffd"
    return _ESCAPED.get(match[3], match[3])


def _fault(source: str, where: str) -> InputError:
    return InputError(f"{source} is no Turtle: {where}", hint="Give the file as it was downloaded.")
