"""The card of prices: what a provider asks, as known on a date, and figures of one's own."""

import streamlit as st

from services.llm import prices
from services.setup import pricing, service
from ui import errors, layout, tables
from ui.i18n import Text
from ui.setup import keys

_FIGURES = ("input", "cached", "output", "training")


def draw(t: Text) -> None:
    """The table of prices and the form to correct one."""
    models = pricing.priceable()
    known = [found for name in models if (found := prices.price(name))]
    unpriced = [name for name in models if prices.price(name) is None]
    if not known:
        return
    as_of = t.date(known[0].as_of)
    with layout.card(
        "prices", t("Prices"), t("US dollars per million tokens, as published on {date}.", date=as_of)
    ):
        own = service.price_overrides()
        rows = [
            tables.Row(
                p.model,
                [
                    tables.stack(p.model, t("custom price")) if p.model in own else p.model,
                    *(t.money(value) for value in (p.input, p.output, p.training)),
                    t.date(p.shutdown),
                ],
            )
            for p in known
        ]
        right = [t("Input"), t("Output"), t("Training")]
        columns = [
            tables.Column(t("Model")),
            *(tables.Column(name, align="right", shrink=True) for name in right),
            tables.Column(t("Shutdown date"), align="right", shrink=True, secondary=True),
        ]
        tables.simple_table(t, "su_prices", columns, rows, label=t("Prices"))
        for name in unpriced:
            layout.remark(
                "warn",
                t("There is no price for {model}", model=name),
                t("Set it below, so that spending can be shown and limited."),
            )
        with st.expander(t("Set a price of your own"), expanded=bool(unpriced)), errors.guard(t):
            _form(t, [*unpriced, *(p.model for p in known)], own)


def _form(t: Text, models: list[str], own: dict[str, dict[str, float]]) -> None:
    names = {
        "input": t("Input"), "cached": t("Cached input"), "output": t("Output"), "training": t("Training"),
    }  # fmt: skip
    model = str(st.selectbox(t("Model"), models, key="su_price_model"))
    present = prices.price(model)
    with layout.actions("price_fields"):
        figures = {
            name: st.number_input(
                names[name], min_value=0.0, value=float(getattr(present, name, None) or 0.0), step=0.05,
                format="%g", key=f"su_price_{model}_{name}", width=200,
            )
            for name in _FIGURES
        }  # fmt: skip
    with layout.actions("prices"):
        if layout.press(layout.Button(t("Save the price"), "su_price_save", icon="save")):
            pricing.set_price(model, figures)
            keys.saved(t, t("The price of {model} is saved.", model=model))
        published = model in prices.priced_models()
        forget = t("Use the published price") if published else t("Remove this price")
        if model in own and layout.press(layout.Button(forget, "su_price_forget")):
            service.override_price(model, None)
            keys.saved(t, t("Your price of {model} is removed.", model=model))
