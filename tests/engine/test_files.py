"""`/v1/files`: kept byte for byte, paged, deleted, refused with a reason."""

from typing import Any

import openai
import pytest
from openai import OpenAI
from openai.types.fine_tuning import FineTuningJob

from tests.engine.server import EngineServer

pytestmark = pytest.mark.xdist_group("engine")  # one engine and one trained model for all

BODY = "Стаття 1. Цей Закон…\n".encode() * 200_000


def blobs(server: EngineServer) -> set[str]:
    """Names of the stored bytes."""
    return {path.name for path in (server.data / "files").iterdir()}


def test_a_file_comes_back_byte_for_byte(client: OpenAI) -> None:
    file = client.files.create(file=("закон.txt", BODY), purpose="user_data")
    assert (file.bytes, file.filename, file.status) == (len(BODY), "закон.txt", "processed")
    assert client.files.retrieve(file.id) == file
    assert client.files.content(file.id).read() == BODY


def test_equal_bytes_are_stored_once_and_kept_until_the_last_file_goes(
    server: EngineServer, client: OpenAI
) -> None:
    before = blobs(server)
    first, second = (client.files.create(file=("a.txt", BODY + b"2"), purpose="user_data") for _ in range(2))
    assert len(blobs(server) - before) == 1
    assert client.files.delete(first.id).deleted
    assert client.files.content(second.id).read() == BODY + b"2"
    client.files.delete(second.id)
    assert blobs(server) == before
    with pytest.raises(openai.NotFoundError) as caught:
        client.files.content(second.id)
    assert caught.value.code == "file_not_found"


def test_listing_pages_through_all_files_of_a_purpose(client: OpenAI) -> None:
    made = [client.files.create(file=(f"{i}.txt", b"x%d" % i), purpose="evals").id for i in range(5)]
    assert [file.id for file in client.files.list(purpose="evals", limit=2)] == made[::-1]
    assert [file.id for file in client.files.list(purpose="evals", limit=2, order="asc")] == made
    page = client.files.list(purpose="evals", limit=2, order="asc", after=made[1])
    assert ([file.id for file in page.data], page.has_more) == (made[2:4], True)


def test_a_lifetime_is_kept_with_the_file(client: OpenAI) -> None:
    file = client.files.create(
        file=("a.txt", b"x"), purpose="user_data", expires_after={"anchor": "created_at", "seconds": 3600}
    )
    assert file.expires_at == file.created_at + 3600


@pytest.mark.parametrize(
    ("name", "body", "purpose", "param"),
    [
        ("набір.txt", b"{}", "fine-tune", "file"),
        ("набір.jsonl", b"", "fine-tune", "file"),
        ("набір.jsonl", b"{}", "fun", "purpose"),
    ],
)
def test_unusable_uploads_are_refused(
    client: OpenAI, name: str, body: bytes, purpose: Any, param: str
) -> None:
    before = client.files.list().data
    with pytest.raises(openai.BadRequestError) as caught:
        client.files.create(file=(name, body), purpose=purpose)
    assert caught.value.param == param
    assert client.files.list().data == before


def test_a_name_with_folders_keeps_only_its_last_part(client: OpenAI) -> None:
    assert client.files.create(file=("../../etc/passwd", b"x"), purpose="user_data").filename == "passwd"


def test_a_file_of_a_finished_job_can_be_deleted_and_the_results_stay(
    server: EngineServer, client: OpenAI, rows: list[str]
) -> None:
    job: FineTuningJob = server.wait(server.launch(rows[:10]))
    assert client.files.delete(job.training_file).deleted
    assert client.files.retrieve(job.result_files[0]).purpose == "fine-tune-results"
