"""The same 200 passages through LangExtract, with the same loopback model and as many calls at once.

The model is served here; LangExtract runs in a process of its own, in an environment made for it.
"""

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks import elsewhere, report
from benchmarks.throughput import ACT, AT_ONCE, LATENCY, PASSAGES, RUNS, table
from tests.standins.model_service import RIGHT, ModelService, serve

WHOLE_ACT = 4000  # characters of one call: each act is one passage, as it is in Norma's run


def main() -> None:
    """Measure several times, write the middle and the worst."""
    with elsewhere.python_with(*elsewhere.LANGEXTRACT) as python:
        if python is None:
            return
        spans = [measure(python) for _ in range(RUNS)]
    about = (
        f"The same {PASSAGES} acts and the same loopback model of {LATENCY} s, `max_workers={AT_ONCE}`, "
        f"`batch_length={AT_ONCE}`, its OpenAI provider; every quote placed, nothing stored.\n\n"
    )
    report.write("throughput_langextract", "Throughput with LangExtract 1.7.1", about + table(spans))


def measure(python: str) -> float:
    """Seconds from first call to last answer of one run."""
    answered: list[float] = []
    model = ModelService(latency=LATENCY)

    def answer(n: int) -> str:
        answered.append(time.perf_counter())
        return reply(model.calls[n - 1])

    model.fault = answer
    with serve(model):
        command = [python, "-m", "benchmarks.throughput_langextract", model.url]
        root = Path(__file__).parent.parent
        placed = subprocess.run(command, cwd=root, check=True, stdout=subprocess.PIPE, text=True).stdout
    assert (len(answered), int(placed)) == (PASSAGES, PASSAGES), f"{len(answered)} calls, {placed} placed"
    return max(answered) - min(answered) + LATENCY


def reply(call: dict[str, Any]) -> str:
    """What LangExtract expects: the right of the act that its prompt ends with."""
    quote = RIGHT.findall(call["messages"][-1]["content"])[-1].strip()
    return json.dumps({"extractions": [{"right": quote, "right_attributes": {}}]}, ensure_ascii=False)


def extract(url: str) -> int:
    """LangExtract's whole work on the acts; how many quotes it placed."""
    import langextract as lx
    from langextract.core.data import Document, ExampleData, Extraction
    from langextract.factory import ModelConfig

    example = ACT.format(n=PASSAGES)
    (quote,) = RIGHT.findall(example)
    found = Extraction(extraction_class="right", extraction_text=quote.strip(), attributes={})
    settings = {"api_key": "sk-loopback", "base_url": url, "max_workers": AT_ONCE}
    documents = lx.extract(
        [Document(text=ACT.format(n=n), document_id=str(n)) for n in range(PASSAGES)],
        prompt_description="Знайди права, дослівно.",
        examples=[ExampleData(text=example, extractions=[found])],
        config=ModelConfig("loop-1", "OpenAILanguageModel", settings),
        max_char_buffer=WHOLE_ACT,
        batch_length=AT_ONCE,
        max_workers=AT_ONCE,
        show_progress=False,
    )
    return sum(e.char_interval is not None for document in documents for e in document.extractions)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(extract(sys.argv[1]))
    else:
        main()
