"""Asking politely, again after a fault, and never following where a redirect leads."""

import json
import socket
from pathlib import Path
from typing import Any

import pytest

from services.acts.rada import pacing
from services.acts.rada.client import Client
from services.acts.rada.errors import (
    BlockedError,
    DailyLimitError,
    MovedError,
    NotAtRadaError,
    OfflineError,
    RadaError,
    ServiceFailedError,
    UnreachableError,
    UnreadableReplyError,
)
from tests.services.acts.rada.conftest import Time
from tests.standins.http_server import Reply
from tests.standins.rada_service import DECREE, LAW, RadaService

CARD = f"laws/card/{LAW}.json"


def test_the_service_is_asked_as_a_reader_of_open_data(client: Client, rada: RadaService) -> None:
    reply = client.get(f"laws/card/{DECREE}.json", DECREE)
    assert json.loads(reply.data)["nreg"] == DECREE
    assert rada.asked == [f"laws/card/{DECREE}.json"]


def test_any_other_name_is_sent_to_the_web_site_and_not_followed(
    client: Client, rada: RadaService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.acts.rada.client.USER_AGENT", "OpenData/1.0")
    with pytest.raises(MovedError) as caught:
        client.get(CARD, LAW)
    assert caught.value.data == {"to": "zakon.rada.gov.ua"}
    assert len(rada.asked) == 1


def test_what_is_unchanged_is_not_sent_again(client: Client, rada: RadaService) -> None:
    first, second = client.get(CARD, LAW), client.get(CARD, LAW)
    assert (first.fresh, second.fresh) == (True, False)
    assert first.data == second.data
    assert rada.unchanged == 1


def test_where_the_kept_answer_is_gone_it_is_asked_for_whole(client: Client, rada: RadaService) -> None:
    client.get(CARD, LAW).path.unlink()
    assert client.get(CARD, LAW).fresh
    assert rada.unchanged == 0


def test_requests_are_a_second_apart_and_acts_five_to_seven(client: Client, time: Time) -> None:
    for _ in range(3):
        client.get(CARD, LAW)
    client.pace.rest()
    client.get(CARD, LAW)
    assert time.slept[:2] == [1.0, 1.0]
    assert 5 <= time.slept[2] <= 7


def test_no_minute_sees_more_than_sixty_requests(client: Client, rada: RadaService, time: Time) -> None:
    began = time.now
    for _ in range(61):
        client.get(CARD, LAW)
    assert time.now - began >= 60


def test_a_second_client_keeps_the_same_pace(client: Client, rada: RadaService, time: Time) -> None:
    client.get(CARD, LAW)
    with Client(sleep=time.sleep, clock=time.clock) as other:
        other.get(CARD, LAW)
    assert time.slept == [1.0]


def test_a_clock_that_was_set_back_keeps_nobody_waiting(client: Client, time: Time) -> None:
    client.get(CARD, LAW)
    time.now -= 3 * 3600
    client.get(CARD, LAW)
    assert time.slept == []


def test_the_daily_limit_ends_the_work_and_the_next_day_begins_anew(
    client: Client, time: Time, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pacing, "MOST_BYTES", 500)
    client.get(CARD, LAW)
    with pytest.raises(DailyLimitError):
        client.get(CARD, LAW)
    time.now += 24 * 3600
    assert client.get(CARD, LAW).data


@pytest.mark.parametrize("fault", ["drop", 500, 502, 503])
def test_a_passing_fault_is_met_with_patience(
    client: Client, rada: RadaService, time: Time, fault: Any
) -> None:
    rada.faults = [fault, fault, fault]
    assert client.get(CARD, LAW).fresh
    assert [pause for pause in time.slept if pause >= 4] == [4, 8, 12]


@pytest.mark.parametrize(
    ("fault", "error"), [("drop", UnreachableError), (503, ServiceFailedError), (429, BlockedError)]
)
def test_a_lasting_fault_is_given_up_with_its_name(
    client: Client, rada: RadaService, fault: Any, error: type[RadaError]
) -> None:
    rada.faults = [fault] * 9
    with pytest.raises(error):
        client.get(CARD, LAW)
    assert len(rada.asked) == 4


def test_too_many_requests_wait_as_long_as_the_service_says(
    client: Client, rada: RadaService, time: Time
) -> None:
    rada.faults = [Reply(b"", 429, headers={"Retry-After": "30"})]
    assert client.get(CARD, LAW).fresh
    assert 30 in time.slept


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (403, BlockedError),
        (404, NotAtRadaError),
        (301, MovedError),
        (302, MovedError),
        (400, ServiceFailedError),
    ],
)
def test_an_answer_that_waiting_does_not_change(
    client: Client, rada: RadaService, fault: int, error: type[RadaError]
) -> None:
    rada.faults = [fault] * 9
    with pytest.raises(error):
        client.get(CARD, LAW)


def test_without_a_network_it_is_said_at_once(
    data_dir: Path, time: Time, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RADA_BASE_URL", "http://no-such-host.invalid")

    def unresolved(*_: Any, **__: Any) -> Any:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unresolved)
    with Client(sleep=time.sleep, clock=time.clock) as client, pytest.raises(OfflineError) as caught:
        client.get(CARD, LAW)
    assert caught.value.data == {"host": "no-such-host.invalid"}
    assert time.slept == []


def test_a_closed_door_is_unreachable(data_dir: Path, time: Time, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        monkeypatch.setenv("RADA_BASE_URL", f"http://127.0.0.1:{taken.getsockname()[1]}")
        with Client(sleep=time.sleep, clock=time.clock) as client, pytest.raises(UnreachableError):
            client.get(CARD, LAW)


def test_an_answer_that_only_drips_is_given_up(
    client: Client, rada: RadaService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.acts.rada.client._LONGEST", 0.2)
    rada.faults = [Reply(b"{" * 10_000, drip=0.02)] * 4
    with pytest.raises(UnreachableError):
        client.get(CARD, LAW)
    assert len(rada.asked) == 4


def test_an_endless_answer_is_cut_off(
    client: Client, rada: RadaService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.acts.rada.client._LARGEST", 1000)
    with pytest.raises(UnreadableReplyError):
        client.get(f"laws/show/{LAW}", LAW)
