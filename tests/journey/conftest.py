"""One application for the whole journey: started as a user starts it, on an empty folder."""

from collections.abc import Iterator

import pytest

from tests.browser import Server, browser, chromium_page, serve

__all__ = ["browser", "chromium_page"]


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The running application; its own data directory, engine and worker."""
    folder = tmp_path_factory.mktemp("journey")
    own = dict.fromkeys(("OPENAI_API_KEY", "OPENAI_BASE_URL", "OPENAI_MODEL", "WANDB_API_KEY"), "")
    with serve(folder, env={**own, "DATABASE_URL": "", "WANDB_ENABLED": "true"}) as running:
        yield running
