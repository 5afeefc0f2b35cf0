"""The group registers each command, one a file."""

from metier.cli.taxonomy import taxonomy


def test_every_command_is_there():
    names = {command.name or command.callback.__name__ for command in taxonomy.registered_commands}
    assert "link" in names
