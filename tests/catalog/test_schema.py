import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from metier.catalog.schema import meta, metadata, open_truth


def test_every_commit_of_a_folder_is_synced_before_it_returns(tmp_path):
    engine = open_truth(tmp_path)
    with engine.begin() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2  # FULL
    engine.dispose()


@pytest.mark.parametrize("attempt", range(20))
def test_those_who_make_one_database_at_once_wait_for_each_other(tmp_path, attempt):
    """SQLite's busy timeout does not hold while a new file is turned to WAL."""
    start = threading.Barrier(4)

    def make():
        engine = open_truth(tmp_path)
        start.wait()
        with engine.execution_options(writes=True).begin() as connection:
            metadata.create_all(connection)
            mode = connection.exec_driver_sql("PRAGMA journal_mode").scalar()
        engine.dispose()
        return mode

    with ThreadPoolExecutor(4) as pool:
        made = [pool.submit(make) for _ in range(4)]
        assert [one.result() for one in made] == ["wal"] * 4


def test_two_writers_wait_for_each_other(tmp_path):
    """Each reads a number and writes the next; none is lost and nobody fails with a locked database."""
    engine = open_truth(tmp_path)
    with engine.begin() as connection:
        metadata.create_all(connection)
        connection.execute(sa.insert(meta).values(key="n", value="0"))

    def count():
        for _ in range(20):
            with engine.execution_options(writes=True).begin() as connection:
                before = int(connection.scalar(sa.select(meta.c.value)))
                connection.execute(sa.update(meta).values(value=str(before + 1)))

    threads = [threading.Thread(target=count) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with engine.begin() as connection:
        assert connection.scalar(sa.select(meta.c.value)) == "40"
    engine.dispose()


def test_a_failed_write_leaves_nothing(tmp_path):
    engine = open_truth(tmp_path)
    with engine.begin() as connection:
        metadata.create_all(connection)
    row = sa.insert(meta).values(key="n", value="1")
    with pytest.raises(sa.exc.IntegrityError), engine.execution_options(writes=True).begin() as connection:
        _ = connection.execute(row), connection.execute(row)
    with engine.begin() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(meta)) == 0
    engine.dispose()


def test_a_database_in_memory_lasts_as_long_as_its_engine():
    engine = open_truth(None)
    with engine.begin() as connection:
        metadata.create_all(connection)
    with engine.begin() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(meta)) == 0
    engine.dispose()


def test_a_folder_that_cannot_be_made_is_an_os_error(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(OSError, match="file"):
        open_truth(tmp_path / "file" / "c")
