"""Uploaded documents are read in a process of their own, which is ended when it takes too long or breaks."""

from __future__ import annotations

import contextlib
import json
import select
import struct
import subprocess
import sys
import threading
import time
from typing import IO, Any

from metier.documents.read import read_bytes
from metier.errors import InputError, MetierError, UnreadableDocumentError
from metier.records.codec import from_json, to_json
from metier.records.document import Document

_HEAD = struct.Struct(">I")
_PIECE = 65_536


class DocumentReader:
    """Reads documents one after another in a child process.

    Args:
        seconds: How long one document may take.
        max_pages: How many pages a PDF may have.
    """

    def __init__(self, *, seconds: float, max_pages: int) -> None:
        self._seconds = seconds
        self._max_pages = max_pages
        self._child: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def read(self, data: bytes, name: str) -> Document:
        """Read the bytes of a file to text with layout.

        Raises:
            UnreadableDocumentError: They give no text, have too many pages or take too long.
        """
        with self._lock:
            try:
                answer = self._ask(data, name)
            except (OSError, EOFError) as error:
                self._end()
                hint = "Save it again, or give the text itself."
                raise UnreadableDocumentError(f"{name} cannot be read: {error}", hint=hint) from error
        if "error" in answer:
            raise UnreadableDocumentError(answer["error"], hint=answer["hint"])
        return from_json(Document, answer["document"])

    def close(self) -> None:
        """End the child."""
        with self._lock:
            self._end()

    def _ask(self, data: bytes, name: str) -> dict[str, Any]:
        if self._child is None or self._child.poll() is not None:
            self._end()
            command = [sys.executable, "-c", "from metier.service.document_reader import serve; serve()"]
            self._child = subprocess.Popen(  # noqa: S603 - our own code
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
        stdin, stdout = self._child.stdin, self._child.stdout
        if stdin is None or stdout is None:
            raise EOFError("there is no reader")
        question = json.dumps({"name": name, "max_pages": self._max_pages}).encode()
        stdin.write(_HEAD.pack(len(question)) + question + _HEAD.pack(len(data)) + data)
        stdin.flush()
        until = time.monotonic() + self._seconds
        size = _HEAD.unpack(self._take(stdout, _HEAD.size, until))[0]
        answer: dict[str, Any] = json.loads(self._take(stdout, size, until))
        return answer

    def _take(self, stdout: IO[bytes], size: int, until: float) -> bytes:
        """Read so many bytes, until a time."""
        taken = b""
        while len(taken) < size:
            left = until - time.monotonic()
            if left <= 0 or not select.select([stdout], [], [], left)[0]:
                raise TimeoutError(f"it took longer than {self._seconds:g} s")
            piece = stdout.read1(min(_PIECE, size - len(taken)))  # type: ignore[attr-defined]
            if not piece:
                raise EOFError("its reader broke")
            taken += piece
        return taken

    def _end(self) -> None:
        if self._child is not None:
            self._child.kill()
            self._child.wait()
            for stream in (self._child.stdin, self._child.stdout):
                if stream is not None:
                    with contextlib.suppress(OSError):
                        stream.close()
        self._child = None


def serve() -> None:
    """Be the child: read documents from standard input until it ends."""
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    while head := source.read(_HEAD.size):
        question = json.loads(source.read(_HEAD.unpack(head)[0]))
        data = source.read(_HEAD.unpack(source.read(_HEAD.size))[0])
        answer = json.dumps(answer_to(data, question["name"], question["max_pages"])).encode()
        sink.write(_HEAD.pack(len(answer)) + answer)
        sink.flush()


def answer_to(data: bytes, name: str, max_pages: int) -> dict[str, str]:
    """Give the document as JSON, or what is wrong with it."""
    try:
        _check_pages(data, name, max_pages)
        return {"document": to_json(_read(data, name))}
    except MetierError as error:
        return {"error": str(error), "hint": error.hint}
    except Exception as error:
        return {"error": f"{name} cannot be read ({type(error).__name__})", "hint": "Save it again, as PDF or DOCX."}


def _read(data: bytes, name: str) -> Document:
    if name.lower().endswith(".json"):
        from metier.resumes.json_resume import read_json_resume  # noqa: PLC0415 - only where it is needed

        return read_json_resume(data, name)
    return read_bytes(data, name)


def _check_pages(data: bytes, name: str, max_pages: int) -> None:
    if b"%PDF-" not in data[:1005]:
        return
    import pypdfium2  # noqa: PLC0415 - only where it is needed

    try:
        pages = len(pypdfium2.PdfDocument(data))
    except pypdfium2.PdfiumError:
        return
    if pages > max_pages:
        raise InputError(f"{name} has {pages} pages", hint=f"Give a document of at most {max_pages} pages.")
