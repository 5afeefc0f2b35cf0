"""A small feed and a few resumes, and the commands as a user runs them, with an encoder that needs no model."""

import datetime as dt
import json
import random
from dataclasses import dataclass

import pytest
from typer.testing import CliRunner

from metier.cli.main import app
from metier.plugins import BUILT_IN
from metier.recommender import Recommender
from metier.testing import HashEncoder
from metier.training.ranker import RankerTraining

DAY = ("--as-of", "2026-11-20")
WELDER = """Ann Lee
Sheffield, United Kingdom

Work experience
TIG Welder, Harrow Street Fabrications, 01/2016 - 12/2025
- TIG welding of stainless pipe to drawing

Licences
Forklift licence
"""
NURSE = """Bo Ek
Bristol

Work experience
Staff Nurse, City Hospital, 01/2018 - 12/2025
- Cared for ventilated patients in intensive care

Certificates
NMC registration
"""
ACCOUNTANT = """王芳

工作经历
2018年3月-2024年6月 深圳某某贸易有限公司 会计
负责总账、纳税申报和财务报表的编制
"""
ROWS = [
    {
        "id": "w1",
        "title": "TIG Welder",
        "company": "Acme",
        "location": "Sheffield, United Kingdom",
        "salary": "£30,000 a year",
        "description": "Requirements\n- TIG welding of stainless pipe\n- Forklift licence would be a plus\n",
    },
    {
        "id": "w2",
        "title": "Welder",
        "company": "Acme",
        "salary": "£20,000 a year",
        "description": "Requirements\n- MIG welding\n",
    },
    {
        "id": "n1",
        "title": "Staff Nurse",
        "company": "St Brannoc",
        "location": "Bristol, United Kingdom",
        "valid_through": "2026-12-05",
        "description": "Requirements\n- NMC registration\n- Intensive care of ventilated patients\n",
    },
    {
        "id": "k1",
        "title": "会计",
        "company": "某某贸易",
        "description": "任职要求：\n1、熟悉总账和纳税申报；\n2、会计专业；\n",
    },
]


@dataclass(frozen=True)
class World:
    """Paths, as words of a command line."""

    feed: str
    folder: str
    welder: str
    nurse: str
    accountant: str


@pytest.fixture
def world(tmp_path):
    feed, folder = tmp_path / "feed.jsonl", tmp_path / "resumes"
    feed.write_text("\n".join(json.dumps(row) for row in ROWS))
    folder.mkdir()
    for name, text in (("welder.txt", WELDER), ("nurse.md", NURSE), ("kuaiji.txt", ACCOUNTANT)):
        (folder / name).write_text(text)
    paths = (folder / name for name in ("welder.txt", "nurse.md", "kuaiji.txt"))
    return World(str(feed), str(folder), *map(str, paths))


@pytest.fixture(autouse=True)
def _no_model_and_no_settings_of_this_machine(monkeypatch, tmp_path):
    monkeypatch.setitem(BUILT_IN["encoder"], "metier", "metier.testing:HashEncoder")
    (tmp_path / "config.toml").touch()
    monkeypatch.setenv("METIER_CONFIG", str(tmp_path / "config.toml"))


@pytest.fixture(scope="session")
def match(graph, person_of, job_of):
    """Give the welder and the welder's job, scored."""
    job = job_of(**{name: value for name, value in ROWS[0].items() if name != "company"}, hiring_organization="Acme")
    recommender = Recommender.open(encoder=HashEncoder(), graph=graph)
    return recommender.match(person_of(WELDER, "ann"), job, as_of=dt.date(2026, 11, 20))


@pytest.fixture
def invoke():
    """Run a command and give what it printed and how it ended."""

    def run(*arguments):
        return CliRunner().invoke(app, [str(argument) for argument in arguments])

    return run


@pytest.fixture
def run(invoke):
    """Run a command that ends with a code, and give its lines of JSON."""

    def lines(*arguments, code=0):
        result = invoke(*arguments)
        assert result.exit_code == code, (result.output, result.exception)
        return [json.loads(line) for line in result.stdout.splitlines() if line.startswith("{")]

    return lines


TRADES = {"welder": "TIG welding of stainless pipe", "nurse": "Care for patients in intensive care"}


@pytest.fixture
def few_questions(monkeypatch):
    """Trainings take few questions, so that they are short."""
    defaults = RankerTraining.__init__.__kwdefaults__ or {}
    monkeypatch.setattr(RankerTraining.__init__, "__kwdefaults__", {**defaults, "most": 24})


@pytest.fixture
def event_catalog(run, world, tmp_path):
    """Fill a catalog with jobs of two trades, and people who look at those of one of them."""
    rows = [
        {"id": f"{trade}{number}", "title": f"{trade} {number}", "company": f"Employer {number}",
         "description": f"Requirements\n- {duty}\n- shift {number}\n"}
        for trade, duty in TRADES.items()
        for number in range(30)
    ]  # fmt: skip
    (tmp_path / "many.jsonl").write_text("\n".join(map(json.dumps, rows)))
    run("import", "jobs", tmp_path / "many.jsonl", "--catalog", tmp_path / "c", "--json")
    chance = random.Random(1)
    start = dt.datetime(2026, 9, 1, tzinfo=dt.UTC)
    events = ["user,item,time,kind"]
    for person in range(150):
        trade = chance.choice(list(TRADES))
        for step in range(4):
            at = start + dt.timedelta(hours=10 * person + step)
            events.append(f"somebody{person},{trade}{int(30 * chance.random() ** 3)},{at.isoformat()},click")
    (tmp_path / "events.csv").write_text("\n".join(events))
    run("import", "events", tmp_path / "events.csv", "--catalog", tmp_path / "c", "--json")
    return tmp_path / "c"


@pytest.fixture
def trained(run, event_catalog, few_questions):
    """Train a ranker; give what the command tells."""
    (told,) = run("train", "ranker", "--catalog", event_catalog, "--json")
    return told
