"""Settings: where values come from, what is refused, what never shows."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from services import config
from services.config import FIELDS, ROOT, ConfigError, EnvFileError, LockedError, load, save, settings


def env_file(tmp_path: Path, text: str) -> Path:
    path = tmp_path / ".env"
    path.write_text(text, encoding="utf-8")
    return path


def test_environment_beats_env_file_beats_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert load().WANDB_PROJECT == "norma"
    env_file(tmp_path, "WANDB_PROJECT=з-файлу\n")
    assert load().WANDB_PROJECT == "з-файлу"
    monkeypatch.setenv("WANDB_PROJECT", "from-environment")
    assert load().WANDB_PROJECT == "from-environment"
    assert load().locked == {"WANDB_PROJECT", "DATA_DIR"}


def test_live_settings_notice_a_saved_change() -> None:
    assert settings.WANDB_ENABLED is True
    save({"WANDB_ENABLED": False})
    assert settings.WANDB_ENABLED is False


def test_documented_command_prints_the_project() -> None:
    command = "from services.config import settings; print('W&B Project:', settings.WANDB_PROJECT)"
    done = subprocess.run(
        [sys.executable, "-c", command], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "W&B Project: norma\n"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("OPENAI_BASE_URL", "api.openai.com"),
        ("WANDB_ENABLED", "так"),
        ("EXTRACTION_CONCURRENCY", "0"),
        ("MODEL_TIMEOUT", "1"),
        ("DATABASE_URL", "mysql://x"),
        ("OPENAI_API_KEY", "sk-кирилиця"),
        ("UI_LANGUAGE", "de"),
    ],
)
def test_a_value_that_cannot_be_used_names_its_field(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ConfigError) as raised:
        load()
    assert raised.value.data["field"] == name
    if config.BY_NAME[name].secret:
        assert value not in str(raised.value.data)


def test_secrets_do_not_show() -> None:
    save({"OPENAI_API_KEY": "sk-very-secret-1", "WANDB_API_KEY": "w" * 40})
    for shown in (repr(load()), repr(settings), f"{load()}"):
        assert "sk-very-secret-1" not in shown
        assert "w" * 40 not in shown


def test_provider_follows_key_and_address() -> None:
    assert load().provider == "embedded"
    assert save({"OPENAI_API_KEY": "sk-1"}).provider == "openai"
    assert save({"OPENAI_BASE_URL": "http://127.0.0.1:9/v1"}).provider == "custom"


def test_a_new_address_clears_the_key() -> None:
    save({"OPENAI_API_KEY": "sk-1"})
    moved = save({"OPENAI_BASE_URL": "https://llm.example.ua/v1"})
    assert moved.OPENAI_API_KEY == ""
    both = save({"OPENAI_BASE_URL": "https://other.example.ua/v1", "OPENAI_API_KEY": "sk-2"})
    assert both.OPENAI_API_KEY == "sk-2"
    save({"WANDB_API_KEY": "w" * 40})
    assert save({"WANDB_BASE_URL": "https://wandb.example.ua"}).WANDB_API_KEY == ""


def test_saving_keeps_other_lines_and_closes_the_file_to_others(tmp_path: Path) -> None:
    path = env_file(tmp_path, "# примітка адміністратора\nFOREIGN=1\nWANDB_PROJECT=a\n")
    save({"WANDB_PROJECT": "b", "WANDB_ENTITY": "юристи"})
    text = path.read_text(encoding="utf-8")
    assert "# примітка адміністратора" in text
    assert "FOREIGN=1" in text
    assert (load().WANDB_PROJECT, load().WANDB_ENTITY) == ("b", "юристи")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("value", ["p'q\\r #x $HOME", 'a"b', "пароль з пробілом"])
def test_odd_characters_survive_saving(value: str) -> None:
    address = f"postgresql://user:{value}@127.0.0.1/norma"
    assert str(save({"DATABASE_URL": address}).DATABASE_URL) == address


def test_a_read_only_env_file_is_refused_and_unchanged(tmp_path: Path) -> None:
    path = env_file(tmp_path, "WANDB_PROJECT=a\n")
    path.chmod(0o400)
    with pytest.raises(EnvFileError):
        save({"WANDB_PROJECT": "b"})
    assert path.read_text(encoding="utf-8") == "WANDB_PROJECT=a\n"


def test_a_field_set_by_the_environment_is_locked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WANDB_PROJECT", "fixed")
    with pytest.raises(LockedError):
        save({"WANDB_PROJECT": "other"})


def test_example_file_lists_exactly_the_fields() -> None:
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    named = [line.lstrip("# ").split("=")[0] for line in lines if "=" in line]
    assert named == [field.name for field in FIELDS]
    values = dict(line.lstrip("# ").split("=", 1) for line in lines if "=" in line)
    for field in FIELDS:
        os.environ.pop(field.name, None)
        if field.kind is not Path and not field.secret:
            assert config._text(field.default) == values[field.name]
