"""Many kills at points nobody chose; outside CI, `test_recovery.py` is the short version."""

import random
import time

import pytest

from tests.engine.server import EngineServer, conversation
from tests.engine.test_recovery import family, gone, trainers


@pytest.mark.soak
def test_twenty_kills_at_random_points_lose_no_job(own_server: EngineServer, rows: list[str]) -> None:
    chance = random.Random(2026)
    jobs = []
    for round_ in range(20):
        jobs.append(own_server.launch(rows[:12], metadata={"round": str(round_)}))
        time.sleep(chance.uniform(0, 2.5))
        started = family(own_server)
        if round_ % 2:
            for trainer in trainers(jobs[-1]):
                trainer.kill()
        own_server.kill()
        own_server.start()
        assert gone(started)
    for round_, job in enumerate(jobs):
        finished = own_server.wait(job, seconds=300)
        assert finished.status == "succeeded", (round_, finished.error)
        assert finished.metadata == {"round": str(round_)}
        own_server.client.chat.completions.create(
            model=finished.fine_tuned_model or "", messages=conversation("Суд ухвалює рішення.")
        )
    owned = {model.id for model in own_server.client.models.list()}
    assert {job.fine_tuned_model for job in own_server.client.fine_tuning.jobs.list(limit=50)} <= owned
    drafts = [path.name for path in (own_server.data / "models").iterdir() if path.name.startswith("draft-")]
    assert drafts == []
