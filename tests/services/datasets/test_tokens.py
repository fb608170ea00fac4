"""Token counts against OpenAI's own published examples, each in a fresh process without a network."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from services.datasets import tokens

ROOT = Path(__file__).parents[3]
NO_NETWORK = (
    "import socket\ndef refuse(*a, **k): raise OSError('no network')\nsocket.socket.connect = refuse\n"
)


def fresh(code: str, data: Path, **environment: str) -> subprocess.Popen[str]:
    """A new process with its own data folder and no way out."""
    kept = {k: v for k, v in os.environ.items() if k not in ("TIKTOKEN_CACHE_DIR", "DATA_GYM_CACHE_DIR")}
    return subprocess.Popen(
        [sys.executable, "-c", NO_NETWORK + "from services.datasets import tokens\n" + code],
        cwd=ROOT,
        env={**kept, "DATA_DIR": str(data), "TMPDIR": str(data), **environment},
        stdout=subprocess.PIPE,
        text=True,
    )


def answer(process: subprocess.Popen[str]) -> str:
    out, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    return out.strip()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # https://cookbook.openai.com/examples/how_to_count_tokens_with_tiktoken
        ("tiktoken is great!", 6),
        ("antidisestablishmentarianism", 6),
        ("2 + 2 = 4", 7),
        ("お誕生日おめでとう", 8),
        ("", 0),
    ],
)
def test_published_counts(text: str, expected: int) -> None:
    assert tokens.is_exact()
    assert tokens.count(text) == expected


def test_conversation_of_the_cookbook() -> None:
    # Published as 124 prompt tokens: 4 a message, 1 and its own tokens for each name, 3 that open the
    # answer. Training bills neither names it is not given nor an answer not yet opened.
    content = [
        "You are a helpful, pattern-following assistant that translates corporate jargon into plain English.",
        "New synergies will help drive top-line growth.",
        "Things working well together will increase revenue.",
        "Let's circle back when we have more bandwidth to touch base on opportunities "
        "for increased leverage.",
        "Let's talk later when we're less busy about how to do better.",
        "This late pivot means we don't have time to boil the ocean for the client deliverable.",
    ]
    names = sum(1 + tokens.count(name) for name in ["example_user", "example_assistant"] * 2)
    example = [{"role": "system" if i < 5 else "user", "content": text} for i, text in enumerate(content)]
    assert tokens.count_messages(example) == 124 - names - 3


def test_marks_inside_an_act_are_plain_text() -> None:
    assert tokens.count("<|endoftext|>") > 1


def test_threads_that_start_together_agree() -> None:
    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(tokens.count, ["Виконавець зобов'язаний"] * 32)) == {
            tokens.count("Виконавець зобов'язаний")
        }


def test_processes_that_start_together_on_an_empty_folder(tmp_path: Path) -> None:
    started = [
        fresh("print(tokens.count('tiktoken is great!'), tokens.is_exact())", tmp_path) for _ in range(3)
    ]
    assert [answer(process) for process in started] == ["6 True"] * 3
    assert [p.name for p in (tmp_path / "cache" / "tiktoken").iterdir()] == [tokens.CACHE_NAME]


def test_damaged_cache_is_repaired_not_fetched(tmp_path: Path) -> None:
    cache = tmp_path / "cache" / "tiktoken"
    cache.mkdir(parents=True)
    (cache / tokens.CACHE_NAME).write_bytes(b"half a file")
    assert answer(fresh("print(tokens.count('2 + 2 = 4'))", tmp_path)) == "7"


def test_folder_that_cannot_be_written(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder", encoding="utf-8")
    assert answer(fresh("print(tokens.is_exact())", blocked, TMPDIR=str(tmp_path))) == "True"


def test_missing_vocabulary_gives_an_estimate_that_says_so(tmp_path: Path) -> None:
    code = (
        "from pathlib import Path\n"
        "tokens.VOCABULARY = Path('gone.xz')\n"
        "print(tokens.is_exact(), tokens.count('Стаття 1'), tokens.count(''))\n"
    )
    assert answer(fresh(code, tmp_path)) == "False 3 0"
