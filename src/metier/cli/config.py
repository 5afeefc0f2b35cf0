"""`metier config`: every setting, where it comes from, and what it means."""

from __future__ import annotations

from dataclasses import fields

from rich.markup import escape
from rich.table import Table

from metier.cli.base import OUTPUT, JsonOption, write_line


def config(as_json: JsonOption = False) -> None:
    """Show the settings, where each comes from, and what it means."""
    from metier.config import PREFIX, Settings, load_settings  # noqa: PLC0415 - help must be fast

    settings, origins = load_settings()
    rows = [
        {
            "name": entry.name,
            "value": getattr(settings, entry.name),
            "from": origins.get(entry.name, "default"),
            "variable": PREFIX + entry.name.upper(),
            "meaning": entry.metadata["meaning"],
        }
        for entry in fields(Settings)
    ]
    if as_json:
        write_line({"settings": rows})
        return
    table = Table("name", "value", "from", "variable", "meaning")
    for row in rows:
        table.add_row(*(escape(str(value)) for value in row.values()))
    OUTPUT.print(table)
