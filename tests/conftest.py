"""Every test gets its own data directory, `.env` and database; nothing of the machine's own leaks in."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from services.config import FIELDS
from services.db import engine, migrate
from services.llm import client, prices
from tests import sample_data
from tests.standins.model_service import ModelService, serve

_OURS = {
    "WANDB_ERROR_REPORTING": "false",
    "WANDB_SILENT": "true",
    "WANDB_DISABLE_WEAVE": "true",
    "WEAVE_PRINT_CALL_LINK": "false",
    "LANGUAGE": "",
}


@pytest.fixture(autouse=True)
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty DATA_DIR and no setting from outside; the folder's path."""
    for field in FIELDS:
        monkeypatch.delenv(field.name, raising=False)
    for name, value in _OURS.items():
        monkeypatch.setenv(name, value)
    folder = tmp_path / "data"
    folder.mkdir()
    monkeypatch.setenv("DATA_DIR", str(folder))
    monkeypatch.setenv("NORMA_ENV_FILE", str(tmp_path / ".env"))
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).resolve().parent.parent))
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    os.environ.pop("STREAMLIT_SERVER_PORT", None)
    yield folder
    client.close()
    prices.forget()
    engine.dispose()


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with the newest tables and nothing in them: migrating takes six times as long as copying."""
    path = tmp_path_factory.mktemp("migrated") / "norma.db"
    migrate.upgrade(f"sqlite:///{path}")
    engine.dispose()
    return path


@pytest.fixture
def database(data_dir: Path, migrated: Path) -> str:
    """A migrated, empty SQLite database; its address."""
    shutil.copy(migrated, data_dir / "norma.db")
    return f"sqlite:///{data_dir / 'norma.db'}"


@pytest.fixture
def samples(data_dir: Path) -> int:
    """The sample pack in the database, frozen as a dataset; the dataset's id."""
    return sample_data.copy_into(data_dir)


@pytest.fixture
def loopback(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModelService]:
    """A model on loopback that the settings name, with a key; nothing is tracked."""
    with serve() as running:
        monkeypatch.setenv("OPENAI_BASE_URL", running.url)
        monkeypatch.setenv("OPENAI_API_KEY", "sk-loopback")
        monkeypatch.setenv("OPENAI_MODEL", "loop-1")
        monkeypatch.setenv("WANDB_ENABLED", "false")
        yield running


@pytest.fixture
def model(database: str, loopback: ModelService) -> ModelService:
    """The same beside an empty database."""
    return loopback


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Groups first: one that began last would keep a single process at work while the others have none."""
    items.sort(key=lambda item: item.get_closest_marker("xdist_group") is None)
