"""What the engine keeps in its data directory: one SQLite file, uploaded files by content, trained models."""

from dataclasses import dataclass
from pathlib import Path

from engine.store.batches import BatchStore
from engine.store.database import Database, StoreError
from engine.store.events import EventStore
from engine.store.files import FileStore
from engine.store.jobs import JobStore
from engine.store.models import ModelStore

__all__ = ["Store", "StoreError"]


@dataclass(frozen=True)
class Store:
    """Every table and folder under one data directory; safe to open in several processes at once."""

    root: Path
    files: FileStore
    jobs: JobStore
    events: EventStore
    models: ModelStore
    batches: BatchStore

    @classmethod
    def open(cls, root: Path) -> "Store":
        """Open, creating what is missing."""
        root.mkdir(parents=True, exist_ok=True)
        database = Database(root / "engine.db")
        database.prepare()
        return cls(
            root=root,
            files=FileStore(database, root / "files"),
            jobs=JobStore(database),
            events=EventStore(database),
            models=ModelStore(database, root / "models"),
            batches=BatchStore(database),
        )
