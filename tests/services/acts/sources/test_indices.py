"""Indices that a text raises by characters of their own, in every format that may hold them."""

import pytest

from services.acts import importer
from services.acts.sources.indices import with_hyphens
from services.db import SessionLocal
from services.db.models import ActText

LAW = """ЗАКОН УКРАЇНИ
Про строки

Стаття 19¹. Строк подання
1. Заява подається до органу, визначеного статтями 19¹, 20² цього Закону.
2¹. Площа ділянки – не більше 50 м², об’єм – 10³ літрів.
"""
READ = """ЗАКОН УКРАЇНИ
Про строки

Стаття 19-1. Строк подання
1. Заява подається до органу, визначеного статтями 19-1, 20-2 цього Закону.
2-1. Площа ділянки – не більше 50 м², об’єм – 10³ літрів.
"""


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Стаття 172¹⁵. Назва", "Стаття 172-15. Назва"),
        ("відповідно до ст. 5¹ та ч. 2² ст. 6", "відповідно до ст. 5-1 та ч. 2-2 ст. 6"),
        (
            "доповнити пунктом 3¹ такого змісту:\n“3¹) перевірка”",
            "доповнити пунктом 3-1 такого змісту:\n“3-1) перевірка”",
        ),
        ("розділу IV¹ Правил", "розділу IV-1 Правил"),
        ("у статтях 19¹–19³, 20", "у статтях 19-1–19-3, 20"),
        ("тиск 10⁵ Па і площа 5 м²", "тиск 10⁵ Па і площа 5 м²"),
    ],
)
def test_only_numbers_of_units_are_changed(written: str, meant: str) -> None:
    assert with_hyphens(written) == meant


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("закон.txt", LAW.encode()),
        ("закон.html", "".join(f"<p>{row}</p>" for row in LAW.split("\n") if row).encode()),
    ],
)
def test_an_imported_act_has_them_with_hyphens(name: str, data: bytes) -> None:
    act_id = importer.import_files([(name, data)])[0].act_id
    with SessionLocal.reading() as session:
        stored = session.get_one(ActText, act_id).text
    assert stored.split("\n") == READ.split("\n") or stored == READ.replace("\n\n", "\n")
