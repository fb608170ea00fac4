"""The text view in a real browser: what the reader points at is what Python gets, in code points."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.browser import ROOT, Server, browser, serve, settle, watch  # noqa: F401 - fixture

pytestmark = pytest.mark.xdist_group("ui-browser")
APP = Path(__file__).parent / "apps" / "text_view_app.py"
ARTICLE = (
    "Стаття 24. Процедура відводу 🇺🇦 посадової особи\n"
    "1. Посадова особа 🧑‍⚖️ адміністративного органу невідкладно повідомляє керівника органу про підстави "
    "відводу, визначені статтею 23 цього Закону.\n"
    "2. Керівник 𝕎 органу приймає рішення про відвід у строк не більше трьох робочих днів.\n"
    "3. Відвід за статтею 42-1 Кодексу (№ 2073-IX) розглядає суд.\n"
)
FILLER = "".join(
    f"Стаття {number}. Пояснення\n" + f"{number}. Орган забезпечує розгляд звернень громадян. " * 20 + "\n"
    for number in range(100, 250)
)
TEXT = ARTICLE + FILLER


def span(name: str, kind: str, words: str, status: str = "suggested") -> dict[str, Any]:
    start = TEXT.index(words)
    return {"id": name, "type": kind, "start": start, "end": start + len(words), "status": status}


SPANS = [
    span("duty", "OBLIGATION", ARTICLE[ARTICLE.index("Посадова") : ARTICLE.index(".\n2.")]),
    span("actor", "ACTOR", "Посадова особа 🧑‍⚖️ адміністративного органу", "gold"),
    span("limit", "DEADLINE", "невідкладно"),
    span("power", "COMPETENCE", "приймає рішення про відвід"),
    span("term", "DEADLINE", "у строк"),
    span("reference", "REFERENCE", "статтею 23 цього Закону"),
    span("gone", "RIGHT", "робочих", "rejected"),
    span("far", "OBLIGATION", "249. Орган забезпечує розгляд звернень громадян"),
]


def link(name: str, words: str, where: str = "here") -> dict[str, Any]:
    start = TEXT.index(words)
    return {
        "id": name,
        "start": start,
        "end": start + len(words),
        "where": where,
        "title": f"до {name}",
    }


LINKS = [
    link("article", "статтею 23 цього Закону"),
    link("decision", "рішення про відвід у строк", "outside"),
    link("elsewhere", "Орган забезпечує розгляд", "there"),
]
CASE = {
    "text": TEXT,
    "spans": SPANS,
    "links": LINKS,
    "headings": [(m.start(), m.end()) for m in re.finditer(r"^Стаття \d+\..*$", TEXT, re.M)],
    "focus": TEXT.index("Стаття 240"),
}
_JOINED = re.compile(r"(?<=\d-)(?=[\dA-Z])")
# Widths of the text, in pixels, at which the words stand on more than one line.
_PARTED = """(element, [unit, length]) => {
  const range = document.createRange()
  range.setStart(element.firstChild, unit)
  range.setEnd(element.firstChild, unit + length)
  const found = []
  for (let width = 120; width < 420; width += 7) {
    element.style.width = `${width}px`
    const lines = [...range.getClientRects()].filter(box => box.width).map(box => Math.round(box.top))
    if (new Set(lines).size > 1) found.push(width)
  }
  element.style.width = ""
  return found
}"""
# The horizontal middle of a character and the vertical middle of its line, by its index in UTF-16 units.
_PLACE = """(element, unit) => {
  const range = document.createRange()
  range.setStart(element.firstChild, unit)
  range.setEnd(element.firstChild, unit + 1)
  const box = range.getBoundingClientRect()
  return [box.left, box.right, (box.top + box.bottom) / 2]
}"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("view")
    case = folder / "case.json"
    case.write_text(json.dumps(CASE, ensure_ascii=False), encoding="utf-8")
    script = folder / "app.py"
    script.write_bytes(APP.read_bytes())
    (folder / "static").symlink_to(ROOT / "static")  # served from beside the script
    with serve(folder, script, {"NORMA_TEST_CASE": str(case)}) as running:
        yield running


@pytest.fixture(scope="module")
def visitor(browser: Browser) -> Iterator[BrowserContext]:  # noqa: F811
    """One reader for all tests: the page's scripts are fetched and compiled once."""
    context = browser.new_context(locale="uk-UA", viewport={"width": 1440, "height": 1000})
    yield context
    context.close()


@pytest.fixture
def view(server: Server, visitor: BrowserContext) -> Iterator[Page]:
    page = visitor.new_page()
    seen = watch(page)
    page.goto(server.url)
    expect(body(page)).to_contain_text("Процедура відводу")
    settle(page)
    page.evaluate("() => document.fonts.ready.then(() => true)")  # late faces move lines
    yield page
    page.close()
    seen.check()


def body(page: Page) -> Locator:
    return page.locator("[data-part=text]")


def unit(words: str) -> int:
    """Where the words begin in the browser's UTF-16 counting."""
    return units(TEXT[: TEXT.index(words)])


def units(words: str) -> int:
    """With what keeps a number together in the browser."""
    return len(_JOINED.sub("\u2060", words).encode("utf-16-le")) // 2


def drag(page: Page, words: str) -> None:
    left, _, y = body(page).evaluate(_PLACE, unit(words))
    _, right, bottom = body(page).evaluate(_PLACE, unit(words) + units(words) - 1)
    page.mouse.move(left + 1, y)
    page.mouse.down()
    page.mouse.move(right - 1, bottom, steps=4)
    page.mouse.up()


def click(page: Page, words: str) -> None:
    left, right, y = body(page).evaluate(_PLACE, unit(words) + 2)
    page.mouse.click((left + right) / 2, y)


def wait_for(page: Page, name: str, value: object) -> dict[str, Any]:
    """The app's answer once `name` has the value."""
    fact = f'"{name}": {json.dumps(value, ensure_ascii=False)}'
    code = page.locator(".st-key-answer code")
    expect(code).to_contain_text(fact)
    answer: dict[str, Any] = json.loads(code.inner_text())
    return answer


def drawn(page: Page, name: str) -> int:
    return int(page.evaluate("name => CSS.highlights.get(name)?.size ?? 0", name))


def test_selected_words_are_the_same_slice_in_python(view: Page) -> None:
    for words in (
        "відводу 🇺🇦 посадової",
        "адміністративного органу невідкладно",
        "𝕎 органу",
        "трьох робочих",
    ):
        drag(view, words)
        start = TEXT.index(words)
        answer = wait_for(view, "selection", [start, start + len(words), words])
        assert answer["clicked"] is None
        click(view, "Процедура")
        wait_for(view, "selection", None)


def test_a_number_with_a_hyphen_stays_on_one_line_and_is_copied_as_it_stands(view: Page) -> None:
    for number in ("42-1", "2073-IX"):
        assert body(view).evaluate(_PARTED, [unit(number), units(number)]) == []
    words = "за статтею 42-1 Кодексу (№ 2073-IX) розглядає"
    drag(view, words)
    start = TEXT.index(words)
    wait_for(view, "selection", [start, start + len(words), words])
    view.evaluate(
        "() => document.addEventListener('copy', e => { window.words = e.clipboardData.getData('text') })"
    )
    view.keyboard.press("Control+C")
    assert view.evaluate("() => window.words") == words
    click(view, "Процедура")
    wait_for(view, "selection", None)


def test_a_click_picks_the_innermost_element_then_the_one_around_it(view: Page) -> None:
    click(view, "невідкладно")
    wait_for(view, "chosen", "limit")
    expect(view.locator("tr.picked[data-id=limit]")).to_be_visible()
    click(view, "невідкладно")
    wait_for(view, "chosen", "duty")
    assert drawn(view, "nm-picked") == 1


def test_the_table_is_walked_by_keyboard_and_offers_actions(view: Page) -> None:
    view.locator("tr[data-id=duty] .row-button").focus()
    view.keyboard.press("ArrowDown")
    view.keyboard.press("Enter")
    wait_for(view, "chosen", "actor")
    view.get_by_role("button", name="Підтвердити").click()
    wait_for(view, "action", ["actor", "confirm"])


def test_elements_are_drawn_by_type_named_in_the_margin_and_can_be_switched_off(view: Page) -> None:
    assert drawn(view, "nm-actor") == 1
    assert drawn(view, "nm-right") == 0, "a rejected element is not drawn"
    toggle = view.locator("[data-type=ACTOR]")
    toggle.click()
    expect(toggle).to_have_attribute("aria-pressed", "false")
    assert drawn(view, "nm-actor") == 0
    toggle.click()
    assert drawn(view, "nm-actor") == 1

    # The margin names each norm beside its first line.
    names = view.locator(".note-name").all_inner_texts()
    assert names[:2] == ["Обов’язок", "Повноваження"]
    note = view.locator(".note").first.bounding_box()
    _, _, line = body(view).evaluate(_PLACE, unit("Посадова"))
    assert note is not None
    assert abs(note["y"] + note["height"] / 2 - line) < 8


def test_a_long_text_turns_to_the_place_asked_for(view: Page) -> None:
    expect(view.locator(".page")).to_have_text("Частина тексту 1 з 8")
    view.get_by_role("button", name="focus").click()
    expect(view.locator(".page")).to_have_text("Частина тексту 8 з 8")
    expect(body(view)).to_contain_text("Стаття 240. Пояснення")
    view.get_by_role("button", name="Попередня частина тексту").first.click()
    expect(view.locator(".page")).to_have_text("Частина тексту 7 з 8")
    assert top_line(view).startswith("Стаття ")

    # The table leads to an element in another part too.
    view.locator("tr[data-id=duty] .row-button").click()
    wait_for(view, "chosen", "duty")
    expect(body(view)).to_contain_text("Процедура відводу")
    assert drawn(view, "nm-picked") == 1


_TOP = """element => {
  const box = element.closest('.box').getBoundingClientRect()
  const root = element.getRootNode()
  const left = element.getBoundingClientRect().left + 4
  const caret = document.caretPositionFromPoint(left, box.top + 14, { shadowRoots: [root] })
  return element.textContent.slice(caret.offset, caret.offset + 60)
}"""


def top_line(page: Page) -> str:
    """What stands in the first line of the box."""
    return str(body(page).evaluate(_TOP))


def scroll_to_share(page: Page, share: float) -> str:
    """Scroll the box within its window; the line that stands at its top then."""
    body(page).evaluate(
        "(element, share) => (box => box.scrollTop = box.scrollHeight * share)(element.closest('.box'))",
        share,
    )
    return top_line(page)


def press_until(page: Page, key: str, last: str) -> None:
    """Press a key until the window has come to a part; each press moves it on."""
    while (shown := page.locator(".page").inner_text()) != last:
        page.keyboard.press(key)
        expect(page.locator(".page")).not_to_have_text(shown)
    page.keyboard.press(key)


def test_the_window_follows_scrolling_and_leaves_what_is_read_in_its_place(view: Page) -> None:
    line = scroll_to_share(view, 0.8)
    expect(view.locator(".page")).to_have_text("Частина тексту 3 з 8")
    expect(body(view)).not_to_contain_text("Процедура відводу")
    assert top_line(view) == line
    box = view.get_by_role("region", name="Текст акта")
    box.focus()
    press_until(view, "End", "Частина тексту 8 з 8")
    expect(body(view)).to_contain_text("Стаття 249. Пояснення")
    press_until(view, "Home", "Частина тексту 1 з 8")
    expect(body(view)).to_contain_text("Процедура відводу")
    assert drawn(view, "nm-actor") == 1


def test_a_click_follows_a_reference_and_picks_the_element_that_says_so(view: Page) -> None:
    assert (drawn(view, "nm-link"), drawn(view, "nm-outside")) == (2, 1)
    click(view, "статтею 23")
    answer = wait_for(view, "followed", "article")
    assert answer["chosen"] == "reference"

    # Of a reference and an element the shorter one is meant.
    click(view, "у строк")
    assert wait_for(view, "chosen", "term")["followed"] == "article"
    click(view, "рішення про")
    assert wait_for(view, "followed", "decision")["chosen"] == "term"
    expect(view.get_by_role("status").filter(has_text="до decision")).to_be_visible()


def test_words_of_a_reference_are_selected_as_any_others(view: Page) -> None:
    drag(view, "підстави відводу, визначені статтею 23")
    start = TEXT.index("підстави відводу")
    end = TEXT.index("статтею 23") + len("статтею 23")
    answer = wait_for(view, "selection", [start, end, TEXT[start:end]])
    assert answer["followed"] is None


def test_the_pointer_on_a_reference_says_where_it_leads(view: Page) -> None:
    left, right, y = body(view).evaluate(_PLACE, unit("статтею 23") + 2)
    view.mouse.move((left + right) / 2, y)
    expect(body(view)).to_have_attribute("title", "до article")
    left, right, y = body(view).evaluate(_PLACE, unit("Процедура"))
    view.mouse.move((left + right) / 2, y)
    expect(body(view)).to_have_attribute("title", "")


def test_the_place_asked_for_is_marked_and_shown_again_when_asked_for_again(view: Page) -> None:
    view.get_by_role("button", name="focus").click()
    expect(body(view)).to_contain_text("Стаття 240. Пояснення")
    expect(view.locator(".goal")).to_be_in_viewport()
    view.get_by_role("region", name="Текст акта").evaluate("box => { box.scrollTop = 0 }")
    expect(view.locator(".goal")).not_to_be_in_viewport()
    expect(view.locator(".page")).not_to_have_text("Частина тексту 8 з 8")
    settle(view)
    view.get_by_role("button", name="focus").click()
    expect(view.locator(".goal")).to_be_in_viewport()
