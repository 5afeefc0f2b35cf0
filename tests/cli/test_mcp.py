import json
import subprocess
import sys

from metier.errors import CatalogError, ConfigError


def test_a_catalog_must_be_named_and_be_there(invoke, tmp_path):
    assert invoke("mcp").exit_code == 2
    result = invoke("mcp", "--catalog", tmp_path / "nothing")
    assert isinstance(result.exception, CatalogError)
    assert invoke("mcp", "--catalog", tmp_path, "--files", tmp_path / "nothing").exit_code == 2


def test_an_address_that_others_can_reach_is_refused(invoke, tmp_path):
    result = invoke("mcp", "--catalog", tmp_path, "--http", "--host", "0.0.0.0")
    assert isinstance(result.exception, ConfigError)


def test_a_client_asks_by_standard_input_and_output(run, world, tmp_path):
    run("import", "jobs", world.feed, "--catalog", tmp_path / "c", "--json")
    program = (
        "from metier.plugins import BUILT_IN; BUILT_IN['encoder']['metier'] = 'metier.testing:HashEncoder';"
        "from metier.cli.main import main; main()"
    )
    hello = {"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}}
    messages = [
        {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": hello},
        {"jsonrpc": "2.0", "method": "notifications/initialized"},
        {
            "jsonrpc": "2.0",
            "id": 2,
            "method": "tools/call",
            "params": {"name": "get_job", "arguments": {"job_id": "w1"}},
        },
    ]
    child = subprocess.Popen(
        [sys.executable, "-c", program, "mcp", "--catalog", str(tmp_path / "c")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    for message in messages:
        child.stdin.write(json.dumps(message) + "\n")
    child.stdin.flush()
    answers = [json.loads(child.stdout.readline()) for _ in range(2)]
    child.stdin.close()
    child.stdout.close()
    assert child.wait(timeout=60) == 0
    assert answers[0]["result"]["serverInfo"]["name"] == "metier"
    assert answers[1]["result"]["structuredContent"]["job"]["title"] == "TIG Welder"
