"""`metier train sweep`: try choices of a training, and measure the best as any other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from metier.cli.base import JsonOption, note, write_line
from metier.cli.train_ranker import GroupsOption, SeedOption, show_report
from metier.cli.train_run import Wishes, need_extra, show_outcome, split_pairs
from metier.cli.train_runs import UriOption, catalog_uri

if TYPE_CHECKING:
    from metier.training.sweep import Trial

PairsArgument = Annotated[
    Path | None, typer.Argument(metavar="[PAIRS]", help="Pairs to tune an encoder on; a ranker of --catalog without.")
]
OutOption = Annotated[
    Path, typer.Option("--out", metavar="DIR", help="Where trials are kept; a stopped sweep goes on.")
]
TrialsOption = Annotated[int, typer.Option(min=1, help="How many in all.")]
BaseOption = Annotated[str, typer.Option(help="The encoder to tune: metier, onnx:FOLDER, hf:FOLDER.")]
StepsOption = Annotated[int, typer.Option(min=0, help="Of an encoder's trial; 0 for an epoch.")]
HeldOption = Annotated[Path | None, typer.Option(metavar="FILE", help="Held-out pairs; else a fifth of the queries.")]


def sweep(
    out: OutOption,
    pairs: PairsArgument = None,
    catalog: UriOption = "",
    trials: TrialsOption = 20,
    seed: SeedOption = 0,
    groups: GroupsOption = None,
    base: BaseOption = "metier",
    steps: StepsOption = 0,
    validation: HeldOption = None,
    as_json: JsonOption = False,
) -> None:
    """Try choices in learning a ranker, or in tuning an encoder on pairs; measure the best on what chose nothing.

    Raises:
        MissingExtraError: Optuna is not installed.
    """
    from metier.errors import MissingExtraError  # noqa: PLC0415 - help must be fast

    def tell(trial: Trial) -> None:
        chosen = " ".join(f"{name}={value:.4g}" for name, value in trial.choice.items())
        note(f"trial {trial.number}: nDCG {trial.ndcg:.4f} {chosen}")

    if find_spec("optuna") is None:
        raise MissingExtraError("a sweep", "sweep")
    if pairs is not None:
        _sweep_encoder(pairs, out, trials, seed, base, steps, validation, tell, as_json=as_json)
        return
    from metier.cli.source import open_recommender  # noqa: PLC0415 - help must be fast
    from metier.config import load_settings  # noqa: PLC0415
    from metier.training.group_file import read_groups  # noqa: PLC0415
    from metier.training.ranker import RankerTraining  # noqa: PLC0415
    from metier.training.ranker_report import load_report  # noqa: PLC0415
    from metier.training.ranker_sweep import RankerSweep  # noqa: PLC0415

    settings, _ = load_settings()
    people = read_groups(groups) if groups else None
    recommender = open_recommender(catalog_uri(catalog), settings)
    wanted = RankerSweep(folder=out, trials=trials, training=RankerTraining(seed=seed))
    trained, told = wanted.run(recommender, groups=people, tell=tell)
    run = trained.run()
    recommender.catalog.models.add(run)
    if as_json:
        write_line({"run": run.id, "trials": _fields(told), "report": load_report(run)})
        return
    show_report(run.id, load_report(run))
    note(f"the ranker in use goes on answering; compare with: metier train runs --catalog {catalog_uri(catalog)}")


def _sweep_encoder(
    pairs: Path,
    out: Path,
    trials: int,
    seed: int,
    base: str,
    steps: int,
    validation: Path | None,
    tell: Callable[[Trial], None],
    *,
    as_json: bool,
) -> None:
    """Try recipes on pairs."""
    from metier.training.recipe import recipe_of  # noqa: PLC0415

    recipe = recipe_of("default", seed=seed, **({"steps": steps, "epochs": 0} if steps else {}))
    wishes = Wishes(pairs=pairs, out=out, base=base, validation=validation)
    train, held = split_pairs(wishes, recipe)
    need_extra()
    from metier.training.encoder_sweep import EncoderSweep  # noqa: PLC0415 - only now is PyTorch loaded

    wanted = EncoderSweep(
        base=base, train=train, held=held, recipe=recipe, folder=out, trials=trials, files=wishes.files
    )
    outcome, folder, told = wanted.run(tell=tell)
    if as_json:
        write_line(
            {"out": str(folder), "trials": _fields(told), "gain": outcome.gain.mean, "promoted": outcome.is_promoted}
        )
        return
    show_outcome(outcome, f"METIER_ENCODER=onnx:{folder} uses it", as_json=False)


def _fields(trials: Sequence[Trial]) -> list[dict[str, object]]:
    return [{"number": one.number, "choice": one.choice, "ndcg": one.ndcg} for one in trials]
