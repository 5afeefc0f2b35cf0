"""Language models behind small protocols."""

from metier.models.base import Encoder, Vectors

__all__ = ["Encoder", "Vectors"]
