"""The Test button of Setup, through W&B's own client."""

from collections.abc import Callable

import pytest

from services.tracking import connection
from services.tracking.errors import WandbKeyMissingError, WandbKeyRejectedError
from tests.services.tracking.conftest import KEY
from tests.standins.tracking_server import TrackingServer


def test_a_good_key_is_answered_with_its_entity(
    server: TrackingServer, connect: Callable[[str], None]
) -> None:
    connect(KEY)
    assert connection.test_connection() == "legal-department"
    assert server.wandb.runs == {}


@pytest.mark.parametrize("key", ["f" * 40, "too-short"])
def test_a_wrong_key_is_named_as_such(
    server: TrackingServer, connect: Callable[[str], None], key: str
) -> None:
    connect(KEY)
    with pytest.raises(WandbKeyRejectedError) as raised:
        connection.test_connection(api_key=key)
    assert raised.value.data == {"host": server.url.removeprefix("http://")}


def test_the_stored_key_is_not_shown_to_another_address(
    server: TrackingServer, connect: Callable[[str], None]
) -> None:
    connect(KEY)
    with TrackingServer() as other:
        with pytest.raises(WandbKeyMissingError):
            connection.test_connection(base_url=other.url)
        assert other.requests == []


def test_no_key_is_answered_without_asking(server: TrackingServer, connect: Callable[[str], None]) -> None:
    with pytest.raises(WandbKeyMissingError):
        connection.test_connection()
    assert server.requests == []
