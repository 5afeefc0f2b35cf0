"""Import and recommend at 10,000 postings, against the encoder's own speed. Usage: python benchmarks/serving.py [POSTINGS]."""

from __future__ import annotations

import datetime as dt
import json
import platform
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from metier import Recommender
from metier.graph.linker import SkillLinker
from metier.jobs import read_jobs
from metier.models.minilm import minilm
from metier.records.job import Job
from metier.resumes import read_resume
from metier.retrieval.index import search_text
from metier.sample import demo_resumes, jobs_path

TABLE = Path(__file__).with_suffix(".md")
METIER = [sys.executable, "-c", "from metier.cli.main import main; main()"]
DAY = "2026-11-20"
SEED = 7


def write_feed(path: Path, count: int) -> None:
    """Write postings: those of the sample with their sentences shuffled and mixed, so that no two are alike."""
    rows = [json.loads(line) for line in jobs_path().read_text(encoding="utf-8").splitlines()]
    chance = random.Random(SEED)
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            row, other = dict(rows[number % len(rows)]), chance.choice(rows)
            lines = row["description"].split("\n")
            lines.insert(chance.randrange(len(lines)), chance.choice(other["description"].split("\n")))
            row |= {"id": f"{number}", "company": f"{row['company']} {number % 977}", "description": "\n".join(lines)}
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def median_of(count: int, act: Callable[[], object]) -> float:
    """Time an act several times; give the median in seconds."""
    times = []
    for _ in range(count):
        begun = time.perf_counter()
        act()
        times.append(time.perf_counter() - begun)
    return statistics.median(times)


def encoder_speed(feed: Path) -> float:
    """Give the texts per second of the encoder alone, on the same search texts."""
    texts = [search_text(job) for job in read_jobs(str(feed), graph=SkillLinker()) if isinstance(job, Job)]
    texts = list(dict.fromkeys(texts))[:2000]
    encoder = minilm()
    encoder.encode(texts[:50])
    begun = time.perf_counter()
    encoder.encode(texts)
    return len(texts) / (time.perf_counter() - begun)


def main() -> None:
    """Measure and write the table."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as scratch:
        feed, uri = Path(scratch) / "feed.jsonl", str(Path(scratch) / "catalog")
        write_feed(feed, count)
        alone = encoder_speed(feed)
        begun = time.perf_counter()
        subprocess.run([*METIER, "import", "jobs", str(feed), "--catalog", uri], check=True, stderr=subprocess.DEVNULL)
        imported = count / (time.perf_counter() - begun)
        resume = str(demo_resumes()[0])
        command = [*METIER, "recommend", resume, "--catalog", uri, "--json", "--as-of", DAY]

        def recommend() -> None:
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

        recommend()
        cold = median_of(5, recommend)
        recommender = Recommender.open(uri)
        person = read_resume(resume, graph=recommender.graph)
        day = dt.date.fromisoformat(DAY)
        recommender.jobs_for(person, as_of=day)
        warm = median_of(20, lambda: recommender.jobs_for(person, as_of=day))
        memory = (
            max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1e6
        )
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False
    ).stdout.strip()
    lines = [
        "# Serving",
        "",
        f"Commit {commit}, {platform.machine()}, two cores, {platform.python_implementation()} {platform.python_version()}; {count} postings.",
        "",
        "| what | figure | baseline in the same run |",
        "|---|---|---|",
        f"| import, postings a second | {imported:.0f} | the encoder alone on the same texts: {alone:.0f} ({imported / alone:.0%}) |",
        f"| `metier recommend`, whole process, median of 5 | {cold:.2f} s | a warm query: {warm:.3f} s |",
        f"| a query in a warm process, median of 20 | {1000 * warm:.0f} ms | |",
        f"| peak memory of any of these | {memory:.2f} GB | |",
    ]
    TABLE.write_text("\n".join(lines) + "\n")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
