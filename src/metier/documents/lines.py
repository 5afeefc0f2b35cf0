"""Lines put together to a document."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from metier.documents.language import detect_language
from metier.records.document import Document, Line, LineKind

_BULLET = re.compile(r"^(?:[•·▪●◦■□►▸‣⁃∙✓✔➢➤❖★☆○◆◇»›\uf0b7\uf0a7]|[*\-–—](?=\s))\s*")
_MAX_LINE = 1_000
"""Characters; a table's cell may hold a whole resume on one line, and patterns are slow on long lines."""
_CUT = re.compile(
    rf"(?=.{{{_MAX_LINE}}}).{{{_MAX_LINE // 2},{_MAX_LINE}}}(?:\s|(?<=[。；;!！]))|.{{1,{_MAX_LINE}}}", re.DOTALL
)
_HAN_HEADING = re.compile(r"(?=.{3,11}$)[\u4e00-\u9fff]+(?: [\u4e00-\u9fff]+)+")


@dataclass(slots=True)
class LineBuilder:
    """Collects the lines of a document in reading order and keeps their offsets."""

    _texts: list[str] = field(default_factory=list)
    _lines: list[Line] = field(default_factory=list)
    _length: int = 0
    _warnings: list[str] = field(default_factory=list)

    def add(
        self,
        text: str,
        *,
        kind: LineKind = "paragraph",
        level: int = 0,
        font_size: float = 0.0,
        is_bold: bool = False,
        page: int = 1,
        column: int = 0,
    ) -> None:
        """Add a line; a bullet makes it a list item, letters with a space after each are joined, a very long one is cut."""
        bullet = _BULLET.match(text)
        if bullet:
            text, kind, level = text[bullet.end() :], "list_item", 0
        text = join_spaced(text.strip())
        if len(text) > _MAX_LINE:
            for piece in _CUT.findall(text):
                self.add(piece, kind=kind, level=level, font_size=font_size, is_bold=is_bold, page=page, column=column)
            return
        if not text:
            return
        start = self._length
        self._texts.append(text)
        self._length += len(text) + 1
        self._lines.append(
            Line(
                start=start,
                end=start + len(text),
                kind=kind,
                level=level,
                font_size=round(font_size, 1),
                is_bold=is_bold,
                page=page,
                column=column,
            )
        )

    def warn(self, warning: str) -> None:
        """Add something that a person should know, once."""
        if warning not in self._warnings:
            self._warnings.append(warning)

    def is_empty(self) -> bool:
        """Say whether no line holds a letter or digit."""
        return not any(character.isalnum() for text in self._texts for character in text)

    def document(self, *, source: str, media_type: str) -> Document:
        """Give the document."""
        text = "\n".join(self._texts)
        return Document(
            source=source,
            media_type=media_type,
            text=text,
            lines=tuple(self._lines),
            language=detect_language(text),
            warnings=tuple(self._warnings),
        )


def join_spaced(text: str) -> str:
    """Join a heading whose letters stand apart: `C O N TA C T` to `CONTACT`, `个 人 简 历` to `个人简历`."""
    if _HAN_HEADING.fullmatch(text):
        return text.replace(" ", "")
    pieces = text.split(" ")
    lengths = [len(piece) for piece in pieces if piece]
    is_spaced = len(pieces) >= 4 and sum(len(piece) <= 2 for piece in pieces) >= 0.8 * len(pieces)
    if not is_spaced or max(lengths) > 4 or 2 * lengths.count(1) < len(lengths) or text != text.upper():
        return text
    words = re.split(r"\s{2,}", text)
    return " ".join(word.replace(" ", "") for word in words)
