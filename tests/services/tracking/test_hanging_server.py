"""The worst server accepts and never answers: the job, the Test button and the outbox all come away."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from services.tracking import connection, runs, store
from services.tracking.errors import WandbUnreachableError
from services.tracking.weave_service import weave
from tests.services.tracking.conftest import KEY
from tests.services.tracking.test_weave_service import _call
from tests.standins import transaction_log
from tests.standins.tracking_server import TrackingServer


def test_nobody_waits_long_and_everything_arrives_once_it_answers(
    server: TrackingServer, connect: Callable[[str], None], written: Callable[[], None]
) -> None:
    connect(KEY)
    server.fault = "hang"
    began = time.monotonic()
    run = runs.open_run("ftjob-hang", name="hang", config={})
    run.log(1, {"train_loss": 1.0})
    run.log(2, {"train_loss": 0.5})
    weave.record_call(_call(1))
    written()
    assert time.monotonic() - began < 4

    began = time.monotonic()
    with pytest.raises(WandbUnreachableError):
        connection.test_connection()
    assert time.monotonic() - began < 11

    began = time.monotonic()
    result = weave.flush(timeout=2)
    assert time.monotonic() - began < 8
    assert (result.waiting, result.error_code) == (1, "wandb_unreachable")

    state = run.finish("succeeded", wait=60)
    assert (state.mode, state.error_code) == ("offline", "wandb_unreachable")
    assert [row["_step"] for row in transaction_log.read(Path(state.directory)).history] == [1, 2]

    server.fault = None
    store.retry_now()
    assert runs.sync_pending().synced == 1
    assert [line["_step"] for line in server.wandb.runs["ftjob-hang"].history] == [1, 2]
    assert weave.flush().sent == 1
    assert store.pending() == 0
