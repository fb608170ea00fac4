"""A pasted list gives every act it names; nothing is left out without a word."""

import pytest

from services.acts.rada.lists import several


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        (
            "2939-17\n № 435-IV ;Постанова КМУ від 29.04.2022 № 448\r\n\n2939-17\n",
            ["2939-17", "№ 435-IV", "Постанова КМУ від 29.04.2022 № 448"],
        ),
        ("2939-VI, 435-IV, 448-2022-п", ["2939-VI", "435-IV", "448-2022-п"]),
        ("2939-17 435-15", ["2939-17", "435-15"]),
        ("закони № 2939-VI та № 435-IV", ["2939-VI", "435-IV"]),
        ("закони № 2939-VI, 435-ІV і 1618–IV", ["закони № 2939-VI", "435-ІV", "1618–IV"]),
        ("1. 2939-VI\n2) 435-15\n• z0281-25,", ["2939-VI", "435-15", "z0281-25"]),
        ("2939-VI, щось інше, 435-IV", ["2939-VI", "щось інше", "435-IV"]),
        (
            "КМУ № 448 від 12.04.2022, КМУ № 36 від 14.01.2026",
            ["КМУ № 448 від 12.04.2022", "КМУ № 36 від 14.01.2026"],
        ),
        (
            "Постанови КМУ № 448 від 12.04.2022, № 36 від 14.01.2026",
            ["Постанови КМУ № 448 від 12.04.2022", "№ 36 від 14.01.2026"],
        ),
        ("постанова КМУ від 29.04.2022, № 448", ["постанова КМУ від 29.04.2022, № 448"]),
        (
            "Закон «Про систему біобезпеки при створенні, випробуванні та використанні» № 1103-V",
            ["Закон «Про систему біобезпеки при створенні, випробуванні та використанні» № 1103-V"],
        ),
        (
            "Доступ: https://zakon.rada.gov.ua/laws/show/2939-17#Text, zakon.rada.gov.ua/laws/show/435-15.",
            ["https://zakon.rada.gov.ua/laws/show/2939-17#Text", "zakon.rada.gov.ua/laws/show/435-15"],
        ),
        (
            "435-IV https://zakon.rada.gov.ua/laws/show/254к/96-вр/print",
            ["435-IV", "https://zakon.rada.gov.ua/laws/show/254к/96-вр/print"],
        ),
        ("2939-VI\n2939-17; Закон № 2939-VІ, https://zakon.rada.gov.ua/laws/show/2939-17#Text", ["2939-VI"]),
        (
            "2939-17\nhttps://zakon.rada.gov.ua/laws/show/2939-17/ed20200101",
            ["2939-17", "https://zakon.rada.gov.ua/laws/show/2939-17/ed20200101"],
        ),
        ("8073-X, 2939-VI", ["80731-10", "80732-10", "2939-VI"]),
        ("80732-10\nКУпАП № 8073-Х", ["80732-10", "80731-10"]),
        ("https://example.org/2939-17", ["https://example.org/2939-17"]),
        (" \n;,", []),
    ],
)
def test_a_list_gives_each_act_once_in_its_order(text: str, acts: list[str]) -> None:
    assert several(text) == acts
