"""Prices as Setup offers them to be set: of which models, and what follows from what was typed."""

from collections.abc import Mapping

from services.llm import prices
from services.llm import provider as providers
from services.setup.service import override_price, price_overrides


def priceable() -> list[str]:
    """Models of the price file, those with a price of one's own, and the one in use if it has none."""
    used = providers.current().default_model
    used = used.split(":")[1] if used.startswith("ft:") and used.count(":") > 1 else used
    unpriced = [used] if used and prices.price(used) is None else []
    return list(dict.fromkeys([*prices.priced_models(), *price_overrides(), *unpriced]))


def set_price(model: str, typed: Mapping[str, float]) -> None:
    """Set a model's prices as they were typed (`input`, `cached`, `output`, `training`).

    Of a model without published ones: what is cached costs what is fresh unless it was told, and so does
    what is fine-tuned. A price of training that is left at nothing stays unknown, it is not free.
    """
    figures, known = dict(typed), prices.price(model)
    if model not in prices.priced_models():
        figures["cached"] = figures["cached"] or figures["input"]
        figures |= {f"tuned_{name}": figures[name] for name in ("input", "cached", "output")}
    if not figures["training"] and (known is None or known.training is None):
        del figures["training"]
    override_price(model, figures)
