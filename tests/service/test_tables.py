"""The tables are made once, by whoever comes first."""

from concurrent.futures import ThreadPoolExecutor

import sqlalchemy as sa

from metier.service.tables import open_keys, open_store


def test_several_may_make_the_tables_at_once(tmp_path):
    with ThreadPoolExecutor(4) as pool:
        engines = list(pool.map(lambda _: open_store(tmp_path), range(4)))
    names = sa.inspect(engines[0]).get_table_names()
    assert {"labels", "replies", "searches", "deliveries", "imports", "leases"} <= set(names)
    for engine in engines:
        engine.dispose()


def test_commits_are_synced(tmp_path):
    for engine in (open_store(tmp_path), open_keys(tmp_path)):
        with engine.begin() as connection:
            assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
            assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        engine.dispose()
