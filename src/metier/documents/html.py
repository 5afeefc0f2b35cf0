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
    r"display\s*:\s*none|visibility\s*:\s*hidden|(?:font-size|opacity)\s*:\s*(?:0+\.?0*|\.0+)(?:[^\d.]|$)",
    re.IGNORECASE,
)
_SPACE = re.compile(r"[ \t\xa0\u3000\u2002-\u200a]+")


def html_to_text(text: str) -> str:
    """Give the text of a fragment of HTML, blocks on lines of their own, list items with `- `.

    Text without markup comes back as it is, save for spaces; `<` and `&` that are no markup stay.
    """
    text = clean(text)
    if not _MARKUP.search(text):
        return _tidy(text)
    if "&lt;" in text and not re.search(r"<[a-zA-Z/]", text):
        text = html.unescape(text)
    parser = LexborHTMLParser(text)
    pieces: list[str] = []
    root = parser.body or parser.root
    if root is not None:
        _walk(root, pieces)
    return _tidy(clean("".join(pieces)))


def _walk(root: LexborNode, pieces: list[str]) -> None:
    """Collect text; a stack stands for recursion, since a page may nest thousands deep."""
    stack: list[LexborNode | str] = _children(root)
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            pieces.append(node)
            continue
        tag = node.tag or ""
        if tag == "-text":
            pieces.append(node.text(deep=False))
        elif tag == "br":
            pieces.append("\n")
        elif tag not in _DROPPED and not _is_hidden(node):
            mark = "\n" if tag in _BLOCKS else ""
            pieces.append("\n- " if tag == "li" else mark)
            stack += [mark, *_children(node)]


def _children(node: LexborNode) -> list[LexborNode | str]:
    """Give the children of a node, the first last."""
    children: list[LexborNode | str] = [*node.iter(include_text=True)]
    return children[::-1]


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
        _walk_marked(root, pieces)
        kind: LineKind = "paragraph"
        level = 0
        for piece in re.split(r"(\x00[1-6lpt])|\n", "".join(pieces)):
            if piece is None:
                continue
            if piece.startswith("\x00"):
                kind = _KIND_OF_MARK.get(piece[1], "heading")
                level = int(piece[1]) if piece[1].isdigit() else 0
            else:
                cells = (_SPACE.sub(" ", clean(cell)).strip() for cell in piece.split(_END_OF_CELL))
                builder.add("   ".join(filter(None, cells)), kind=kind, level=level)


_END_OF_CELL = "\x01"
_KIND_OF_MARK: dict[str, LineKind] = {"l": "list_item", "p": "paragraph", "t": "table_row"}
"""A digit marks a heading of that level."""
_MARK_OF_TAG = {"li": "l", "tr": "t"} | {tag: tag[1] for tag in _HEADINGS}


def _walk_marked(root: LexborNode, pieces: list[str]) -> None:
    """Collect text with marks for the kind of line; cells of a row stay on one line, white space collapses."""
    stack: list[tuple[LexborNode | str, str]] = [(child, "p") for child in _children(root)]
    while stack:
        node, mark = stack.pop()
        if isinstance(node, str):
            pieces.append(node)
            continue
        tag, inner, end = node.tag or "", mark, ""
        if tag == "-text":
            pieces.append(re.sub(r"\s+", " ", node.text(deep=False)))
            continue
        if tag in _DROPPED or _is_hidden(node):
            continue
        if tag in {"td", "th"} and not node.css("p,div,ul,table,h1,h2,h3,h4,li,br"):
            end = _END_OF_CELL
        elif tag in _BLOCKS:
            inner = _MARK_OF_TAG.get(tag, mark)
            pieces.append(f"\n\x00{inner}")
            end = f"\n\x00{mark}"
        stack += [(end, mark), *((child, inner) for child in _children(node))]
