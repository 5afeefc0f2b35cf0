from metier.config import Settings
from metier.service.mcp_desk import open_tools
from metier.testing import HashEncoder


def test_what_was_written_is_there_when_the_tools_are_opened_again(tmp_path, job_of):
    for is_first in (True, False):
        with open_tools(str(tmp_path / "c"), Settings(), encoder=HashEncoder()) as tools:
            if is_first:
                tools._desk.put([job_of("Welder", "Weld frames.", id="w1")])
            assert tools.get_job("w1").job.title == "Welder"
