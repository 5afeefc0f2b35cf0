"""What a catalog holds is counted, and so is what waits."""

from metier.catalog import Catalog
from metier.records.job import Job
from metier.retrieval.index import Indexer
from metier.testing import HashEncoder

ENCODER = HashEncoder()
JOBS = [Job(id=str(number), source="feed.csv", title="Welder", text="Welder of pipe") for number in range(3)]


def test_status_counts(tmp_path):
    with Catalog.open(str(tmp_path / "c"), encoder_id=ENCODER.model_id, size=ENCODER.size) as catalog:
        Indexer(catalog=catalog, encoder=ENCODER).write(JOBS)
        status = catalog.status()
        assert (status.jobs, status.people, status.encoder_id) == (len(JOBS), 0, ENCODER.model_id)
        assert status.bytes_on_disk > 0
        assert status.not_indexed == len(JOBS)
        catalog.search_text("job", "welder", depth=1)
        assert catalog.status().not_indexed == 0
