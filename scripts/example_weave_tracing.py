"""Trace real model calls with Weave, or keep the traces until Weave can be reached.

Exit 0: the calls are traced; 1: the model did not answer; 2: the command was not understood.
"""

import argparse
import json
import sys
import time
from itertools import islice
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts.common import run_safely
from services.config import settings
from services.db import migrate
from services.extraction import prompt, schema
from services.extraction.chunking import Passage
from services.jobs import supervisor
from services.llm import calls, provider
from services.llm.errors import LlmError
from services.llm.ledger import ledger
from services.tracking import environment, outbox
from services.tracking.weave_service import FlushResult, weave

_PASSAGES = 3
_ENGINE_SECONDS = 30.0


def main() -> int:
    """Send passages of the sample acts to the model, traced; say where the traces are."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--example", choices=["basic"], default="basic", help="which example to run")
    arguments.parse_args()
    migrate.upgrade()
    outbox.begin()
    info = provider.current()
    with supervisor.temporary(engine=info.embedded):
        _wait_for_engine(info.embedded)
        answered = sum(_ask(info.default_model, passage) for passage in _passages())
        ledger.close()
        _say(weave.flush() if environment.mode() == "online" else FlushResult(waiting=weave.pending()))
    return 0 if answered == _PASSAGES else 1


def _wait_for_engine(embedded: bool) -> None:
    deadline = time.monotonic() + _ENGINE_SECONDS
    while embedded and not supervisor.engine_alive() and time.monotonic() < deadline:
        time.sleep(0.2)


def _ask(model: str, passage: Passage) -> bool:
    shape: dict[str, Any] = dict(schema.response_format())
    try:
        reply = calls.complete(model, prompt.messages(passage), purpose="example", response_format=shape)
    except LlmError as problem:
        print(f"{model} did not answer: {problem}", file=sys.stderr)
        return False
    found = len(json.loads(reply.content)["elements"])
    print(f"{model} found {found} elements in {len(passage.text)} characters, {reply.latency_ms} ms")
    return True


def _passages() -> list[Passage]:
    with (ROOT / "samples" / "gold_passages.jsonl").open(encoding="utf-8") as file:
        rows = [json.loads(line) for line in islice(file, _PASSAGES)]
    return [Passage(0, len(row["text"]), row["text"], row.get("context") or "") for row in rows]


def _say(result: FlushResult) -> None:
    if environment.mode() == "off":
        print("Tracking is switched off (WANDB_ENABLED=false): nothing was recorded.")
    elif result.waiting == 0:
        print(f"The traces are in Weave, project {settings.WANDB_PROJECT}.")
    else:
        reason = result.error_code or "no key is set"
        print(f"{result.waiting} traces wait on this computer ({reason}). They are sent by themselves later.")


if __name__ == "__main__":
    sys.exit(run_safely(main))
