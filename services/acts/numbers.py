"""Numbers of acts: the Rada's identifier (`2297-17`) and the printed one (`2297-VI`)."""

import re
from datetime import date as Day  # noqa: N812 (beside columns named date)

_CONVOCATION = {
    "08": "VIII",
    "10": "X",
    "12": "XII",
    "15": "IV",
    "16": "V",
    "17": "VI",
    "18": "VII",
    "19": "VIII",
    "20": "IX",
}
_LAW = re.compile(r"(\d+)-(\d\d)")
_GOVERNMENT = re.compile(r"(\d+)-(?:19|20)\d\d-[пр]")
_OLD_SOVIET = {"80731-10": "8073-X", "80732-10": "8073-X"}


def printed(number: str | None, adopted: Day | None = None) -> str:
    """The number as it is printed on the act; an identifier without a known rule is returned as it is.

    The suffix of a law's identifier stands for the convocation (data.rada.gov.ua, laws/readme.txt):
    17 is VI, 20 is IX. 14 stands for both XIV (to January 2000) and III (from April 2000).
    """
    if not number:
        return ""
    if number in _OLD_SOVIET:
        return _OLD_SOVIET[number]
    if match := _GOVERNMENT.fullmatch(number):
        return match[1]
    if match := _LAW.fullmatch(number):
        roman = _CONVOCATION.get(match[2]) or (_fourteen(adopted) if match[2] == "14" else "")
        return f"{match[1]}-{roman}" if roman else number
    return number.replace("-вр", "-ВР")


def _fourteen(adopted: Day | None) -> str:
    if adopted is None:
        return ""
    if adopted < Day(2000, 2, 1):
        return "XIV"
    return "III" if adopted >= Day(2000, 4, 1) else ""
