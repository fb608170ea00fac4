"""Where a job is trained: the provider of the settings, or the engine that is always at hand."""

from services.config import EMBEDDED_MODEL
from services.fine_tuning.errors import ProviderChangedError
from services.llm import provider as providers

Target = providers.ProviderInfo

EMBEDDED = Target("embedded", "embedded", "127.0.0.1", EMBEDDED_MODEL)


def for_model(model: str) -> Target:
    """The provider that trains `model`: the engine its own, whatever the settings say."""
    return EMBEDDED if is_embedded(model) else providers.current()


def at(url: str) -> Target:
    """The provider a job was launched at. Raises ProviderChangedError while the settings name another."""
    if url == EMBEDDED.url:
        return EMBEDDED
    current = providers.current()
    if current.url != url:
        raise ProviderChangedError(url=url)
    return current


def is_embedded(model: str) -> bool:
    """Does the engine on this computer know the model? Its names all carry that of its base model."""
    return model == EMBEDDED_MODEL or model.startswith(f"ft:{EMBEDDED_MODEL}:")
