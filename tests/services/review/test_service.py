"""Decisions: stored at once, undone at will; nothing a person confirmed is ever lost."""

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.acts import elements, importer
from services.acts.elements import ElementView
from services.acts.errors import ActNotFoundError
from services.db import SessionLocal
from services.db.models import Decision, Element
from services.errors import StaleError
from services.review import repeat
from services.review import service as review
from services.review.errors import (
    AlreadyConfirmedError,
    ElementNotFoundError,
    NotLocatedError,
    PassageUnfinishedError,
    SpanError,
    UnknownTypeError,
)
from services.review.spans import snap

pytestmark = pytest.mark.usefixtures("database")

LAW = """ЗАКОН УКРАЇНИ
Про перевірку об’єктів

Стаття 1. Права виконавця
1. Виконавець має право оскаржити рішення протягом п’яти робочих днів.
2. Виконавець зобов’язаний зберігати об’єкт; замовник оплачує роботу.

Стаття 2. Обов’язки замовника
1. Замовник зобов’язаний прийняти роботу протягом п’яти робочих днів.
"""


@pytest.fixture
def act(database: str) -> int:
    report = importer.import_files([("закон.txt", LAW.encode())])[0]
    assert report.act_id is not None
    return report.act_id


def suggest(act_id: int, kind: str, quote: str, nth: int = 1, **attributes: object) -> ElementView:
    """What extraction would store for the nth occurrence of a quote."""
    start = -1
    for _ in range(nth):
        start = LAW.find(quote, start + 1)
    row = Element(
        act_id=act_id, type=kind, start=start, end=start + len(quote), quote=quote, attributes=attributes
    )
    with SessionLocal.begin() as session:
        session.add(row)
        session.flush()
        element_id = row.id
    return read(element_id)


def read(element_id: int) -> ElementView:
    found = elements.get(element_id)
    assert found is not None
    return found


def test_accepting_makes_gold_and_writes_down_what_was_before(act: int) -> None:
    element = suggest(act, "RIGHT", "Виконавець має право оскаржити рішення", bearer="Виконавець")
    done = review.accept(element.id, element.version)
    after = read(element.id)
    assert (after.status, after.version) == ("gold", element.version + 1)
    assert after.decided_at is not None
    with SessionLocal.reading() as session:
        decision = session.scalars(sa.select(Decision)).one()
    assert (decision.action, decision.batch) == ("accept", done.batch)
    assert decision.before is not None and decision.after is not None
    assert (decision.before["status"], decision.after["status"]) == ("suggested", "gold")


def test_two_people_at_one_element_the_second_is_told_and_nothing_is_overwritten(act: int) -> None:
    element = suggest(act, "RIGHT", "Виконавець має право")
    review.accept(element.id, element.version)
    for call in (review.accept, review.reject):
        with pytest.raises(StaleError):
            call(element.id, element.version)
    with pytest.raises(StaleError):
        review.change_type(element.id, element.version, "ACTOR")
    assert read(element.id).status == "gold"
    with pytest.raises(ElementNotFoundError):
        review.accept(9999, 1)


def test_changing_the_type_confirms_and_keeps_the_attributes_both_types_have(act: int) -> None:
    element = suggest(act, "RIGHT", "Виконавець має право", bearer="Виконавець", action="оскаржити")
    review.change_type(element.id, element.version, "PROHIBITION")
    after = read(element.id)
    assert (after.type, after.status) == ("PROHIBITION", "gold")
    assert after.attributes == {"bearer": "Виконавець", "action": "оскаржити", "form": None}
    with pytest.raises(UnknownTypeError):
        review.change_type(element.id, after.version, "ПРАВО")


def test_a_corrected_span_is_snapped_to_words_and_gets_its_address(act: int) -> None:
    element = suggest(act, "DEADLINE", "протягом п’яти", nth=1)
    start = LAW.index("протягом п’яти робочих днів")
    review.edit(element.id, element.version, span=(start + 3, start + len("протягом п’яти робочих дн")))
    after = read(element.id)
    assert after.quote == LAW[after.start : after.end] == "протягом п’яти робочих днів"
    assert after.address == "ст. 1 ч. 1"


def test_attributes_are_held_to_the_schema(act: int) -> None:
    element = suggest(act, "DEADLINE", "протягом п’яти робочих днів")
    given_attributes = {"kind": "latest", "value": "5", "unit": "working_day", "вигадане": "поле"}
    review.edit(element.id, element.version, attributes=given_attributes)
    assert read(element.id).attributes == {
        "kind": "latest",
        "value": 5,
        "unit": "working_day",
        "from_event": None,
    }


def test_an_element_that_stands_nowhere_is_confirmed_only_once_its_place_is_shown(act: int) -> None:
    with SessionLocal.begin() as session:
        row = Element(
            act_id=act, type="ACTOR", start=None, end=None, quote="суд", attributes={}, how="not_found"
        )
        session.add(row)
    with pytest.raises(NotLocatedError):
        review.accept(row.id, 1)
    with pytest.raises(NotLocatedError):
        review.change_type(row.id, 1, "RIGHT")
    assert review.accept_all(act).changed == 0
    start = LAW.index("Замовник")
    review.edit(row.id, 1, span=(start, start + 8))
    assert (read(row.id).quote, read(row.id).status) == ("Замовник", "gold")


def test_an_element_is_added_from_a_selection_without_edge_signs(act: int) -> None:
    start = LAW.index("зберігати об’єкт;")
    done = review.add(
        act, "OBLIGATION", start - 1, start + len("зберігати об’єкт; "), {"bearer": "Виконавець"}
    )
    added = read(done.element_ids[0])
    assert (added.quote, added.status, added.origin) == ("зберігати об’єкт", "gold", "human")
    assert added.attributes == {"bearer": "Виконавець", "action": None}
    assert added.address == "ст. 1 ч. 2"
    with pytest.raises(AlreadyConfirmedError) as caught:
        review.add(act, "OBLIGATION", start, start + 16)
    assert caught.value.data == {"element_id": added.id}


def test_adding_where_a_model_suggests_the_same_confirms_the_suggestion(act: int) -> None:
    element = suggest(act, "RIGHT", "Виконавець має право", bearer="Виконавець")
    done = review.add(act, "RIGHT", element.start or 0, element.end or 0)
    assert done.element_ids == (element.id,)
    assert read(element.id).status == "gold"
    assert read(element.id).attributes == {"bearer": "Виконавець"}


@pytest.mark.parametrize("span", [(0, 0), (5, 5), (-10, 0), (10**9, 10**9 + 5)])
def test_a_selection_without_a_word_is_refused(act: int, span: tuple[int, int]) -> None:
    with pytest.raises(SpanError):
        review.add(act, "RIGHT", *span)
    with pytest.raises(ActNotFoundError):
        review.add(404, "RIGHT", 0, 5)


def test_confirming_all_is_one_batch_and_undoing_it_brings_every_suggestion_back(act: int) -> None:
    suggested = [suggest(act, "ACTOR", word) for word in ("Виконавець", "Замовник", "замовник")]
    refused = suggest(act, "RIGHT", "Виконавець має право")
    review.reject(refused.id, refused.version)
    done = review.accept_all(act)
    assert set(done.element_ids) == {e.id for e in suggested}
    assert elements.totals(act) == {"suggested": 0, "gold": 3, "rejected": 1, "stale": 0}
    assert review.undo(done.batch) == review.Undone(restored=3, kept=0)
    assert elements.totals(act) == {"suggested": 3, "gold": 0, "rejected": 1, "stale": 0}
    assert review.undo(done.batch) == review.Undone(restored=0, kept=0)


def test_confirming_all_can_be_narrowed_to_types_or_to_a_passage(act: int) -> None:
    first = suggest(act, "ACTOR", "Виконавець")
    second = suggest(act, "ACTOR", "Замовник")
    right = suggest(act, "RIGHT", "Виконавець має право")
    assert review.accept_all(act, types=["RIGHT"]).element_ids == (right.id,)
    article = LAW.index("Стаття 2")
    assert review.accept_all(act, span=(article, len(LAW))).element_ids == (second.id,)
    assert read(first.id).status == "suggested"


def test_many_chosen_ones_are_confirmed_or_rejected_and_gold_among_them_stays(act: int) -> None:
    gold = suggest(act, "ACTOR", "Виконавець")
    review.accept(gold.id, gold.version)
    other = suggest(act, "ACTOR", "Замовник")
    assert review.reject_many([gold.id, other.id, 777]).element_ids == (other.id,)
    assert read(gold.id).status == "gold"
    assert review.accept_many([gold.id, other.id]).changed == 0


def test_undo_leaves_alone_what_was_decided_again_since(act: int) -> None:
    first, second = suggest(act, "ACTOR", "Виконавець"), suggest(act, "ACTOR", "Замовник")
    done = review.accept_all(act)
    review.change_type(first.id, read(first.id).version, "CONDITION")
    assert review.undo(done.batch) == review.Undone(restored=1, kept=1)
    assert (read(first.id).type, read(first.id).status) == ("CONDITION", "gold")
    assert read(second.id).status == "suggested"


def test_undoing_an_addition_rejects_the_element_and_erases_nothing(act: int) -> None:
    start = LAW.index("Замовник")
    done = review.add(act, "ACTOR", start, start + 8)
    review.undo(done.batch)
    assert read(done.element_ids[0]).status == "rejected"
    again = review.add(act, "ACTOR", start, start + 8)
    assert again.element_ids == done.element_ids
    assert read(done.element_ids[0]).status == "gold"


def test_one_correction_is_applied_to_the_same_words_elsewhere_and_undone_as_one(act: int) -> None:
    quote = "протягом п’яти робочих днів"
    first, second = suggest(act, "CONDITION", quote), suggest(act, "CONDITION", quote, nth=2)
    confirmed = suggest(act, "DEADLINE", quote, nth=2)
    review.accept(confirmed.id, confirmed.version)
    done = review.change_type(first.id, first.version, "DEADLINE")
    assert repeat.same_elsewhere(done.batch) == 1
    applied = repeat.apply_elsewhere(done.batch)
    assert applied.element_ids == (second.id,)
    assert (read(second.id).type, read(second.id).status) == ("DEADLINE", "gold")
    assert read(confirmed.id).version == confirmed.version + 1
    review.undo(applied.batch)
    assert (read(second.id).type, read(second.id).status) == ("CONDITION", "suggested")


def test_a_cut_is_applied_elsewhere_with_the_right_offsets(act: int) -> None:
    quote = "протягом п’яти робочих днів"
    first, second = suggest(act, "DEADLINE", quote), suggest(act, "DEADLINE", quote, nth=2)
    start = first.start or 0
    done = review.edit(first.id, first.version, span=(start + 9, start + len(quote)))
    repeat.apply_elsewhere(done.batch)
    after = read(second.id)
    assert after.quote == LAW[after.start : after.end] == "п’яти робочих днів"
    assert after.address == "ст. 2"
    assert repeat.same_elsewhere(done.batch) == 0


def test_a_passage_is_marked_as_gone_through_only_when_nothing_waits_in_it(act: int) -> None:
    element = suggest(act, "ACTOR", "Замовник")
    span = (LAW.index("Стаття 2"), len(LAW))
    with pytest.raises(PassageUnfinishedError) as caught:
        review.mark_passage_reviewed(act, *span)
    assert caught.value.data == {"count": 1}
    review.reject(element.id, element.version)
    review.mark_passage_reviewed(act, *span)
    review.mark_passage_reviewed(act, *span)


@pytest.mark.parametrize(
    ("selected", "snapped"),
    [
        (" має право ", "має право"),
        ("аво оскаржити ріш", "право оскаржити рішення"),
        ("ти робочих днів.\n", "п’яти робочих днів"),
        ("об’", "об’єктів"),
        ("єкт; ", "об’єкт"),
        ("; замовник", "замовник"),
        ("Про перевірку об’єктів\n\n", "Про перевірку об’єктів"),
    ],
)
def test_a_selection_by_hand_becomes_whole_words(selected: str, snapped: str) -> None:
    start = LAW.index(selected)
    first, last = snap(LAW, start, start + len(selected))
    assert LAW[first:last] == snapped
    assert snap(LAW, start + len(selected), start) == (first, last)


ACTIONS = st.lists(
    st.tuples(
        st.sampled_from(
            ["accept", "reject", "type", "edit", "add", "all", "many", "undo", "repeat", "extract"]
        ),
        st.integers(0, 6),
        st.integers(0, 4),
    ),
    max_size=14,
)


@given(steps=ACTIONS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_sequence_of_steps_loses_a_confirmed_element(act: int, steps: list[tuple[str, int, int]]) -> None:
    """Gold leaves only by a decision on that very element or by undoing the decision that made it."""
    batches: list[str] = []
    for step, first, second in steps:
        rows = elements.of_act(act)
        gold = {e.id: (e.type, e.start, e.end) for e in rows if e.status == "gold"}
        touched = play(act, step, first, second, rows, batches)
        after = {e.id: e for e in elements.of_act(act)}
        for element_id, spot in gold.items():
            assert element_id in after, step
            if element_id not in touched:
                found = after[element_id]
                assert (found.status, (found.type, found.start, found.end)) == ("gold", spot), step


def play(
    act: int, step: str, first: int, second: int, rows: list[ElementView], batches: list[str]
) -> set[int]:
    """Do one step as a person or a model would; the ids it was aimed at."""
    words = ("Виконавець", "Замовник", "замовник", "право", "робочих днів", "рішення", "роботу")
    kinds = ("ACTOR", "RIGHT", "DEADLINE", "CONDITION", "OBLIGATION")
    start = LAW.index(words[first])
    chosen = rows[first % len(rows)] if rows else None
    try:
        if step == "extract":
            suggest(act, kinds[second], words[first])
        elif step == "add":
            batches.append(review.add(act, kinds[second], start, start + len(words[first])).batch)
        elif step == "all":
            batches.append(review.accept_all(act).batch)
        elif step == "many":
            review.reject_many([e.id for e in rows])
        elif step == "repeat" and batches:
            repeat.apply_elsewhere(batches[-1])
        elif step == "undo" and batches:
            return undone(batches.pop())
        elif chosen is not None:
            return aimed(step, chosen, kinds[second], start, batches)
    except (AlreadyConfirmedError, StaleError):
        return set()
    return set()


def undone(batch: str) -> set[int]:
    with SessionLocal.reading() as session:
        ids = set(session.scalars(sa.select(Decision.element_id).where(Decision.batch == batch)))
    review.undo(batch)
    return ids


def aimed(step: str, element: ElementView, kind: str, start: int, batches: list[str]) -> set[int]:
    if step == "accept":
        batches.append(review.accept(element.id, element.version).batch)
    elif step == "reject":
        batches.append(review.reject(element.id, element.version).batch)
    elif step == "type":
        batches.append(review.change_type(element.id, element.version, kind).batch)
    elif step == "edit":
        batches.append(review.edit(element.id, element.version, span=(start, start + 8)).batch)
    return {element.id}
