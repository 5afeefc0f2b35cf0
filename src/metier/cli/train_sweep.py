"""`metier train sweep`: try choices of the learning, keep the best by the stopping part, measure it as any other."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from metier.cli.base import OUTPUT, JsonOption, note, write_line
from metier.cli.train_ranker import GroupsOption, SeedOption, show_report
from metier.cli.train_runs import UriOption, catalog_uri

OutOption = Annotated[
    Path, typer.Option("--out", metavar="DIR", help="Where trials are kept; a stopped sweep goes on.")
]
TrialsOption = Annotated[int, typer.Option(min=1, help="How many in all.")]


def sweep(
    out: OutOption,
    catalog: UriOption = "",
    trials: TrialsOption = 20,
    seed: SeedOption = 0,
    groups: GroupsOption = None,
    as_json: JsonOption = False,
) -> None:
    """Try other choices in learning a ranker, and measure the best on later questions as `train ranker` does."""
    from metier.cli.source import open_recommender  # noqa: PLC0415 - help must be fast
    from metier.config import load_settings  # noqa: PLC0415
    from metier.training.group_file import read_groups  # noqa: PLC0415
    from metier.training.ranker import RankerTraining  # noqa: PLC0415
    from metier.training.ranker_report import load_report  # noqa: PLC0415
    from metier.training.ranker_sweep import RankerSweep, Trial  # noqa: PLC0415

    settings, _ = load_settings()
    people = read_groups(groups) if groups else None
    recommender = open_recommender(catalog_uri(catalog), settings)

    def tell(trial: Trial) -> None:
        if not as_json:
            chosen = " ".join(f"{name}={value:.4g}" for name, value in trial.choice.items())
            OUTPUT.print(f"trial {trial.number}: nDCG {trial.ndcg:.4f} {chosen}", markup=False)

    swept = RankerSweep(folder=out, trials=trials, training=RankerTraining(seed=seed)).run(
        recommender, groups=people, tell=tell
    )
    run = swept.trained.run()
    recommender.catalog.models.add(run)
    if as_json:
        told = [{"number": one.number, "choice": one.choice, "ndcg": one.ndcg} for one in swept.trials]
        write_line({"run": run.id, "trials": told, "report": load_report(run)})
        return
    show_report(run.id, load_report(run))
    note(f"the ranker in use goes on answering; compare with: metier train runs --catalog {catalog_uri(catalog)}")
