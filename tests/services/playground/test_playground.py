"""Two models on one text: both asked at once, differences told, failures on their own side."""

import json

import pytest

from services.acts import records
from services.db import SessionLocal
from services.db.models import Element
from services.extraction.chunking import Passage
from services.extraction.place import Placed
from services.playground import choices, service
from services.playground.difference import compare
from services.playground.errors import EmptyTextError, SameModelError, TextTooLongError
from tests.standins.model_service import Fault, ModelService

TEXT = "1. Особа має право на захист даних. 2. Володілець зобов'язаний їх захищати протягом п'яти днів."


def placed(kind: str, start: int, end: int, **attributes: object) -> Placed:
    return Placed(kind, TEXT[start:end], dict(attributes), start, end, "exact")


def test_differences_are_same_only_or_attributes() -> None:
    left = [placed("RIGHT", 3, 34), placed("ACTOR", 3, 8, role="bearer"), placed("DEADLINE", 70, 90)]
    right = [
        placed("ACTOR", 3, 8, role="authority"),
        placed("RIGHT", 3, 34, bearer=None),
        placed("RIGHT", 40, 60),
    ]
    one, two = compare(left, right)
    assert [c.kind for c in one] == ["same", "attributes", "only"]
    assert [c.kind for c in two] == ["attributes", "same", "only"]
    assert (one[1].twin, two[0].twin) == (0, 1)


def test_twins_are_paired_once() -> None:
    one, two = compare([placed("RIGHT", 3, 34)] * 2, [placed("RIGHT", 3, 34)])
    assert [c.kind for c in one] == ["same", "only"]
    assert [c.kind for c in two] == ["same"]


def test_both_sides_are_kept_with_their_figures(model: ModelService) -> None:
    view = service.get(service.run(service.of_text(TEXT), "base", "tuned", title="Власний текст"))
    assert [call["model"] for call in model.calls].count("base") == 1
    assert [e.quote for e in view.left.elements] == [" Особа має право на захист даних".strip()]
    assert (view.left.prompt_tokens, view.left.completion_tokens, view.left.cost_micro) == (300, 20, None)
    assert not view.has_gold
    assert {c.kind for side in view.differences() for c in side} == {"same"}


def test_one_sides_failure_leaves_the_other(model: ModelService) -> None:
    model.fault = lambda _n: None
    model.latency = 0.05
    original = model.fault

    def fail_tuned(n: int) -> Fault | None:
        return Fault(404, "model_not_found") if model.calls[n - 1]["model"] == "tuned" else original(n)

    model.fault = fail_tuned
    view = service.get(service.run(service.of_text(TEXT), "base", "tuned"))
    assert view.left.error_code is None
    assert len(view.left.elements) == 1
    assert view.right.error_code == "model_not_found"


def test_a_stored_answer_is_used_again(model: ModelService) -> None:
    service.run(service.of_text(TEXT), "base", "tuned")
    view = service.get(service.run(service.of_text(TEXT), "base", "tuned"))
    assert len(model.calls) == 2
    assert view.left.reused
    assert view.right.reused


def test_what_cannot_be_compared_is_refused_before_paying(model: ModelService) -> None:
    with pytest.raises(EmptyTextError):
        service.run(service.of_text("  \n"), "a", "b")
    with pytest.raises(SameModelError):
        service.run(service.of_text(TEXT), "a", "a")
    with pytest.raises(TextTooLongError):
        service.run(service.of_text("а" * 20_000), "a", "b")
    assert model.calls == []


def test_confirmed_elements_are_found_across_left_out_notes(model: ModelService) -> None:
    law = "Стаття 1. Права\n{Примітка редакції}\nОсоба має право на захист даних.\n"
    start = law.index("Особа")
    end = law.index(".", start)
    head = law.index("{")
    body = law.index("Особа") - 1
    with SessionLocal.begin() as session:
        act = records.add(session, law, "Про захист")
        session.add(
            Element(act_id=act.id, type="RIGHT", start=start, end=end, quote=law[start:end], status="gold")
        )
        act_id = act.id
    kept = ((0, head), (body + 1, len(law)))
    passage = Passage(0, len(law), law[:head] + law[body + 1 :], "Про захист", kept)
    view = service.get(service.run(passage, "base", "tuned", act_id=act_id))
    (place,) = view.confirmed
    assert view.text[place[1] : place[2]] == law[start:end]
    assert [(e.type, e.start, e.end) for e in view.left.elements] == [place]


def test_blind_votes_are_counted_by_model_whatever_the_side(model: ModelService) -> None:
    first = service.run(service.of_text(TEXT), "base", "tuned", blind=True)
    second = service.run(service.of_text(TEXT), "tuned", "base", blind=True)
    service.vote(first, "right")
    service.vote(second, "left")
    assert service.votes("base", "tuned") == (0, 2, 0)
    service.vote(second, "equal")
    assert service.votes("tuned", "base") == (1, 0, 1)


def test_passages_of_an_act_say_where_they_stand_and_what_is_confirmed(database: str) -> None:
    law = (
        "ЗАКОН УКРАЇНИ\nПро надра\n"
        "Стаття 1. Надра\nНадра є власністю народу.\nСтаття 2. Права\nОсоба має право.\n"
    )
    start = law.index("Особа")
    with SessionLocal.begin() as session:
        act = records.add(session, law, "Про надра")
        session.add(
            Element(act_id=act.id, type="RIGHT", start=start, end=start + 15, quote="x", status="gold")
        )
        act_id = act.id
    found = choices.passage_choices(act_id)
    assert [choice.heading for choice in found] == ["Стаття 1. Надра", "Стаття 2. Права"]
    assert [choice.confirmed for choice in found] == [0, 1]
    assert choices.first_passage(found) == 1
    assert (
        json.dumps([choice.title for choice in choices.act_choices()], ensure_ascii=False) == '["Про надра"]'
    )
