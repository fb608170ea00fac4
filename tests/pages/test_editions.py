"""The edition a lawyer wants is chosen on the page, at import and later, and one leads to another."""

from collections.abc import Iterator

import pytest

from services.acts import editions, import_job
from services.acts.rada import service as rada_service
from services.acts.rada.client import Client
from services.jobs import service as jobs
from tests.pages.shown import leaks, open_page, press, texts
from tests.standins.rada_service import LAW, RadaService, serve

pytestmark = pytest.mark.usefixtures("database")
OLD = f"https://zakon.rada.gov.ua/laws/show/{LAW}/ed20120223"


@pytest.fixture
def rada(database: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[RadaService]:
    with serve() as service:
        monkeypatch.setenv("RADA_BASE_URL", service.url)
        yield service


def bring(link: str) -> int:
    with Client(sleep=lambda _: None) as client:
        return rada_service.import_act(link, client).act_id or 0


def asked_for() -> list[str]:
    (job,) = jobs.live(import_job.KIND)
    return list(jobs.payload(job.id)["nregs"])


def test_a_chosen_edition_is_imported(rada: RadaService) -> None:
    page = open_page("acts")
    page.button_group(key="acts_way").set_value("rada").run()
    page.text_area[0].set_value("№ 1103-V").run()
    page = press(page, "show_editions")
    offered = page.selectbox(key=f"edition_at_rada_{LAW}")
    assert offered.options == [
        "набирає чинності 01.01.2027 · зміни внесено: №\u00a04718-IX, №\u00a04719-IX",
        "02.03.2026 · чинна · зміни внесено: №\u00a04718-IX",
        "23.02.2012 · зміни внесено: №\u00a04441-VI",
        "31.05.2007",
    ]
    assert offered.value == "2026-03-02"
    offered.set_value("2012-02-23").run()
    press(page, "import_edition")
    assert asked_for() == [OLD]


def test_a_newer_edition_is_told_and_can_be_imported(rada: RadaService) -> None:
    page = open_page("acts", act=str(bring(OLD)))
    page = press(page, "check_editions")
    assert "Є новіша редакція: 02.03.2026." in texts(page)
    assert not leaks(page)
    press(page, "import_edition")
    assert asked_for() == [OLD.replace("20120223", "20260302")]


def test_one_edition_leads_to_another(rada: RadaService) -> None:
    old, new = bring(OLD), bring(LAW)
    listed = texts(open_page("acts"))
    assert "№ 1103-V · редакція від 23.02.2012" in listed
    assert "№ 1103-V · редакція від 02.03.2026" in listed
    page = open_page("acts", act=str(new))
    switch = page.selectbox(key=f"edition_of_{new}")
    assert switch.options == ["Редакція від 02.03.2026", "Редакція від 23.02.2012"]
    switch.set_value(old).run()
    assert page.query_params["act"] == str(old)
    page = press(page, "check_editions")
    assert "Чинну редакцію вже збережено." in texts(page)
    assert [stored.act_id for stored in editions.listed(old)] == [old, new]


def test_a_lost_portal_is_told_in_words(rada: RadaService) -> None:
    page = open_page("acts", act=str(bring(LAW)))
    rada.faults = [302]
    page = press(page, "check_editions")
    assert "Портал відсилає на іншу адресу" in texts(page)
    assert "Чинну редакцію" not in texts(page)
