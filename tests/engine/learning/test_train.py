"""Fine-tuning on real passages: it learns, it says how it goes, and what it saves is what it loads."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.elements import Element
from engine.learning.model import ModelError
from engine.learning.train import Example, Progress, train
from engine.tagging import base_tagger, load_tagger
from tests.engine.gold import examples

_SILENT: Callable[[Progress], None] = lambda _progress: None  # noqa: E731
_TRAINING = examples()[:30]


def _train(folder: Path, given: list[Example], **options: object) -> dict[str, object]:
    report = options.get("report", _SILENT)
    checkpoint = options.get("checkpoint", lambda _step: None)
    epochs = options.get("epochs", 1)
    validation = options.get("validation", [])
    return train(given, validation, folder, seed=7, epochs=epochs, report=report, checkpoint=checkpoint)  # type: ignore[arg-type,return-value]


@pytest.fixture(scope="module")
def trained(
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[Path, dict[str, object], list[Progress], list[int]]:
    """A model of 30 passages, its summary, its progress, and the steps a checkpoint was offered at."""
    folder = tmp_path_factory.mktemp("model")
    progress: list[Progress] = []
    steps: list[int] = []

    def checkpoint(step: int) -> Path:
        steps.append(step)
        return folder / f"step-{step}"

    summary = _train(
        folder / "final", list(_TRAINING), report=progress.append, checkpoint=checkpoint, epochs=2
    )
    return folder, summary, progress, steps


def _f1(tag: Callable[[str, str], list[Element]], kind: str) -> float:
    right = total = 0
    for example in _TRAINING:
        gold = [e["quote"] for e in example.elements if e["type"] == kind]
        found = [e["quote"] for e in tag(example.text, example.context) if e["type"] == kind]
        right += len(set(gold) & set(found))
        total += len(set(gold)) + len(set(found))
    return 2 * right / total


def test_a_fine_tuned_model_knows_its_passages_actors_better_than_the_rules(
    trained: tuple[Path, dict[str, object], list[Progress], list[int]],
) -> None:
    tagger = load_tagger(trained[0] / "final")
    assert _f1(tagger.tag, "ACTOR") > _f1(base_tagger().tag, "ACTOR") + 0.1


def test_progress_runs_to_its_end_and_the_loss_falls(
    trained: tuple[Path, dict[str, object], list[Progress], list[int]],
) -> None:
    progress = trained[2]
    assert [p.step for p in progress] == sorted(p.step for p in progress)
    assert progress[-1].step == progress[-1].total_steps
    assert progress[-1].epoch == pytest.approx(2)
    assert progress[-1].train_loss < progress[0].train_loss / 2
    measured = [p for p in progress if p.valid_loss is not None]
    assert measured
    assert measured[-1].valid_mean_token_accuracy is not None
    assert measured[-1].train_mean_token_accuracy is not None
    assert measured[-1].train_mean_token_accuracy > measured[-1].valid_mean_token_accuracy > 0.8


def test_the_summary_names_the_source_of_every_type(
    trained: tuple[Path, dict[str, object], list[Progress], list[int]],
) -> None:
    summary = trained[1]
    sources = summary["sources"]
    assert isinstance(sources, dict)
    assert sources["DEADLINE"] == "rules"
    assert sources["ACTOR"] in ("scorer", "crf")
    assert summary["examples"] == 30
    assert summary["trained_tokens"] == 2 * int(str(summary["tokens"]))


def test_a_checkpoint_is_a_usable_model(
    trained: tuple[Path, dict[str, object], list[Progress], list[int]],
) -> None:
    folder, _, progress, steps = trained
    assert all(0 < step < progress[-1].total_steps for step in steps)
    for step in steps:
        assert load_tagger(folder / f"step-{step}").tag(_TRAINING[0].text, _TRAINING[0].context)


def test_the_same_seed_gives_the_same_model(
    tmp_path: Path, trained: tuple[Path, dict[str, object], list[Progress], list[int]]
) -> None:
    _train(tmp_path, list(_TRAINING), epochs=2)
    first = (trained[0] / "final" / "model.json").read_text(encoding="utf-8")
    assert (tmp_path / "model.json").read_text(encoding="utf-8") == first
    one, two = load_tagger(trained[0] / "final"), load_tagger(tmp_path)
    for example in examples()[30:40]:
        assert one.tag(example.text, example.context) == two.tag(example.text, example.context)


def test_a_type_the_rules_do_not_know_is_learned(tmp_path: Path) -> None:
    cities = ("Києві", "Львові", "Одесі", "Харкові", "Дніпрі", "Полтаві", "Ужгороді", "Луцьку")
    given = [
        Example(
            f"Засідання проводиться у місті {city} за рішенням комісії номер {n}.",
            "",
            [{"type": "PLACE", "quote": f"місті {city}", "attributes": {"level": "місто", "name": city}}],
        )
        for n, city in enumerate(cities)
    ]
    _train(tmp_path, given, epochs=3)
    found = load_tagger(tmp_path).tag("Засідання проводиться у місті Рівному за рішенням комісії номер 9.")
    usual = {"level": "місто", "name": None}
    assert found == [{"type": "PLACE", "quote": "місті Рівному", "attributes": usual}]


def test_types_the_teacher_never_marks_are_left_out(tmp_path: Path) -> None:
    only_references = [
        Example(e.text, e.context, [x for x in e.elements if x["type"] == "REFERENCE"]) for e in _TRAINING
    ]
    _train(tmp_path, only_references)
    tagger = load_tagger(tmp_path)
    assert {e["type"] for x in _TRAINING for e in tagger.tag(x.text, x.context)} == {"REFERENCE"}


def test_a_validation_set_is_what_the_validation_figures_are_of(tmp_path: Path) -> None:
    with_set: list[Progress] = []
    without: list[Progress] = []
    _train(tmp_path / "a", list(_TRAINING), validation=list(examples()[30:]), report=with_set.append)
    _train(tmp_path / "b", list(_TRAINING), report=without.append)
    figures = [[p.valid_loss for p in run if p.valid_loss is not None] for run in (with_set, without)]
    assert len(figures[0]) == len(figures[1])
    assert figures[0] != figures[1]


def test_passages_without_elements_or_text_do_not_stop_training(tmp_path: Path) -> None:
    given = [*_TRAINING[:12], Example("", "", []), Example("Додаток", "", [])]
    _train(tmp_path, given)
    assert load_tagger(tmp_path).tag("") == []


def test_a_quote_that_is_not_in_the_text_is_passed_over(tmp_path: Path) -> None:
    stray: Element = {"type": "ACTOR", "quote": "вигаданий орган", "attributes": {}}
    given = [Example(e.text, e.context, [*e.elements, stray]) for e in _TRAINING[:12]]
    summary = _train(tmp_path, given)
    assert summary["elements"] == sum(len(e.elements) for e in _TRAINING[:12])


def test_a_half_written_model_does_not_load(
    tmp_path: Path, trained: tuple[Path, dict[str, object], list[Progress], list[int]]
) -> None:
    with pytest.raises(ModelError):
        load_tagger(tmp_path)
    index = json.loads((trained[0] / "final" / "model.json").read_text(encoding="utf-8"))
    index["files"] = {"ACTOR": "missing.model"}
    (tmp_path / "model.json").write_text(json.dumps(index), encoding="utf-8")
    with pytest.raises(ModelError):
        load_tagger(tmp_path)


def test_one_passage_and_a_quote_inside_a_note_are_enough_to_train_on(tmp_path: Path) -> None:
    note: Element = {"type": "NOTE", "quote": "примітка", "attributes": {}}
    for number, given in enumerate(([_TRAINING[0]], [Example("{примітка}", "", [note])] * 3)):
        _train(tmp_path / str(number), given)
        assert load_tagger(tmp_path / str(number)).tag("{примітка}") == []


def test_a_type_the_passages_hardly_show_is_not_forgotten(tmp_path: Path) -> None:
    given = [e for e in _TRAINING if all(x["type"] != "SANCTION" for x in e.elements)][:15]
    _train(tmp_path, given)
    found = load_tagger(tmp_path).tag("Порушення правил -\nтягне за собою накладення штрафу.")
    assert ("SANCTION", "тягне за собою накладення штрафу") in [(e["type"], e["quote"]) for e in found]
