"""The command as a whole: verbs, versions, exit codes, errors as one line."""

import pytest

import metier
from metier.cli.main import app, main

COMMANDS = [
    *((command.callback.__name__,) for command in app.registered_commands),
    *(
        (group.name, one.name or one.callback.__name__.replace("_", "-"))
        for group in app.registered_groups
        for one in group.typer_instance.registered_commands
    ),
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_has_help_and_writes_json(invoke, command):
    result = invoke(*command, "--help")
    assert result.exit_code == 0
    assert "--json" in result.stdout


def test_all_verbs_are_there():
    assert {command[0] for command in COMMANDS} == {
        "demo", "recommend", "people", "parse", "explain", "bench", "config", "import", "catalog", "taxonomy", "train",
        "serve", "keys", "mcp", "label",
    }  # fmt: skip


def test_the_version_is_that_of_the_package(invoke):
    assert invoke("--version").stdout.strip() == metier.__version__


@pytest.mark.parametrize("command", [("sing",), ("recommend", "--loudly"), ("catalog", "burn", "c")])
def test_what_is_no_command_is_wrong_usage(invoke, command):
    assert invoke(*command).exit_code == 2


@pytest.mark.parametrize(
    ("command", "told", "remedy"),
    [
        (["people", "nothing.csv#1", "--resumes", "."], "nothing.csv", "Check the path"),
        (["catalog", "status", "typo"], "typo", "metier import"),
        (["recommend", "a.pdf", "--salary-min", "[bold]much"], "[bold]much", "a year"),
    ],
)
def test_an_error_is_one_line_with_its_remedy_and_ends_with_1(monkeypatch, capsys, tmp_path, command, told, remedy):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.argv", ["metier", *command])
    with pytest.raises(SystemExit) as ended:
        main()
    printed = capsys.readouterr()
    (line,) = printed.err.splitlines()
    assert ended.value.code == 1
    assert line.startswith("error: ")
    assert told in line
    assert remedy in line
    assert printed.out == ""


def test_a_command_that_is_interrupted_ends_with_130(monkeypatch):
    def interrupt():
        raise KeyboardInterrupt

    monkeypatch.setattr("metier.cli.main.app", interrupt)
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 130
