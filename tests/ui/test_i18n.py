"""Numbers, money, dates and plurals as a Ukrainian and an English reader expect them."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from ui.i18n import Text

UK, EN = Text("uk"), Text("en")


@pytest.mark.parametrize(
    ("shown", "uk", "en"),
    [
        (lambda t: t.number(1234567.89), "1 234 567,89", "1,234,567.89"),
        (lambda t: t.number(1234), "1 234", "1,234"),
        (lambda t: t.number(3, 2), "3,00", "3.00"),
        (lambda t: t.number(-5), "−5", "−5"),
        (lambda t: t.number(-0.001, 2), "0,00", "0.00"),
        (lambda t: t.number(None), "–", "–"),
        (lambda t: t.score(0.8149), "0,81", "0.81"),
        (lambda t: t.signed(0.12), "+0,12", "+0.12"),
        (lambda t: t.signed(-0.03), "−0,03", "−0.03"),
        (lambda t: t.signed(0.001), "0,00", "0.00"),
        (lambda t: t.percent(0.815), "82 %", "82%"),
        (lambda t: t.percent(0.8157, 1), "81,6 %", "81.6%"),
        (lambda t: t.money(7.9), "7,90 $", "$7.90"),
        (lambda t: t.money(Decimal("1234.5")), "1 234,50 $", "$1,234.50"),
        (lambda t: t.money(0.0009), "0,0009 $", "$0.0009"),
        (lambda t: t.money(0.000001), "<0,0001 $", "<$0.0001"),
        (lambda t: t.money(0), "0,00 $", "$0.00"),
        (lambda t: t.money(None), "–", "–"),
        (lambda t: t.money_range(5.4, 7.9), "5,40–7,90 $", "$5.40–7.90"),
        (lambda t: t.money_range(0.0009, 0.0012), "0,0009–0,0012 $", "$0.0009–0.0012"),
        (lambda t: t.money_range(2, 2), "2,00 $", "$2.00"),
        (lambda t: t.date(date(2026, 11, 20)), "20.11.2026", "Nov 20, 2026"),
        (lambda t: t.date(date(2026, 11, 20), "long"), "20 листопада 2026 р.", "November 20, 2026"),
        (lambda t: t.day(date(2026, 11, 5)), "05.11", "Nov 5"),
        (lambda t: t.duration(0.4), "0,4 с", "0.4 s"),
        (lambda t: t.duration(2.14), "2,1 с", "2.1 s"),
        (lambda t: t.duration(41 * 60), "41 хв", "41 min"),
        (lambda t: t.duration(7500), "2 год 5 хв", "2 h 5 min"),
        (lambda t: t.duration(3 * 86400), "3 дні", "3 days"),
        (lambda t: t.size(12), "12 Б", "12 B"),
        (lambda t: t.size(1_670_000), "1,7 МБ", "1.7 MB"),
    ],
)
def test_figures(shown, uk, en) -> None:
    plain = {language.lang: shown(language).replace("\u00a0", " ") for language in (UK, EN)}
    assert plain == {"uk": uk, "en": en}


def test_groups_and_units_do_not_break_over_lines() -> None:
    assert UK.number(12345) == "12\u00a0345"
    assert UK.money(7.9) == "7,90\u00a0$"
    assert UK.duration(120) == "2\u00a0хв"
    assert "\u202f" not in UK.date(date(2026, 1, 2), "long"), "our faces have no narrow space"


def test_moments_stand_on_the_readers_clock() -> None:
    evening = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)
    assert Text("uk", "Europe/Kyiv").datetime(evening) == "21.11.2026, 01:30"
    assert Text("uk", "America/New_York").datetime(evening) == "20.11.2026, 18:30"
    assert UK.time(datetime(2026, 7, 1, 13, 5)) == "16:05", "a moment without a zone is UTC"
    assert UK.time(datetime(2026, 7, 1, 16, 5, tzinfo=timezone(timedelta(hours=3)))) == "16:05"


def test_an_unknown_zone_is_no_obstacle() -> None:
    assert Text("uk", "Mars/Olympus").time(datetime(2026, 1, 1, 10, 0, tzinfo=UTC)) == "10:00"


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "0 днів"),
        (1, "1 день"),
        (2, "2 дні"),
        (5, "5 днів"),
        (11, "11 днів"),
        (21, "21 день"),
        (22, "22 дні"),
        (25, "25 днів"),
        (111, "111 днів"),
        (1001, "1\u00a0001 день"),
    ],
)
def test_ukrainian_plurals(count: int, words: str) -> None:
    assert UK.n("{count} day", "{count} days", count) == words


def test_numbers_in_sentences_are_formatted_and_strings_are_not() -> None:
    assert EN("Part {number} of {total}", number=1200, total="1200") == "Part 1,200 of 1200"


def test_an_unknown_language_becomes_ukrainian() -> None:
    assert Text("de").lang == "uk"
