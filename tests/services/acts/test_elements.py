"""Elements listed and searched across all acts."""

import pytest

from services.acts import elements, service
from services.acts.elements import ElementFilter

pytestmark = pytest.mark.usefixtures("loaded")


def test_elements_of_an_act_come_in_reading_order_outer_before_inner() -> None:
    act = service.search("захист персональних").rows[0]
    spans = [(e.start or 0, -(e.end or 0)) for e in elements.of_act(act.id)]
    assert len(spans) > 10
    assert spans == sorted(spans)


@pytest.mark.parametrize("query", ["суб'єкт персональних", "СУБʼЄКТ персональних", "суб’єкт  персональних"])
def test_quotes_are_found_whatever_apostrophe_and_case_is_typed(query: str) -> None:
    found = elements.search(ElementFilter(query), size=500)
    assert found.total == len(found.rows) > 0
    assert all("персональних" in e.quote.lower() for e in found.rows)


def test_an_address_is_found_too() -> None:
    found = elements.search(ElementFilter("ст. 18 персональних"), size=500).rows
    assert found
    assert all(e.address.startswith("ст. 18") for e in found)


def test_filters_narrow_and_their_counts_add_up() -> None:
    whole = elements.count(ElementFilter())
    by_type = {code: elements.count(ElementFilter(types=[code])) for code in ("RIGHT", "ACTOR", "SANCTION")}
    assert whole == sum(elements.totals().values())
    assert all(0 < number < whole for number in by_type.values())
    both = elements.search(ElementFilter(types=["RIGHT", "ACTOR"]), size=1000)
    assert both.total == by_type["RIGHT"] + by_type["ACTOR"] == len(both.rows)
    assert elements.count(ElementFilter(statuses=["suggested"])) == 0


def test_pages_together_are_the_whole_list_once() -> None:
    where = ElementFilter(types=["DEADLINE"])
    total = elements.count(where)
    pages = range(1, total // 20 + 2)
    paged = [e.id for page in pages for e in elements.search(where, page=page, size=20).rows]
    assert paged == [e.id for e in elements.every(where)]
    assert len(set(paged)) == total


def test_elements_of_a_deleted_act_are_not_found_and_come_back_with_it() -> None:
    before = elements.count(ElementFilter())
    act = next(row for row in service.search(size=100).rows if row.gold)
    service.delete(act.id)
    assert elements.count(ElementFilter()) == before - act.gold
    assert all(e.act_id != act.id for e in elements.every(ElementFilter()))
    service.restore(act.id)
    assert elements.count(ElementFilter()) == before
