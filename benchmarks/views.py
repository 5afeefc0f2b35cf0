"""Jobs that people look at next: `python benchmarks/views.py [DATA_FOLDER LATER_FOLDER [KEPT_FOLDER]]`.

Learns from the views of the earlier period (`train.csv`, `experience.csv`, `positions_of_interest.csv`) and measures on
those after it (`views.csv`), and on rolling splits within the earlier period. *cold*: from work history and wished
positions alone. *session*: the first half of the person's later views is known, the rest is asked for.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
import shutil
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import scipy.sparse as sp
from _table import ROOT, write
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer

from metier.evaluation.bootstrap import bootstrap_interval
from metier.evaluation.metric import ndcg, recall
from metier.jobs import read_jobs
from metier.ranking import PairRanker
from metier.ranking.base import PairModel
from metier.ranking.behaviour import SESSION_DAYS, Behaviour, recent_weights
from metier.ranking.score import session_model
from metier.recommender import Recommender
from metier.records.event import Event, event_id
from metier.records.job import Job
from metier.records.match import Match
from metier.records.profile import Profile
from metier.resumes import make_preferences, read_resume, with_preferences
from metier.retrieval.index import lexical_text
from metier.training.ranker import RankerTraining

SHARED = ROOT.parent / "shared"
K = 20
SPLITS = 2
"""Rolling splits within the earlier period."""
WEEK = dt.timedelta(days=8)
"""As long as the later period."""
MOST = 150
"""Questions of each part of the training."""
SEED = 0
Row = dict[str, str]


def table(path: Path) -> list[Row]:
    """Read a table."""
    with path.open(encoding="utf-8") as lines:
        return [{name: "" if cell == "NA" else cell for name, cell in row.items()} for row in csv.DictReader(lines)]


def views(path: Path) -> list[Event]:
    """Read views as events, oldest first."""
    found = []
    for row in table(path):
        at = dt.datetime.fromisoformat(row["View.Start"].removesuffix(" UTC")).replace(tzinfo=dt.UTC)
        person, job = row["Applicant.ID"], row["Job.ID"]
        key = event_id("click", person, job, at)
        found.append(Event(id=key, kind="click", profile_id=person, job_id=job, actor="person", at=at))
    return sorted(found, key=lambda event: (event.at, event.id))


@dataclass(frozen=True, kw_only=True)
class World:
    """All jobs and people in a catalog's folder, without events, and the views."""

    folder: Path
    earlier: list[Event]
    later: list[Event]

    @classmethod
    def made(cls, data: Path, bench: Path, folder: Path) -> World:
        """Import jobs and people, unless the folder has them."""
        if not (folder / "truth.sqlite").exists():
            recommender = Recommender.open(str(folder))
            feed = folder / "jobs.csv"
            with feed.open("w", encoding="utf-8", newline="") as lines:
                rows = csv.writer(lines)
                rows.writerow(["id", "title", "company", "location", "industry", "description"])
                unique = {
                    row["Job.ID"]: row for path in (data / "train.csv", bench / "views.csv") for row in table(path)
                }
                for key, row in unique.items():
                    place = ", ".join(filter(None, (row["City"], row["State.Name"])))
                    said = f"{row['Title']}. {row['Industry']}".strip()
                    rows.writerow([key, row["Position"] or row["Title"], row["Company"], place, row["Industry"], said])
            jobs = [job for job in read_jobs(str(feed), graph=recommender.graph) if isinstance(job, Job)]
            recommender.add(jobs, with_parts=True)
            recommender.add(people(data, bench / "views.csv", recommender), with_parts=True)
            recommender.catalog.close()
        return cls(folder=folder, earlier=views(data / "train.csv"), later=views(bench / "views.csv"))


def people(data: Path, later: Path, recommender: Recommender) -> list[Profile]:
    """Make resumes of work histories and wished positions; where a person last worked stands as their home."""
    work: dict[str, list[Row]] = defaultdict(list)
    for row in table(data / "experience.csv"):
        if row["Position.Name"] or row["Job.Description"]:
            work[row["Applicant.ID"]].append(row)
    wishes: dict[str, list[str]] = defaultdict(list)
    for row in table(data / "positions_of_interest.csv"):
        if row["Position.Of.Interest"].strip():
            wishes[row["Applicant.ID"]].append(row["Position.Of.Interest"])
    asked = {event.profile_id for path in (data / "train.csv", later) for event in views(path)}
    found = []
    for key in sorted((work.keys() | wishes.keys()) & asked):
        entries = sorted(work[key], key=lambda row: row["Start.Date"], reverse=True)
        home = next((row for row in entries if row["City"].strip()), None)
        resume = {
            "basics": {"location": {"city": home["City"].strip(), "region": home["State.Name"]} if home else {}},
            "work": [
                {
                    "position": row["Position.Name"].strip(),
                    "name": row["Employer.Name"].strip(),
                    "location": ", ".join(filter(None, (row["City"].strip(), row["State.Name"]))),
                    "startDate": row["Start.Date"],
                    "endDate": row["End.Date"],
                    "summary": row["Job.Description"],
                }
                for row in entries
            ],
        }
        if not entries:
            resume["basics"] = {"summary": "Looking for work as " + ", ".join(wishes[key]) + "."}
        with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
            json.dump(resume, file)
            file.flush()
            person = read_resume(file.name, graph=recommender.graph)
        if wishes[key]:
            person = with_preferences(person, make_preferences({"titles": wishes[key]}, source="wishes"))
        found.append(replace(person, id=key, source="views"))
    return found


@dataclass(frozen=True, kw_only=True)
class Case:
    """One person of the later period: what is known, and what is asked for."""

    profile: Profile
    first: tuple[Event, ...]
    wanted: dict[str, int]


@dataclass(kw_only=True)
class Split:
    """A catalog that knows the views before a time, and the people who viewed after it."""

    recommender: Recommender
    cut: dt.datetime
    before: list[Event]
    cold: list[Case]
    session: list[Case]

    @classmethod
    def at(cls, world: World, cut: dt.datetime, end: dt.datetime, events: Sequence[Event], folder: Path) -> Split:
        """Copy the catalog and give it what was before; each job counts from its first view by the person."""
        shutil.copytree(world.folder, folder)
        recommender = Recommender.open(str(folder))
        before = [event for event in events if event.at < cut]
        recommender.catalog.events.append(before)
        known = set(recommender.catalog.ids("person"))
        firsts: dict[str, dict[str, Event]] = defaultdict(dict)
        for event in events:
            if cut <= event.at < end:
                firsts[event.profile_id].setdefault(event.job_id, event)
        cold, session = [], []
        for key, done in sorted(firsts.items()):
            profile = recommender.catalog.people([key])[0] if key in known else Profile(id=key, source="views", text="")
            seen = list(done.values())
            cold.append(Case(profile=profile, first=(), wanted=dict.fromkeys(done, 1)))
            half = len(seen) // 2
            if half:
                rest = dict.fromkeys((event.job_id for event in seen[half:]), 1)
                session.append(Case(profile=profile, first=tuple(seen[:half]), wanted=rest))
        return cls(recommender=recommender, cut=cut, before=before, cold=cold, session=session)


Ranked = Callable[[Case], list[str]]


def popularity_of(split: Split) -> list[str]:
    """Give all jobs, the most viewed first."""
    count = Counter(event.job_id for event in split.before)
    return sorted(split.recommender.catalog.ids("job"), key=lambda key: (-count[key], key))


def knn(split: Split) -> Ranked:
    """Item-kNN: the cosine of the sets of people who viewed two jobs; popularity where there is none."""
    popular = popularity_of(split)
    jobs = {key: place for place, key in enumerate(split.recommender.catalog.ids("job"))}
    names = list(jobs)
    rows: dict[str, int] = {}
    pairs = {(rows.setdefault(event.profile_id, len(rows)), jobs[event.job_id]) for event in split.before}
    first, second = zip(*sorted(pairs), strict=True)
    viewed = sp.csc_matrix((np.ones(len(first)), (first, second)), shape=(len(rows), len(jobs)))
    viewed = viewed @ sp.diags(1 / np.sqrt(np.maximum(np.asarray(viewed.sum(axis=0)).ravel(), 1)))

    def rank(case: Case) -> list[str]:
        held = [jobs[event.job_id] for event in case.first]
        if not held:
            return popular
        near = np.asarray((viewed.T @ viewed[:, held]).sum(axis=1)).ravel()
        return [*(names[place] for place in np.argsort(-near, kind="stable") if near[place] > 0), *popular]

    return rank


def bm25(split: Split) -> Ranked:
    """BM25 over the postings; the query is the resume with the wishes, and what was viewed first."""
    popular = popularity_of(split)
    jobs = {job.id: job for job in split.recommender.catalog.jobs(split.recommender.catalog.ids("job"))}

    def rank(case: Case) -> list[str]:
        texts = [*case.profile.preferences.titles, lexical_text(case.profile)]
        texts += [lexical_text(jobs[event.job_id]) for event in case.first]
        query = " ".join(texts).strip()
        hits = split.recommender.catalog.search_text("job", query, depth=200) if query else []
        return [*(key for key, _ in hits), *popular]

    return rank


def tfidf(split: Split) -> Ranked:
    """TF-IDF of titles and places: the mean cosine with what was viewed first, and with history and wishes."""
    popular = popularity_of(split)
    jobs = split.recommender.catalog.jobs(split.recommender.catalog.ids("job"))
    row_of = {job.id: row for row, job in enumerate(jobs)}
    vectoriser = TfidfVectorizer(sublinear_tf=True)
    matrix = vectoriser.fit_transform(
        [" ".join([job.title, *(one.value.text for one in job.job_location)]) for job in jobs]
    )

    def rank(case: Case) -> list[str]:
        person = case.profile
        words = [*person.preferences.titles]
        words += [part.value for work in person.work for part in (work.position,) if part]
        words += [work.location.value.text for work in person.work if work.location]
        scores: NDArray[np.float64] = np.zeros(len(jobs))
        if words:
            scores += np.asarray((matrix @ vectoriser.transform([" ".join(words)]).T).todense()).ravel()
        if case.first:
            held = matrix[[row_of[event.job_id] for event in case.first]]
            scores += np.asarray((matrix @ held.T).mean(axis=1)).ravel()
        return [*(jobs[place].id for place in np.argsort(-scores, kind="stable")[:200] if scores[place] > 0), *popular]

    return rank


@dataclass(eq=False)
class Found:
    """What Metier finds for each case, searched and scored as `jobs_for` does; the factors serve every model."""

    split: Split
    known: dict[int, list[Match]] = field(default_factory=dict)

    def matches(self, case: Case) -> list[Match]:
        """Give the pairs of a case that no condition rules out."""
        if id(case) not in self.known:
            recommender, cut = self.split.recommender, self.split.cut
            since = cut - dt.timedelta(days=SESSION_DAYS)
            popularity = recommender.catalog.events.people_by_job(since=since, before=cut)
            weights = recent_weights(reversed(case.first), before=case.first[-1].at if case.first else cut)
            recent = recommender.recent_jobs(weights)
            behaviour = Behaviour(recent_of=lambda _: recent, popularity=popularity)
            jobs = recommender.jobs_found(case.profile, cut.date(), behaviour)
            model = session_model()
            ranker = PairRanker(encoder=recommender.encoder, graph=recommender.graph, model=model, behaviour=behaviour)
            pairs = recommender.pairs([(case.profile, job) for job in jobs])
            self.known[id(case)] = ranker.rank(pairs, as_of=cut.date())
        return self.known[id(case)]

    def ranked_by(self, model: PairModel) -> Ranked:
        """Rank with a model over the factors of `session_model`."""

        def rank(case: Case) -> list[str]:
            matches = self.matches(case)
            rows = np.array([[factor.value for factor in match.factors] for match in matches])
            scores = np.round(model.score(rows), 6) if matches else []
            return [
                match.job.id
                for _, match in sorted(zip(-scores, matches, strict=True), key=lambda pair: (pair[0], pair[1].job.id))
            ]

        return rank


def measured(rank: Ranked, cases: Sequence[Case]) -> list[tuple[float, float]]:
    """Give recall@20 and ndcg@20 of each case; what was viewed first is left out of the list."""
    found = []
    for case in cases:
        seen = {event.job_id for event in case.first}
        ranked = [key for key in dict.fromkeys(rank(case)) if key not in seen][:K]
        found.append((recall(ranked, case.wanted, k=K), ndcg(ranked, case.wanted, k=K)))
    return found


def rankers(split: Split) -> dict[str, Ranked]:
    """Give what is compared."""
    trained = RankerTraining(seed=SEED, most=MOST).train(split.recommender)
    found = Found(split)
    popular = popularity_of(split)
    return {
        "popularity": lambda _: popular,
        "item-kNN": knn(split),
        "BM25": bm25(split),
        "TF-IDF of titles and places": tfidf(split),
        "Metier, zero-shot": found.ranked_by(session_model()),
        "Metier after `train ranker`": found.ranked_by(trained.model),
    }


def interval(values: Sequence[float]) -> str:
    """Give a mean with its interval."""
    low, high = bootstrap_interval(values, seed=SEED)
    return f"{np.mean(values):.3f} [{low:.3f}, {high:.3f}]"


Measured = dict[tuple[str, str], list[tuple[float, float]]]


def lines(measurements: Measured, of: str) -> list[list[str]]:
    """Give the table's rows of some splits; the last cells compare the trained Metier with each row, person by person."""
    names = list(dict.fromkeys(name for _, name in measurements))
    rows = []
    for protocol in ("cold", "session"):
        best = measurements[protocol, names[-1]]
        for name in names:
            values = measurements[protocol, name]
            gains = [after[0] - before[0] for after, before in zip(best, values, strict=True)]
            cells = [interval([value[place] for value in values]) for place in (0, 1)]
            rows.append([of, protocol, str(len(values)), name, *cells, "" if name == names[-1] else interval(gains)])
    return rows


def main() -> None:
    """Measure and write the table."""
    data, bench = map(Path, sys.argv[1:3]) if len(sys.argv) > 2 else (SHARED / "data/views", SHARED / "bench/views-dev")
    if not data.is_dir() or not bench.is_dir():
        print(f"{data} or {bench} is not there: nothing is measured")
        return
    with tempfile.TemporaryDirectory() as scratch:
        kept = Path(sys.argv[3]) if len(sys.argv) > 3 else Path(scratch) / "world"  # the import, which takes a minute
        world = World.made(data, bench, kept)
        end = world.earlier[-1].at
        after = end + dt.timedelta(microseconds=1)
        rows: list[list[str]] = []
        events = [*world.earlier, *world.later]
        periods = {"later period": [(after, after + 52 * WEEK)]}
        periods[f"{SPLITS} rolling splits"] = [
            (end - WEEK * place, end - WEEK * (place - 1)) for place in range(1, SPLITS + 1)
        ]
        for name, cuts in periods.items():
            pooled: Measured = defaultdict(list)
            for cut, until in cuts:
                split = Split.at(world, cut, until, events, Path(scratch) / f"{cut:%Y%m%d}")
                for method, rank in rankers(split).items():
                    pooled["cold", method] += measured(rank, split.cold)
                    pooled["session", method] += measured(rank, split.session)
            rows += lines(pooled, name)
            report(rows)


def report(rows: list[list[str]]) -> None:
    """Write what was measured so far."""
    about = (
        "Jobs viewed later, among all; means over people with 95 % bootstrap intervals (1,000 resamples). Most people of a "
        "period are new and have neither work history nor wishes: of these *cold* knows nothing, and every method falls "
        "back to popularity. The last column is the gain in recall@20 of the trained Metier over the row, person by person."
    )
    header = ["period", "protocol", "people", "method", "recall@20", "ndcg@20", "gain of the last"]
    write(__file__, "Jobs that people look at next", about, header, rows)


if __name__ == "__main__":
    main()
