"""Settings named as their fields are on the page Setup."""

from ui.i18n import N_, Text

_LABELS: dict[str, str] = {
    "OPENAI_BASE_URL": N_("Address"),
    "OPENAI_API_KEY": N_("Key"),
    "OPENAI_MODEL": N_("Base model"),
    "WANDB_ENABLED": N_("Keep a record"),
    "WANDB_TEXTS": N_("What leaves this computer once a key is set"),
    "WANDB_API_KEY": N_("Key"),
    "WANDB_PROJECT": N_("Project"),
    "WANDB_ENTITY": N_("User or team"),
    "WANDB_BASE_URL": N_("Address of your own server"),
}


def field_name(t: Text, name: str) -> str:
    """The label of a setting; one that has no field there keeps the name it has in `.env`."""
    return t(_LABELS[name]) if name in _LABELS else name
