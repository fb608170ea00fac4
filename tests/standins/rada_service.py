"""The Rada's open data on loopback: recorded answers, and the faults its clients have met."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from tests.standins.http_server import LoopbackServer, Reply, Request

RECORDED = Path(__file__).parent.parent / "data" / "rada"
LAW = "1103-16"
DECREE = "36-2026-п"
CHANGED = "Mon, 02 Mar 2026 07:45:00 GMT"
_SHELL = "https://zakon.rada.gov.ua/laws/show/"


class RadaService(LoopbackServer):
    """Cards and pages by number; `faults` are met first, one a request.

    A fault is a status, a Reply, or "drop": the connection breaks before an answer.
    """

    def __init__(self) -> None:
        super().__init__(())
        self.cards: dict[str, dict[str, Any]] = {
            DECREE: json.loads((RECORDED / "card-36-2026-п.json").read_text(encoding="utf-8")),
            LAW: law_card(),
        }
        law = (RECORDED / "text-1103-16.html").read_bytes()
        self.pages: dict[str, bytes] = {
            LAW: law,
            f"{LAW}/ed20120223": law.replace(b"02.03.2026", b"23.02.2012").replace(
                "обіг - переміщення".encode(), "обіг - передання".encode()
            ),
            DECREE: decree_page(),
        }
        self.latency = 0.0
        self.faults: list[int | str | Reply] = []
        self.asked: list[str] = []
        self.unchanged = 0
        self.changed = CHANGED

    def publish(self, count: int) -> list[str]:
        """So many short resolutions more, 1001-2026-п and on; their numbers."""
        numbers = [f"{number}-2026-п" for number in range(1001, 1001 + count)]
        for number in numbers:
            self.cards[number] = {**self.cards[DECREE], "nreg": number}
            self.pages[number] = decree_page(number.partition("-")[0])
        return numbers

    def texts_sent(self) -> list[str]:
        """The numbers whose texts were asked for, in that order."""
        return [path.removeprefix("laws/show/") for path in self.asked if path.startswith("laws/show/")]

    def change(self) -> None:
        """From now on everything counts as changed since it was last sent."""
        self.changed = "Fri, 01 Jan 2027 07:45:00 GMT"

    def answer(self, request: Request) -> Reply | None:
        """The reply to one request."""
        path = unquote(request.path).removeprefix("/")
        self.asked.append(path)
        self.released.wait(self.latency)
        if self.faults:
            fault = self.faults.pop(0)
            if fault == "drop":
                return None
            return fault if isinstance(fault, Reply) else Reply(b"", int(fault))
        if request.headers.get("User-Agent") != "OpenData":
            return Reply(b"", 302, headers={"Location": _SHELL})
        return self._found(path, request.headers.get("If-Modified-Since", ""))

    def _found(self, path: str, known: str) -> Reply:
        number = path.removeprefix("laws/card/").removeprefix("laws/show/").removesuffix(".json")
        is_card = path.startswith("laws/card/")
        if number not in (self.cards if is_card else self.pages):
            return Reply(b"", 404)
        if known == self.changed:
            self.unchanged += 1
            return Reply(b"", 304)
        body = json.dumps(self.cards[number]).encode() if is_card else self.pages[number]
        return Reply(body, headers={"Last-Modified": self.changed})


def law_card() -> dict[str, Any]:
    """The card of law 1103-V in the recorded shape; its types, editions and numbers as the real ones vary."""
    return {
        "dokid": 216_520, "nreg": LAW, "typ": 1, "types": "1", "status": 5, "org": "1",
        "n_vlas": "1103-V",
        "nazva": "Про державну систему біобезпеки при створенні, випробуванні, транспортуванні та "
        "використанні генетично модифікованих організмів",
        "orgdat": 20070531, "datred": 20260302, "edcnt": 3,
        "eds": [
            {"podid": 4, "datred": 20070531, "format": 2, "pages": 1, "pidstava": "", "size": 40000},
            {"podid": 0, "datred": 20120223, "format": 2, "pages": 1, "pidstava": "4441-17", "size": 41000},
            {"podid": 0, "datred": 20260302, "format": 2, "pages": 1, "pidstava": "4718-20", "size": 42000},
            {"podid": 0, "datred": 20270101, "format": 2, "pages": 1, "pidstava": "4718-20|4719-20"},
            {"podid": 0, "datred": 30000101, "format": 2, "pages": 1, "pidstava": "4720-20"},
        ],
        "result": "ok", "result_code": 200,
    }  # fmt: skip


def decree_page(number: str = "36") -> bytes:
    """A short act in the shape of the printed page."""
    page = (
        '<html><head><meta charset="utf-8"><title>Про внесення змін | № 36</title>'
        '<link rel="canonical" href="https://zakon.rada.gov.ua/laws/show/36-2026-%D0%BF"></head><body>'
        "<div>Редакція від <b>14.01.2026</b></div>"
        '<div id="article"><p class="rvps1"><a name="n1"></a><span class="rvts15">КАБІНЕТ МІНІСТРІВ УКРАЇНИ'
        '<br>ПОСТАНОВА</span></p><p class="rvps2"><a name="n2"></a>від 14 січня 2026 р. № 36</p>'
        '<p class="rvps2"><a name="n3"></a>Внести до пункту 297<span class="rvts37"><span '
        'style="font-size:0px">-</span>1</span> переліку зміни, що додаються, відповідно до <a '
        'href="/laws/show/1103-16#n8" target="_blank">розділу I</a> Закону.</p></div></body></html>'
    )
    return page.replace("36-2026", f"{number}-2026").replace("№ 36", f"№ {number}").encode()


@contextmanager
def serve() -> Iterator[RadaService]:
    """Run the service on a free port while the block runs."""
    with RadaService() as service:
        yield service
