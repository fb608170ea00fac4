"""The reading process: opens documents whose libraries cannot be bounded otherwise.

One request a line on standard input, one answer a line on standard output, both JSON. It may take so much
memory and no more; its parent takes care of the time.
"""

import json
import os
import sys
from pathlib import Path
from typing import Any

from services.acts.sources import tables
from services.acts.sources.document import to_json
from services.acts.sources.limits import MEMORY
from services.acts.sources.readers import read_document
from services.errors import AppError

_MOST_WRITTEN = 2 * MEMORY  # bytes of a table's rows on the disk


def main() -> None:
    """Answer requests until standard input ends."""
    # Half a pair of surrogates, which no encoding has, is written as JSON escapes it.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8", errors="backslashreplace")
    # What a library prints must not stand between the answers.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    _bound()
    for line in sys.stdin:
        try:
            answer = _answer(json.loads(line))
        except AppError as problem:
            answer = {"code": problem.code, "data": problem.data}
        except (MemoryError, RecursionError):
            answer = {"code": "document_too_complex", "data": {"memory_mb": MEMORY // 1024**2}}
        except Exception:  # noqa: BLE001 - what libraries raise for broken files has no end
            answer = {"code": "document_damaged", "data": {"kind": json.loads(line)["kind"]}}
        print(json.dumps(answer, ensure_ascii=False), file=answers, flush=True)


def _bound() -> None:
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (_MOST_WRITTEN, _MOST_WRITTEN))


def _answer(request: dict[str, Any]) -> dict[str, Any]:
    path, kind, encoding = Path(request["path"]), request["kind"], request["encoding"]
    if request["what"] == "columns":
        return {"columns": tables.columns(path, kind, encoding)}
    if request["what"] == "rows":
        chosen = request["columns"] and tables.Columns(**request["columns"])
        return {"rows": _written(tables.rows(path, kind, chosen, encoding), Path(request["target"]))}
    return {"document": to_json(read_document(path, kind, encoding))}


def _written(found: Any, target: Path) -> int:
    """Rows go through a file: a table may hold thousands of acts, and an answer is held in memory."""
    count = 0
    with target.open("w", encoding="utf-8", errors="backslashreplace") as file:
        for row in found:
            file.write(json.dumps(row.__dict__, ensure_ascii=False) + "\n")
            count += 1
    return count


if __name__ == "__main__":
    main()
