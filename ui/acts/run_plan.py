"""A run before it starts: what it will take, and what the reader may set."""

from collections.abc import Sequence

import streamlit as st

from services.extraction import choices
from services.extraction import service as extraction
from services.extraction.choices import Choices
from services.extraction.service import Estimate
from services.fine_tuning import registry
from services.llm import provider as providers
from ui import layout
from ui.i18n import Text

_MICRO = 1_000_000
_MOST_AT_ONCE = 64
_WIDTH = 200


def settle(t: Text, ids: Sequence[int] | None) -> tuple[Estimate, Choices]:
    """Draw what the run takes, with the fields of a paid one; the estimate and what is chosen."""
    chosen = Choices() if providers.current().embedded else _fields(t)
    with st.spinner(t("Counting passages")):
        found = extraction.estimate(ids, batch=chosen.batch, concurrency=chosen.concurrency)
    layout.key_values(_facts(t, found, chosen))
    if _exceeds(found, chosen):
        layout.remark(
            "info",
            t("The extraction may stop before it is finished."),
            t("It may cost more than the limit; answers received by then are kept."),
        )
    return found, chosen


def start_button(t: Text, found: Estimate, chosen: Choices) -> layout.Button:
    """The button that starts the run and names the most it can cost."""
    label = t("Start extraction")
    most = found.cost_micro[1] / _MICRO if found.cost_micro else chosen.budget_usd or 0.0
    if chosen.budget_usd is not None:
        most = min(most, chosen.budget_usd)
    if most:
        label = t("Start extraction · up to {sum}", sum=t.money(most))
    return layout.Button(label, "start_plan", icon="play_arrow")


def _fields(t: Text) -> Choices:
    kept = choices.remembered()
    with layout.actions("plan_fields"):
        budget = st.number_input(
            t("Spending limit, USD"),
            min_value=0.01,
            value=kept.budget_usd,
            step=1.0,
            format="%.2f",
            placeholder=t("no limit"),
            key="plan_budget",
            width=_WIDTH,
            help=t("The extraction stops once it has spent this much. Answers received by then are kept."),
        )
        at_once = st.number_input(
            t("Passages at once"),
            min_value=1,
            max_value=_MOST_AT_ONCE,
            value=kept.concurrency or 1,
            key="plan_at_once",
            width=_WIDTH,
            # A batch goes out whole.
            disabled=bool(st.session_state.get("plan_batch", kept.batch)),
            help=t("More at once is faster. If the provider limits requests, Norma slows down by itself."),
        )
        batch = st.checkbox(
            t("Half the price, answers within a day"),
            value=kept.batch,
            key="plan_batch",
            help=t(
                "Passages are sent to the provider in batches. Work continues even if you close this page."
            ),
        )
    return Choices(budget, batch, at_once)


def _facts(t: Text, found: Estimate, chosen: Choices) -> list[tuple[str, str]]:
    stored = t.n("{count} already processed", "{count} already processed", found.stored)
    passages = t("{number}; {stored}", number=found.passages, stored=stored)
    if not found.exact:
        passages = t("about {number}", number=found.passages)
    elsewhere = t("{host}; texts are sent there", host=found.host)
    here = t("on this computer; no text leaves it")
    about = t("about {time}", time=t.duration(found.seconds, rough=True))
    return [
        (t("Acts"), t.number(found.acts)),
        (t("Passages"), passages if found.stored or not found.exact else t.number(found.passages)),
        (t("Model"), registry.labels().get(found.model, found.model)),
        (t("Price"), _price(t, found)),
        (t("Time"), t("up to 24 hours") if chosen.batch else about),
        (t("Where"), here if found.embedded else elsewhere),
    ]


def _price(t: Text, found: Estimate) -> str:
    if found.cost_micro is None:
        return t("unknown: there is no price for this model in Setup")
    low, high = found.cost_micro
    return t.money_range(low / _MICRO, high / _MICRO) if high else t("free")


def _exceeds(found: Estimate, chosen: Choices) -> bool:
    if found.cost_micro is None or chosen.budget_usd is None:
        return False
    return found.cost_micro[1] > chosen.budget_usd * _MICRO
