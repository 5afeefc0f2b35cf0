"""What is personal or protected in a text, so that it stays out of every score."""

from metier.privacy.protected import blank, find_protected

__all__ = ["blank", "find_protected"]
