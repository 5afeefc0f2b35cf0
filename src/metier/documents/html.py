"""HTML to text with its blocks: paragraphs, headings and list items on lines of their own."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from metier.documents.encoding import clean, decode
from metier.documents.lines import LineBuilder
from metier.errors import UnreadableDocumentError
from metier.records.document import Document, LineKind

_BLOCKS = frozenset(
    "address article aside blockquote br dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section "
    "table tbody td tfoot th thead tr ul body html option".split()
)
_DROPPED = frozenset("script style noscript template svg head iframe object button input select textarea".split())
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_MARKUP = re.compile(r"</?(?:[a-zA-Z][a-zA-Z0-9]*)(?:\s[^<>]*)?/?>|&(?:[a-zA-Z]{2,8}|#\d{2,6}|#x[0-9a-fA-F]{2,6});")
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0|opacity\s*:\s*0(?:\D|$)", re.IGNORECASE
)
_SPACE = re.compile(r"[ \t\xa0\u3000\u2002-\u200a]+")


def html_to_text(text: str) -> str:
    """Give the text of a fragment of HTML, blocks on lines of their own, list items with `- `.

    Text without markup comes back as it is, save for spaces; `<` and `&` that are no markup stay.
    """
    if not _MARKUP.search(text):
        return _tidy(clean(text))
    if "&lt;" in text and not re.search(r"<[a-zA-Z/]", text):
        text = html.unescape(text)
    parser = LexborHTMLParser(text)
    pieces: list[str] = []
    root = parser.body or parser.root
    if root is not None:
        _walk(root, pieces)
    return _tidy(clean("".join(pieces)))


def _walk(node: LexborNode, pieces: list[str]) -> None:
    for child in node.iter(include_text=True):
        tag = child.tag or ""
        if tag == "-text":
            pieces.append(child.text_content or "" if hasattr(child, "text_content") else child.text(deep=False))
        elif tag in _DROPPED or _is_hidden(child):
            continue
        elif tag == "br":
            pieces.append("\n")
        elif tag == "li":
            pieces.append("\n- ")
            _walk(child, pieces)
            pieces.append("\n")
        elif tag in _BLOCKS:
            pieces.append("\n")
            _walk(child, pieces)
            pieces.append("\n")
        else:
            _walk(child, pieces)


def _is_hidden(node: LexborNode) -> bool:
    attributes = node.attributes
    return "hidden" in attributes or bool(_HIDDEN.search(attributes.get("style") or ""))


def _tidy(text: str) -> str:
    lines = [_SPACE.sub(" ", line).strip() for line in text.split("\n")]
    lines = [line for line in lines if line not in {"-", "•"}]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


@dataclass(frozen=True, slots=True)
class HtmlReader:
    """Reads an HTML page; scripts, navigation and what is styled away are left out."""

    def read(self, data: bytes, source: str) -> Document:
        """Read a page in the order of its source.

        Raises:
            UnreadableDocumentError: The page has no text.
        """
        parser = LexborHTMLParser(decode(data))
        builder = LineBuilder()
        root = parser.body or parser.root
        if root is not None:
            hidden = [node for node in root.css("[style],[hidden]") if _is_hidden(node)]
            if any((node.text() or "").strip() for node in hidden):
                builder.warn("text that the page hides was left out")
            self._add(root, builder)
        if builder.is_empty():
            raise UnreadableDocumentError(
                f"{source} has no text", hint="Save the page with its content, or print it to PDF."
            )
        return builder.document(source=source, media_type="text/html")

    def _add(self, root: LexborNode, builder: LineBuilder) -> None:
        for tag in ("nav", "footer"):
            for node in root.css(tag):
                node.decompose()
        pieces: list[str] = []
        _walk_marked(root, pieces, "paragraph")
        kind: LineKind = "paragraph"
        for piece in re.split(r"(\x00[hlpt])|\n", "".join(pieces)):
            if piece is None:
                continue
            if piece.startswith("\x00"):
                kind = _KIND_OF_MARK[piece[1]]
            elif _SPACE.sub(" ", clean(piece)).strip():
                builder.add(_SPACE.sub(" ", clean(piece)).strip(), kind=kind)


_KIND_OF_MARK: dict[str, LineKind] = {"h": "heading", "l": "list_item", "p": "paragraph", "t": "table_row"}
_MARK_OF_KIND = {kind: mark for mark, kind in _KIND_OF_MARK.items()}


def _walk_marked(node: LexborNode, pieces: list[str], kind: LineKind) -> None:
    """Collect text with marks for the kind of line; cells of a row stay on one line, white space collapses."""
    for child in node.iter(include_text=True):
        tag = child.tag or ""
        if tag == "-text":
            pieces.append(re.sub(r"\s+", " ", child.text(deep=False)))
        elif tag in _DROPPED or _is_hidden(child):
            continue
        elif tag in {"td", "th"} and not child.css("p,div,ul,table,h1,h2,h3,h4,li,br"):
            _walk_marked(child, pieces, kind)
            pieces.append("   ")
        elif tag in _BLOCKS:
            inner: LineKind = (
                "heading" if tag in _HEADINGS else "list_item" if tag == "li" else "table_row" if tag == "tr" else kind
            )
            pieces.append(f"\n\x00{_MARK_OF_KIND[inner]}")
            _walk_marked(child, pieces, inner)
            pieces.append(f"\n\x00{_MARK_OF_KIND[kind]}")
        else:
            _walk_marked(child, pieces, kind)
