"""One run that teaches a decoder to say whether two texts fit, measured like the tuning of an encoder."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, cast

import torch

from metier.models.own import metier_encoder
from metier.training.decoder import Decoder, open_decoder
from metier.training.encoder_folder import Parity
from metier.training.encoder_run import EncoderRun
from metier.training.measure import Served, Trial
from metier.training.outcome import TRIED
from metier.training.scorer import PairScorer
from metier.training.yes_no import YesNoScorer, read_yes_no, write_yes_no


@dataclass(frozen=True, kw_only=True)
class ChatRun(EncoderRun):
    """What is tuned, on what, into which folder; the base is `hf:FOLDER` of a decoder.

    The encoder that ships finds what the decoder ranks anew; before and after differ in the decoder alone.
    """

    kind: ClassVar[str] = "chat"

    def serves_as(self) -> str:
        """Say in a phrase how what this run promotes is used."""
        return f"metier train score {self.folder} PAIRS"

    def _open(self) -> tuple[PairScorer, Served]:
        torch.manual_seed(self.recipe.seed)
        scorer = YesNoScorer(open_decoder(self.base), self.recipe, search=metier_encoder().encode)
        return scorer, self._checked(scorer)

    def _written(self, scorer: PairScorer, trial: Trial) -> tuple[Served, Parity | None]:  # noqa: ARG002 - as its parent
        """Write the decoder and read it back, so that what is measured is what the files hold."""
        asked = cast("YesNoScorer", scorer)
        write_yes_no(asked, cast("Decoder", scorer.network), self.folder / TRIED)
        return self._checked(read_yes_no(self.folder / TRIED, search=asked.search)), None
