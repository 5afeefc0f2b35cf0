"""Whether a trained model may answer from now on."""

from __future__ import annotations

from metier.catalog import ModelRegistry, ModelRun
from metier.ranking.score import session_model
from metier.training.ranker import KIND
from metier.training.ranker_report import GAP_BOUND, load_report, objections

_MEASURED_ON = {KIND: "later questions"}


def speaks_against(models: ModelRegistry, run: ModelRun, *, gap_bound: float = GAP_BOUND) -> list[str]:
    """Say what speaks against promoting a run as things are; nothing where it is in use already.

    Args:
        models: The registry of the catalog.
        run: One of its rankers or encoders.
        gap_bound: By so much a gap between groups may have grown, in nDCG or in exposure.
    """
    if run.is_in_use:
        return []
    now = models.in_use(run.kind)
    return objections(
        load_report(run),
        measured_on=_MEASURED_ON.get(run.kind, "held-out queries"),
        in_use=now.id if now else session_model().name,
        gap_bound=gap_bound,
    )
