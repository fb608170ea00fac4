"""Which model extracts, and the way back."""

import pytest

from services.db import SessionLocal
from services.db.models import DatasetVersion, FineTuningJob
from services.errors import NotFoundError
from services.fine_tuning import registry


def _tuned(name: str, url: str = "embedded", base: str = "norma-base-1") -> int:
    """A finished job's model; its id in the registry."""
    with SessionLocal.begin() as session:
        dataset = DatasetVersion(
            name="Набір", number=1, seed=7, row_limit=None, content_hash=name, counts={}, tokens={}, types={},
            checks=[],
        )  # fmt: skip
        session.add(dataset)
        session.flush()
        job = FineTuningJob(id=name, dataset_id=dataset.id, provider_url=url, base_model=base)
        session.add(job)
        session.flush()
        return registry.register(session, job, name).id


def test_the_base_model_is_active_until_another_is(database: str) -> None:
    assert registry.active().name == "norma-base-1"
    assert registry.previous() is None
    assert registry.newest_tuned() is None


def test_making_active_and_going_back(database: str) -> None:
    first, second = _tuned("ft:a"), _tuned("ft:b")
    registry.activate(first)
    assert registry.active().label == "Norma v1"
    before = registry.previous()
    assert before is not None and before.name == "norma-base-1"
    registry.activate(second)
    before = registry.previous()
    assert before is not None and before.id == first
    registry.activate(before.id)
    assert registry.active().id == first
    assert [model.is_active for model in registry.models()].count(True) == 1


def test_labels_count_over_all_providers_and_a_model_is_entered_once(database: str) -> None:
    _tuned("ft:a")
    _tuned("ft:b", "https://api.openai.com/v1", "gpt-4.1-mini-2025-04-14")
    with SessionLocal.begin() as session:
        again = registry.register(session, session.get_one(FineTuningJob, "ft:a"), "ft:a")
        assert again.label == "Norma v1"
    newest = registry.newest_tuned()
    assert newest is not None and newest.label == "Norma v1"


def test_models_of_all_providers_have_short_names(database: str) -> None:
    registry.base()
    _tuned("ft:a")
    _tuned("ft:b", "https://api.openai.com/v1", "gpt-4.1-mini-2025-04-14")
    assert registry.labels() == {"norma-base-1": "norma-base-1", "ft:a": "Norma v1", "ft:b": "Norma v2"}


def test_every_provider_keeps_its_own_active_model(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    url = "https://api.openai.com/v1"
    registry.activate(_tuned("ft:a"))
    monkeypatch.setenv("OPENAI_API_KEY", "sk-test")
    assert registry.active().name == "gpt-4.1-mini-2025-04-14"
    registry.activate(_tuned("ft:gpt", url, "gpt-4.1-mini-2025-04-14"))
    assert registry.active().name == "ft:gpt"
    monkeypatch.delenv("OPENAI_API_KEY")
    assert registry.active().name == "ft:a"


def test_a_fine_tuned_model_ends_when_its_base_does(database: str) -> None:
    model = registry.get(_tuned("ft:gpt-4.1-mini-2025-04-14:org::x", "https://api.openai.com/v1"))
    assert str(model.shutdown_date) == "2027-01-14"


def test_a_provider_without_a_model_has_none(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    assert (registry.active().name, registry.models()) == ("", [])


def test_an_unknown_model_cannot_be_made_active(database: str) -> None:
    with pytest.raises(NotFoundError):
        registry.activate(404)
