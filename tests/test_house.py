"""The house: docstrings, exported names, commands and settings in the docs."""

import ast
import importlib
from dataclasses import fields
from pathlib import Path

import pytest

import metier
from metier.cli.main import app
from metier.config import Settings

ROOT = Path(metier.__file__).parent
MODULES = sorted(path for path in ROOT.rglob("*.py"))
DOCS = Path(__file__).parents[1] / "docs"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_module_has_a_docstring_and_few_lines(path):
    text = path.read_text()
    assert ast.get_docstring(ast.parse(text))
    assert text.count("\n") <= 500


@pytest.mark.parametrize(
    "path", [path for path in MODULES if path.name == "__init__.py"], ids=lambda path: path.parent.name
)
def test_exported_names_exist(path):
    name = ".".join(("metier", *path.parent.relative_to(ROOT).parts))
    module = importlib.import_module(name)
    assert all(hasattr(module, exported) for exported in getattr(module, "__all__", []))


def test_every_command_and_setting_is_in_the_docs():
    text = (DOCS / "commands.md").read_text()
    names = [command.callback.__name__ for command in app.registered_commands]
    names += [group.name for group in app.registered_groups]
    assert [name for name in names if f"`metier {name}" not in text] == []
    assert [entry.name for entry in fields(Settings) if f"| METIER_{entry.name.upper()} |" not in text] == []
