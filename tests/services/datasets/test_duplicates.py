"""Passages that say the same in different acts."""

from services.datasets import duplicates

DUTY = (
    "Працівник зобов'язаний утримуватися від поведінки, яка може зашкодити репутації органу, "
    "дотримуватися етичних норм і шанобливо ставитися до громадян, керівників, колег та підлеглих."
)
OTHER = (
    "Суб'єкт персональних даних має право знати про джерела збирання, місцезнаходження своїх персональних "
    "даних, мету їх обробки, місцезнаходження або місце проживання володільця."
)
FORMULA = "Цей наказ набирає чинності з дня його офіційного опублікування."


def test_the_same_words_in_other_case_and_punctuation_are_twins() -> None:
    assert list(duplicates.twins([DUTY, OTHER, DUTY.upper().replace(",", ";")])) == [(0, 2)]


def test_a_passage_inside_a_longer_one_is_its_twin() -> None:
    assert list(duplicates.twins([DUTY, f"{OTHER}\n{DUTY}"])) == [(0, 1)]


def test_a_changed_word_leaves_twins_and_a_changed_half_does_not() -> None:
    half = DUTY[: len(DUTY) // 2] + OTHER[len(OTHER) // 2 :]
    assert list(duplicates.twins([DUTY, DUTY.replace("колег", "партнерів")])) == [(0, 1)]
    assert list(duplicates.twins([DUTY, half])) == []


def test_short_formulas_are_twins_only_as_a_whole() -> None:
    assert list(duplicates.twins(["Виключено.", "Виключити.", "виключено"])) == [(0, 2)]


def test_acts_of_twins_stand_together() -> None:
    owners = ["кодекс А", "кодекс Б", "закон", *(f"акт {i}" for i in range(10))]
    groups = duplicates.unite(owners, [(0, 1)])
    assert groups["кодекс А"] == groups["кодекс Б"] != groups["закон"]


def test_a_formula_in_every_act_does_not_make_one_group_of_all() -> None:
    owners = [f"акт {i}" for i in range(20)]
    pairs = [(i, j) for i in range(20) for j in range(i + 1, 20)]
    groups = duplicates.unite(owners, pairs)
    assert max(list(groups.values()).count(name) for name in groups.values()) <= 4


def test_of_twins_on_two_sides_the_held_out_one_is_left_out() -> None:
    sides = {0: "test", 1: "train", 2: "validation", 3: "test"}
    out = duplicates.crossing([(0, 1), (2, 3)], sides, ("train", "validation", "test"))
    assert out == {0, 3}
