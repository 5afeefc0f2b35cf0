"""Import and recommend at 10,000 postings, against the encoder's own speed. Usage: python benchmarks/serving.py [POSTINGS]."""

from __future__ import annotations

import datetime as dt
import json
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from _remembering import Remembering
from _table import write

from metier import Recommender
from metier.graph.linker import SkillLinker
from metier.jobs import read_jobs
from metier.models.own import metier_encoder
from metier.records.job import Job
from metier.resumes import read_resume
from metier.retrieval.index import parts_of, search_text
from metier.sample import demo_resumes, jobs_path

METIER = [sys.executable, "-c", "from metier.cli.main import main; main()"]
DAY = "2026-09-15"
SEED = 7
BATCH = 64


def write_feed(path: Path, count: int) -> None:
    """Write postings: those of the sample with a line of another one put in, so that no two are alike."""
    rows = [json.loads(line) for line in jobs_path().read_text(encoding="utf-8").splitlines()]
    chance = random.Random(SEED)
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            row, other = dict(rows[number % len(rows)]), chance.choice(rows)
            lines = row["description"].split("\n")
            lines.insert(chance.randrange(len(lines)), chance.choice(other["description"].split("\n")))
            row |= {"id": f"{number}", "company": f"{row['company']} {number % 977}", "description": "\n".join(lines)}
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def seconds(act: Callable[[], object]) -> float:
    """Time an act once."""
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def median_of(count: int, act: Callable[[], object]) -> float:
    """Time an act several times; give the median in seconds."""
    return statistics.median(seconds(act) for _ in range(count))


def encoder_seconds(feed: Path, count: int) -> float:
    """Give the seconds that the encoder alone needs for a share of the texts that an import encodes, batched as there."""
    encoder = metier_encoder()
    encoder.encode(["warm", "up"])
    jobs = [job for job in read_jobs(str(feed), graph=SkillLinker()) if isinstance(job, Job)][:count]
    total = 0.0
    for first in range(0, len(jobs), BATCH):
        batch = jobs[first : first + BATCH]
        texts = [search_text(job) for job in batch] + [part.text for job in batch for part in parts_of(job)]
        total += seconds(lambda texts=texts: encoder.encode(list(dict.fromkeys(texts))))
    return total


def main() -> None:
    """Measure and write the table."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    shown = min(count, 2000)
    with tempfile.TemporaryDirectory() as scratch:
        feed, uri = Path(scratch) / "feed.jsonl", str(Path(scratch) / "catalog")
        write_feed(feed, count)
        alone = shown / encoder_seconds(feed, shown)
        command = [*METIER, "import", "jobs", str(feed), "--catalog", uri]
        imported = count / seconds(lambda: subprocess.run(command, check=True, stderr=subprocess.DEVNULL))
        again = seconds(lambda: subprocess.run(command, check=True, stderr=subprocess.DEVNULL))
        resume = str(demo_resumes()[0])
        command = [*METIER, "recommend", resume, "--catalog", uri, "--json", "--as-of", DAY]

        def recommend() -> None:
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

        recommend()
        cold = median_of(5, recommend)
        day = dt.date.fromisoformat(DAY)
        with_encoder = Recommender.open(uri)
        person = read_resume(resume, graph=with_encoder.graph)
        with_encoder.jobs_for(person, as_of=day)
        warm = median_of(20, lambda: with_encoder.jobs_for(person, as_of=day))
        without = Recommender.open(uri, encoder=Remembering(metier_encoder()))
        without.jobs_for(person, as_of=day)
        bare = median_of(20, lambda: without.jobs_for(person, as_of=day))
        memory = (
            max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1e6
        )
    rows = [
        [
            "import, postings a second",
            f"{imported:.1f}",
            f"the encoder alone on the same texts: {alone:.1f} ({imported / alone:.0%})",
        ],
        ["the same feed again, nothing changed", f"{again:.0f} s", f"{count / again:.0f} postings a second"],
        ["`metier recommend`, whole process, median of 5", f"{cold:.2f} s", ""],
        [
            "a query in a warm process, median of 20",
            f"{1000 * bare:.0f} ms without the encoder",
            f"with it: {1000 * warm:.0f} ms",
        ],
        ["peak memory of any of these", f"{memory:.2f} GB", ""],
    ]
    write(__file__, "Serving", f"{count} postings, made of those of the sample.", ["what", "figure", "beside it"], rows)


if __name__ == "__main__":
    main()
