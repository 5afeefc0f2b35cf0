"""The house: docstrings, sizes, a test file for each module, exported names, commands and settings in the docs."""

import ast
import importlib
from dataclasses import fields
from pathlib import Path

import pytest

import metier
from metier.cli.main import app
from metier.config import Settings

ROOT = Path(metier.__file__).parent
TESTS = Path(__file__).parent
MODULES = sorted(path for path in ROOT.rglob("*.py"))
ROOMS = [path for path in MODULES if path.name == "__init__.py" and path.parent != ROOT]
DOCS = TESTS.parent / "docs"


def name_of(path):
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_every_module_has_a_docstring_and_few_lines(path):
    text = path.read_text()
    assert ast.get_docstring(ast.parse(text))
    assert text.count("\n") <= 500


def holds_only_protocols(tree):
    """Say whether a module defines protocols and plain records alone, so that there is nothing to run."""
    classes = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    methods = [
        node for one in classes if not is_protocol(one) for node in one.body if isinstance(node, ast.FunctionDef)
    ]
    return (
        any(map(is_protocol, classes))
        and not methods
        and not any(isinstance(one, ast.FunctionDef) for one in tree.body)
    )


def is_protocol(node):
    return any(isinstance(base, ast.Name) and base.id == "Protocol" for base in node.bases)


@pytest.mark.parametrize("path", [path for path in MODULES if path.name != "__init__.py"], ids=name_of)
def test_every_module_has_a_test_file_of_its_name(path):
    mirrored = TESTS / path.relative_to(ROOT).with_name(f"test_{path.name}")
    assert mirrored.is_file() or holds_only_protocols(ast.parse(path.read_text()))


def test_every_test_file_has_a_module():
    extra = {
        "test_house.py",
        "test_examples.py",
        "sample/test_sample.py",
        "catalog/test_kill.py",
        "cli/test_commands.py",
        "service/test_whole.py",
        "service/test_docs.py",
        "service/web/test_browser.py",
    }
    names = {str(path.relative_to(TESTS)) for path in TESTS.rglob("test_*.py")} - extra
    assert [name for name in sorted(names) if not (ROOT / name.replace("test_", "", 1)).is_file()] == []


@pytest.mark.parametrize("path", ROOMS, ids=lambda path: path.parent.name)
def test_a_room_exports_what_it_imports_from_its_modules(path):
    """What `__all__` names is there, sorted, and nothing else is brought in."""
    tree = ast.parse(path.read_text())
    brought = {
        alias.asname or alias.name
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("metier.")
        for alias in node.names
    }
    module = importlib.import_module(".".join(("metier", *path.parent.relative_to(ROOT).parts)))
    exported = getattr(module, "__all__", [])
    assert set(exported) == brought
    assert list(exported) == sorted(exported, key=lambda name: (not name.isupper(), not name[0].isupper(), name))
    assert all(hasattr(module, name) for name in exported)


def test_every_command_and_setting_is_in_the_docs():
    text = (DOCS / "commands.md").read_text()
    names = [command.callback.__name__ for command in app.registered_commands]
    names += [group.name for group in app.registered_groups]
    assert [name for name in names if f"`metier {name}" not in text] == []
    assert [entry.name for entry in fields(Settings) if f"| METIER_{entry.name.upper()} |" not in text] == []


def test_every_room_is_in_the_map():
    text = (TESTS.parent / "ARCHITECTURE.md").read_text()
    assert [path.parent.name for path in ROOMS if path.parent.name not in text] == []
