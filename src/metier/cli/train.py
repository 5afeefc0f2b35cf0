"""`metier train …`: learn from the user's own data; one command a file, registered here."""

from __future__ import annotations

import typer

from metier.cli.train_chat import chat
from metier.cli.train_cross_encoder import cross_encoder
from metier.cli.train_distil import distil
from metier.cli.train_encoder import encoder
from metier.cli.train_head import head
from metier.cli.train_pretrain import pretrain
from metier.cli.train_promote import promote, rollback
from metier.cli.train_ranker import ranker
from metier.cli.train_registry import register
from metier.cli.train_report import report
from metier.cli.train_runs import list_runs
from metier.cli.train_score import score
from metier.cli.train_sweep import sweep

train = typer.Typer(help="Learn from your own data, and keep what is better than before.", no_args_is_help=True)
for _command in (
    pretrain,
    encoder,
    cross_encoder,
    chat,
    distil,
    head,
    score,
    report,
    ranker,
    sweep,
    register,
    promote,
    rollback,
):
    train.command()(_command)
train.command("runs")(list_runs)
