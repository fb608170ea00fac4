"""What people have at hand becomes the Rada's identifier, or a clear «unclear»."""

import pytest

from services.acts.rada.errors import ForeignLinkError, NumberUnclearError
from services.acts.rada.numbers import Wanted, acts, wanted


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("2939-17", "2939-17"),
        (" 435-15 ", "435-15"),
        ("254к/96-вр", "254к/96-вр"),
        ("448-2022-п", "448-2022-п"),
        ("64/2022", "64/2022"),
        ("27/2026-рп", "27/2026-рп"),
        ("z0281-25", "z0281-25"),
        ("v0050500-03", "v0050500-03"),
        ("n0138500-26", "n0138500-26"),
        ("995_015", "995_015"),
        ("80731-10", "80731-10"),
        ("№ 2939-VI", "2939-17"),
        ("2939-VІ", "2939-17"),
        ("Закон України від 13.01.2011 № 2939-VI", "2939-17"),
        ("№ 2341-III", "2341-14"),
        ("№ 435-IV", "435-15"),
        ("1103-V", "1103-16"),
        ("№ 922-VIII", "922-19"),
        ("№ 2073-IX", "2073-20"),
        ("№ 3353-XII", "3353-12"),
        ("№ 254к/96-ВР", "254к/96-вр"),
        ("Закон № 132/94-ВР", "132/94-вр"),
        ("постанова Кабінету Міністрів України від 29 квітня 2022 р. № 448", "448-2022-п"),
        ("Постанова КМУ від 29.04.2022 № 448", "448-2022-п"),
        ("постанова КМУ 448 від 2022", "448-2022-п"),
        ("розпорядження КМУ від 21.04.2022 № 336-р", "336-2022-р"),
        ("розпорядження Кабінету Міністрів 336 2022 року", "336-2022-р"),
        ("Указ Президента України від 24.02.2022 № 64/2022", "64/2022"),
        ("наказ, зареєстрований 21 лютого 2025 року за № 281/43687", "z0281-25"),
        ("постанова Правління Національного банку України від 2003 № 50", "v0050500-03"),
    ],
)
def test_identifiers_and_printed_numbers(typed: str, number: str) -> None:
    assert wanted(typed) == Wanted(number)
    assert acts(typed) == (Wanted(number),)


@pytest.mark.parametrize(
    "typed",
    ["8073-X", "№ 8073-Х", "8073–x", "КУпАП від 07.12.1984 № 8073-X", "8073-10", "Закон 8073-Х (ВР УРСР)"],
)
def test_the_code_that_the_rada_keeps_in_two_parts_is_brought_whole(typed: str) -> None:
    assert acts(typed) == (Wanted("80731-10"), Wanted("80732-10"))


@pytest.mark.parametrize("typed", ["80731-10", "https://zakon.rada.gov.ua/laws/show/80732-10", "18073-10"])
def test_a_part_that_is_named_is_brought_alone(typed: str) -> None:
    assert len(acts(typed)) == 1


@pytest.mark.parametrize(
    ("link", "number", "edition"),
    [
        ("https://zakon.rada.gov.ua/laws/show/2939-17", "2939-17", ""),
        ("https://zakon.rada.gov.ua/laws/show/2939-17#Text", "2939-17", ""),
        ("https://zakon.rada.gov.ua/laws/show/en/2939-17#Text", "2939-17", ""),
        ("https://zakon.rada.gov.ua/laws/show/2939-17/ed20200101#n5", "2939-17", "2020-01-01"),
        ("https://zakon.rada.gov.ua/laws/show/435-15/paran2#n2", "435-15", ""),
        ("https://zakon.rada.gov.ua/laws/show/435-15/print1443", "435-15", ""),
        ("https://zakon.rada.gov.ua/laws/show/254%D0%BA/96-%D0%B2%D1%80", "254к/96-вр", ""),
        ("https://zakon.rada.gov.ua/laws/show/254к/96-вр/ed20200101/print", "254к/96-вр", "2020-01-01"),
        ("http://zakon3.rada.gov.ua/laws/show/995_004", "995_004", ""),
        ("zakon.rada.gov.ua/laws/show/64/2022", "64/2022", ""),
        ("https://data.rada.gov.ua/laws/card/448-2022-%D0%BF.json", "448-2022-п", ""),
        ("https://zakon.rada.gov.ua/go/z0281-25", "z0281-25", ""),
        ("http://zakon.rada.gov.ua/cgi-bin/laws/main.cgi?nreg=2939-17", "2939-17", ""),
    ],
)
def test_links_of_every_age_with_their_editions(link: str, number: str, edition: str) -> None:
    assert wanted(link) == Wanted(number, edition)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "Про інформацію",
        "448",
        "№ 448",
        "2939-XXX",
        "448-2022-p",
        "наказ № 12",
        "стаття 5",
        "x" * 5000,
        "../etc",
    ],
)
def test_what_names_no_act_is_called_unclear(typed: str) -> None:
    with pytest.raises(NumberUnclearError):
        wanted(typed)


@pytest.mark.parametrize(
    "link",
    [
        "https://example.org/laws/show/2939-17",
        "https://rada.gov.ua.example.org/laws/show/2939-17",
        "https://zakon.rada.gov.ua/laws/main",
        "https://zakon.rada.gov.ua/laws/show/../../etc/passwd",
        "http://[broken",
    ],
)
def test_a_link_elsewhere_is_never_asked_for(link: str) -> None:
    with pytest.raises(ForeignLinkError):
        wanted(link)
