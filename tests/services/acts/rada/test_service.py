"""Acts by number: brought once, in the edition that was asked for, linked to the edition before."""

from datetime import date as Day  # noqa: N812

import pytest

from services.acts import editions, files, importer, marks, service
from services.acts.rada import service as rada_service
from services.acts.rada.client import Client
from services.acts.rada.errors import EditionNotAtRadaError, UnreadableReplyError
from services.db import SessionLocal
from services.db.models import LegalAct
from tests.services.acts.rada.conftest import Time
from tests.standins.rada_service import DECREE, LAW, RadaService

pytestmark = pytest.mark.usefixtures("database")
OLD = f"https://zakon.rada.gov.ua/laws/show/{LAW}/ed20120223"


def row(act_id: int | None) -> LegalAct:
    with SessionLocal.reading() as session:
        act = session.get(LegalAct, act_id)
        assert act is not None
        session.expunge(act)
        return act


def test_an_act_comes_with_its_card_its_links_and_its_bytes(client: Client, rada: RadaService) -> None:
    report = rada_service.import_act("№ 1103-V", client)
    act = row(report.act_id)
    assert (report.outcome, report.name, act.number) == ("imported", "№ 1103-V", LAW)
    assert (act.edition, act.act_type, act.date) == ("2026-03-02", "Закон", Day(2007, 5, 31))
    assert (act.origin, act.licence) == ("rada", "CC BY 4.0")
    assert act.source == "https://zakon.rada.gov.ua/laws/show/1103-16"
    assert act.body == "Верховна Рада України"
    assert files.path_of(act.raw_hash or "").read_bytes() == rada.pages[LAW]


def test_links_inside_an_act_lead_to_their_place_and_others_name_their_act(
    client: Client, rada: RadaService
) -> None:
    act_id = rada_service.import_act(LAW, client).act_id or 0
    text, found = service.text(act_id), marks.of_act(act_id)
    by_words = {text[link.start : link.end]: link for link in found.links}
    assert text[found.target(by_words["статті 2"]) or 0 :].startswith("Стаття 2. Законодавство")
    assert by_words["Конституції України"].number == "254к/96-вр"
    assert found.target(by_words["Конституції України"]) is None


def test_an_act_from_plain_text_has_no_marks() -> None:
    report = importer.import_text("Право на захист.")
    assert marks.of_act(report.act_id or 0) == marks.Marks({}, [])


def test_an_edition_that_is_here_is_not_asked_for_again(client: Client, rada: RadaService) -> None:
    first = rada_service.import_act(LAW, client)
    asked = len(rada.asked)
    again = rada_service.import_act(f"https://zakon.rada.gov.ua/laws/show/{LAW}#Text", client)
    assert (again.outcome, again.act_id) == ("already_there", first.act_id)
    assert rada.asked[asked:] == [f"laws/card/{LAW}.json"]


def test_a_deleted_act_comes_back_without_its_text_being_sent(client: Client, rada: RadaService) -> None:
    first = rada_service.import_act(LAW, client)
    service.delete(first.act_id or 0)
    again = rada_service.import_act(LAW, client)
    assert (again.outcome, again.act_id) == ("restored", first.act_id)


@pytest.mark.parametrize("order", [[LAW, OLD], [OLD, LAW]])
def test_editions_are_linked_whichever_came_first(client: Client, order: list[str]) -> None:
    reports = {typed: rada_service.import_act(typed, client) for typed in order}
    new, old = row(reports[LAW].act_id), row(reports[OLD].act_id)
    assert (old.edition, old.replaces_id) == ("2012-02-23", None)
    assert (new.edition, new.replaces_id) == ("2026-03-02", old.id)
    assert [stored.act_id for stored in editions.listed(new.id)] == [old.id, new.id]
    assert "передання" in service.text(old.id)


def test_an_amended_act_is_brought_anew_and_follows_the_old_one(client: Client, rada: RadaService) -> None:
    first = rada_service.import_act(LAW, client)
    rada.cards[LAW] |= {"datred": 20270101}
    rada.pages[LAW] = rada.pages[LAW].replace("Стаття 4. Суб'єкти".encode(), "Стаття 4. Учасники".encode())
    rada.change()
    second = rada_service.import_act(LAW, client)
    assert second.outcome == "imported"
    assert row(second.act_id).replaces_id == first.act_id


def test_an_edition_that_never_was_is_not_asked_for(client: Client, rada: RadaService) -> None:
    with pytest.raises(EditionNotAtRadaError) as caught:
        rada_service.import_act(f"https://zakon.rada.gov.ua/laws/show/{LAW}/ed20110101", client)
    assert caught.value.data == {"number": LAW, "edition": "2011-01-01"}
    assert len(rada.asked) == 1


def test_another_act_in_place_of_the_text_is_not_stored(client: Client, rada: RadaService) -> None:
    rada.pages[LAW] = rada.pages[DECREE]
    with pytest.raises(UnreadableReplyError):
        rada_service.import_act(LAW, client)
    assert service.counts().total == 0


def test_the_shell_of_the_web_site_is_not_taken_for_a_text(client: Client, rada: RadaService) -> None:
    rada.pages[LAW] = b'<html><body><div id="article" data-load="/laws/show/x.frame">...</div></body></html>'
    with pytest.raises(Exception) as caught:
        rada_service.import_act(LAW, client)
    assert getattr(caught.value, "code", "") in ("empty_file", "rada_reply_unreadable")


def test_the_next_act_waits_a_little(client: Client, time: Time) -> None:
    rada_service.import_act(LAW, client)
    rada_service.import_act(DECREE, client)
    assert any(5 <= pause <= 7 for pause in time.slept)


def test_a_file_of_the_same_edition_is_known(client: Client, rada: RadaService) -> None:
    first = rada_service.import_act(LAW, client)
    page = rada.pages[LAW].replace(b"<h4>", b"<h4> ")
    report = importer.import_files([("1103-16.html", page)])[0]
    assert (report.outcome, report.act_id) == ("already_there", first.act_id)
    other = rada.pages[LAW].replace("випробування ГМО".encode(), "випробування  ГМО та інше".encode())
    report = importer.import_files([("1103-16.html", other)])[0]
    assert (report.outcome, report.code, report.act_id) == ("already_there", "same_edition", first.act_id)


def test_the_card_tells_the_editions(client: Client) -> None:
    card = rada_service.card_of("№ 1103-V", client)
    assert [edition.day.isoformat() for edition in card.editions][-1] == "2027-01-01"
