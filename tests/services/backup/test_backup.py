"""Backup and restore: everything comes back, nothing secret leaves, a bad file changes nothing."""

import io
import json
import shutil
import zipfile
from pathlib import Path

import pytest
import sqlalchemy as sa

from services.acts import records
from services.backup import archive, service
from services.backup.errors import BackupNewerError, BusyError, NotABackupError
from services.config import save
from services.db import SessionLocal
from services.db.models import Element, Job, LegalAct
from services.jobs import service as jobs
from services.tracking import runs


def act(title: str) -> int:
    with SessionLocal.begin() as session:
        row = records.add(session, f"Стаття 1. {title}", title)
        session.add(Element(act_id=row.id, type="RIGHT", start=0, end=6, quote="Стаття", status="gold"))
        return row.id


def titles() -> list[str]:
    with SessionLocal.reading() as session:
        return list(session.scalars(sa.select(LegalAct.title).order_by(LegalAct.id)))


def test_everything_comes_back(database: str, data_dir: Path) -> None:
    act("Про надра")
    model = data_dir / "engine" / "models" / "ft" / "model.json"
    model.parent.mkdir(parents=True)
    model.write_text('{"навчено": true}', encoding="utf-8")
    made = service.create()
    act("Зайвий акт")
    model.write_text("зіпсовано", encoding="utf-8")
    before = service.restore(io.BytesIO(made.path.read_bytes()))
    assert titles() == ["Про надра"]
    with SessionLocal.reading() as session:
        assert session.scalars(sa.select(Element.status)).all() == ["gold"]
    assert json.loads(model.read_text(encoding="utf-8")) == {"навчено": True}
    service.restore(io.BytesIO(before.path.read_bytes()))
    assert titles() == ["Про надра", "Зайвий акт"]


def test_runs_that_wait_for_wandb_come_back_and_can_still_be_sent(database: str, data_dir: Path) -> None:
    run = runs.open_run("r1", name="перший", config={}, tags=[])
    run.log(1, {"train_loss": 0.5})
    run.finish("succeeded")
    journal = next((data_dir / "tracking").rglob("r1.jsonl"))
    kept = journal.read_text(encoding="utf-8")
    made = service.create()
    shutil.rmtree(data_dir / "tracking")
    runs.open_run("r2", name="пізніший", config={}, tags=[]).finish("succeeded")
    service.restore(io.BytesIO(made.path.read_bytes()))
    assert journal.read_text(encoding="utf-8") == kept
    assert not list((data_dir / "tracking").rglob("r2.jsonl"))


def test_what_was_here_is_kept_without_what_is_being_restored(database: str) -> None:
    made = service.create()
    before = service.restore(io.BytesIO(made.path.read_bytes()))
    with zipfile.ZipFile(before.path) as kept, zipfile.ZipFile(made.path) as first:
        assert kept.namelist() == first.namelist()


def test_a_backup_holds_no_key_and_no_log(
    database: str, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NORMA_ENV_FILE", str(data_dir / ".env"))
    save({"OPENAI_API_KEY": "sk-secret-123456", "WANDB_API_KEY": "w" * 40})
    (data_dir / "logs").mkdir(exist_ok=True)
    (data_dir / "logs" / "app.log").write_text("журнал", encoding="utf-8")
    with zipfile.ZipFile(service.create().path) as made:
        names = made.namelist()
        content = b"".join(made.read(name) for name in names)
    assert set(names) >= {"norma.db", archive.MANIFEST}
    assert not any(name.startswith(("logs", "run", "backups")) or "jobs.db" in name for name in names)
    assert b"sk-secret-123456" not in content
    assert b"w" * 40 not in content


def zipped(files: dict[str, bytes]) -> io.BytesIO:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, data in files.items():
            made.writestr(name, data)
    out.seek(0)
    return out


MANIFEST = json.dumps({"app": "norma", "format": 1}).encode()


@pytest.mark.parametrize(
    "file",
    [
        io.BytesIO(b"not a zip"),
        zipped({"readme.txt": b"x"}),
        zipped({archive.MANIFEST: MANIFEST}),
        zipped({archive.MANIFEST: MANIFEST, "norma.db": b"not a database"}),
        zipped({archive.MANIFEST: MANIFEST, "norma.db": b"", "../outside.txt": b"x"}),
        zipped({archive.MANIFEST: b'{"app": "other", "format": 1}', "norma.db": b""}),
    ],
    ids=["no-zip", "foreign", "no-database", "broken-database", "outside", "other-app"],
)
def test_a_file_that_is_no_backup_changes_nothing(database: str, file: io.BytesIO, tmp_path: Path) -> None:
    act("Про надра")
    with pytest.raises(NotABackupError):
        service.restore(file)
    assert titles() == ["Про надра"]
    assert not list(tmp_path.rglob("outside.txt"))


def test_a_backup_of_a_later_version_is_refused(database: str) -> None:
    made = service.create()
    with zipfile.ZipFile(made.path) as archived:
        files = {name: archived.read(name) for name in archived.namelist()}
    with SessionLocal.reading() as session:
        revision = session.execute(sa.text("SELECT version_num FROM alembic_version")).scalar_one()
    files["norma.db"] = files["norma.db"].replace(revision.encode(), b"9999")
    with pytest.raises(BackupNewerError):
        service.restore(zipped(files))


def test_running_work_is_not_cut_off(database: str) -> None:
    made = service.create()
    job_id = jobs.submit("extraction", {"act_ids": [1], "model": "m"}, dedupe_key="x").job_id
    with pytest.raises(BusyError):
        service.restore(io.BytesIO(made.path.read_bytes()))
    jobs.cancel(job_id)
    service.restore(io.BytesIO(made.path.read_bytes()))
    with SessionLocal.reading() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(Job)) == 0


def test_old_backups_make_room_for_new_ones(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "_KEPT", 2)
    folder = service.create().path.parent
    for day in ("20260101-000000", "20260102-000000", "20260103-000000"):
        (folder / f"norma-{day}.zip").write_bytes(b"x")
    newest = service.create()
    assert sorted(folder.glob("norma-*.zip"))[-1] == newest.path
    assert len(list(folder.glob("norma-*.zip"))) == 2
