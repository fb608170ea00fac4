"""Frozen versions built of the sample pack's confirmed passages."""

import json

import pytest

from services.acts import service as acts
from services.datasets import service as datasets
from services.datasets import tokens
from services.datasets.errors import NoGoldError
from services.errors import NotFoundError
from services.extraction import schema


def test_counts_agree_with_the_rows(samples: int) -> None:
    dataset = datasets.get(samples)
    assert dataset.passages == 170
    for split, counts in dataset.splits.items():
        rows = datasets.all_rows(samples, split)
        assert counts.passages == len(rows)
        assert counts.elements == sum(len(row.elements) for row in rows)
        assert counts.tokens == sum(tokens.count_messages(row.messages) for row in rows)
        assert counts.acts == len({row.act_label for row in rows})
    assert sum(counts.elements for counts in dataset.splits.values()) == 1387
    assert sum(sum(types.values()) for types in dataset.types.values()) == 1387


def test_no_act_and_no_text_is_on_two_sides(samples: int) -> None:
    sides: dict[str, set[str]] = {}
    for split in ("train", "validation", "test"):
        for row in datasets.all_rows(samples, split):
            sides.setdefault(row.act_label, set()).add(split)
            sides.setdefault(row.text, set()).add(split)
    assert all(len(found) == 1 for found in sides.values())
    check = datasets.get(samples).check("split_disjoint")
    assert check is not None and (check.level, check.data["acts"], check.data["texts"]) == ("pass", 0, 0)


def test_a_training_file_teaches_quotes_that_stand_in_its_text(samples: int) -> None:
    lines = datasets.jsonl(samples, "train").decode().splitlines()
    assert len(lines) == datasets.get(samples).splits["train"].passages
    for line in lines:
        messages = json.loads(line)["messages"]
        reply = schema.parse_reply(messages[-1]["content"])
        assert reply.outcome == "ok"
        assert all(element.quote in messages[-2]["content"] for element in reply.elements)


def test_building_the_same_again_says_so_and_makes_no_second_version(samples: int) -> None:
    again = datasets.build("Інша назва")
    assert (again.id, again.reused) == (samples, True)
    assert len(datasets.list_versions()) == 1


def test_versions_of_a_name_are_numbered(samples: int) -> None:
    assert datasets.get(samples).number == 1
    assert datasets.build("Зразки", limit=60).number == 2
    assert datasets.build("Інші", limit=50).number == 1


def test_a_deleted_version_can_be_restored_and_building_it_brings_it_back(samples: int) -> None:
    datasets.delete(samples)
    assert datasets.list_versions() == []
    assert [dataset.id for dataset in datasets.list_versions(deleted=True)] == [samples]
    datasets.restore(samples)
    assert [dataset.id for dataset in datasets.list_versions()] == [samples]
    datasets.delete(samples)
    assert datasets.build("Зразки").reused
    assert [dataset.id for dataset in datasets.list_versions()] == [samples]


def test_a_version_outlives_its_acts(samples: int) -> None:
    before = datasets.jsonl(samples, "test")
    for act in acts.search(size=100).rows:
        acts.delete(act.id)
    assert datasets.jsonl(samples, "test") == before
    with pytest.raises(NoGoldError):
        datasets.build("Порожній")


def test_seven_examples_are_blocked_in_figures(samples: int) -> None:
    check = datasets.build("Мало", limit=7).check("examples")
    assert check is not None
    assert (check.level, check.data["least"]) == ("block", 10)
    assert check.data["have"] < 7


def test_types_with_few_examples_are_named_rarest_first(samples: int) -> None:
    check = datasets.get(samples).check("types_covered")
    assert check is not None and check.level == "remark"
    assert list(check.data["few"]) == ["SANCTION", "CHANGE"]


def test_prices_are_training_tokens_times_epochs_times_the_published_price(samples: int) -> None:
    offers = {offer.model: offer for offer in datasets.prices(samples)}
    training = datasets.get(samples).splits["train"].tokens
    mini = offers["gpt-4.1-mini-2025-04-14"]
    assert mini.training_usd == pytest.approx(training * 3 * 5.0 / 1e6)
    assert mini.source and mini.as_of
    first = datasets.prices(samples)[0]
    assert (first.embedded, first.training_usd) == (True, 0.0)


def test_acts_are_told_with_their_passages_and_elements_on_one_side_each(samples: int) -> None:
    shares, dataset = datasets.acts(samples), datasets.get(samples)
    assert len({(share.act_id, share.act_label) for share in shares}) == len(shares) == dataset.acts
    assert [share.split for share in shares] == sorted(
        (share.split for share in shares), key=("train", "validation", "test").index
    )
    for split, counts in dataset.splits.items():
        mine = [share for share in shares if share.split == split]
        assert sum(share.passages for share in mine) == counts.passages
        assert sum(share.elements for share in mine) == counts.elements


def test_rows_come_in_pages(samples: int) -> None:
    one, two = (datasets.read_rows(samples, "train", page, 4) for page in (1, 2))
    assert one.total == datasets.get(samples).splits["train"].passages
    assert [row.number for row in one.rows + two.rows] == list(range(1, 9))


def test_a_version_that_never_was_is_not_found(database: str) -> None:
    with pytest.raises(NotFoundError):
        datasets.get(404)


def test_with_nothing_confirmed_there_is_nothing_to_build(database: str) -> None:
    with pytest.raises(NoGoldError):
        datasets.build("Порожній")
