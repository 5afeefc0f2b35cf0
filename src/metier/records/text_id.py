"""A stable id for a text that came without one."""

from __future__ import annotations

import hashlib


def text_id(*texts: str) -> str:
    """Hash texts to 16 hexadecimal digits (BLAKE2b), the same on every machine."""
    digest = hashlib.blake2b(digest_size=8)
    for text in texts:
        digest.update(text.encode("utf-8", "surrogatepass"))
        digest.update(b"\x00")
    return digest.hexdigest()
