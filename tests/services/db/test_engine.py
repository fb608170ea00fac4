"""SQLite under several threads: nobody is turned away, readers do not wait for writers."""

import threading
import time

import sqlalchemy as sa

from services.db import SessionLocal
from services.db.models import Preference


def test_concurrent_read_then_write_loses_nothing(database: str) -> None:
    with SessionLocal.begin() as session:
        session.add(Preference(key="n", value={"n": 0}))

    def count() -> None:
        for _ in range(30):
            with SessionLocal.begin() as session:
                row = session.get_one(Preference, "n")
                row.value = {"n": row.value["n"] + 1}

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with SessionLocal() as session:
        assert session.get_one(Preference, "n").value == {"n": 120}


def test_a_reader_does_not_wait_for_a_writer(database: str) -> None:
    held = threading.Event()
    leave = threading.Event()

    def write() -> None:
        with SessionLocal.begin() as session:
            session.add(Preference(key="slow", value={}))
            session.flush()
            held.set()
            leave.wait(5)

    thread = threading.Thread(target=write)
    thread.start()
    held.wait(5)
    started = time.monotonic()
    with SessionLocal.reading() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(Preference)) == 0
    assert time.monotonic() - started < 4
    leave.set()
    thread.join()
