"""The queue in front of the tagging processes is bounded."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from engine.errors import ApiError
from engine.tagging_pool import TaggingPool


async def ask_all(count: int) -> list[object]:
    """Answers to as many requests at once, refusals among them."""
    pool = TaggingPool()
    try:
        requests = [pool.tag(None, "Суд зобов'язаний розглянути заяву.", "") for _ in range(count)]
        return list(await asyncio.gather(*requests, return_exceptions=True))
    finally:
        pool.close()


def test_more_than_the_queue_holds_is_refused_and_told_when_to_come_back() -> None:
    with ThreadPoolExecutor(1) as own:  # the browser of another test may run a loop in this thread
        answers = own.submit(lambda: asyncio.run(ask_all(300))).result()
    refused = [answer for answer in answers if isinstance(answer, ApiError)]
    served = [answer for answer in answers if isinstance(answer, list)]
    assert (len(served), len(refused)) == (256, 44)
    assert all(answer == served[0] != [] for answer in served)
    assert (refused[0].status, refused[0].code) == (429, "rate_limit_exceeded")
    assert refused[0].response().headers["Retry-After"] == "1"
