"""Language models behind small protocols."""

from metier.models.base import Cutter, Encoder, Vectors

__all__ = ["Cutter", "Encoder", "Vectors"]
