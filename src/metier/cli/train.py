"""`metier train …`: learn from the user's own data; one command a file, registered here."""

from __future__ import annotations

import typer

from metier.cli.train_encoder import encoder

train = typer.Typer(help="Learn from your own data, and keep what is better than before.", no_args_is_help=True)
for _command in (encoder,):
    train.command()(_command)
