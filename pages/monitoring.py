"""Monitoring: calls, tokens, spending, latency and errors by day and model."""

from services.monitoring import service
from ui import errors, layout, outbox_remarks
from ui.monitoring import usage
from ui.shell import enter

t = enter()

layout.page_header(
    t,
    t("Monitoring"),
    t("What the models did and what it cost, by day and model."),
    secondary=layout.Button(t("Refresh"), "refresh", icon="refresh"),
)
with errors.guard(t):
    total = service.total(90)
    outbox_remarks.draw(t)
    if not total.calls:
        layout.empty_state(
            t,
            t("No model calls yet"),
            t("Extract elements from an act, and its model calls will appear here."),
            layout.Button(t("Open Acts"), "to_acts", page="pages/acts.py"),
        )
    else:
        chosen = usage.choose(t)
        usage.figures(t, service.total(chosen.days, chosen.model))
        with layout.card("by_day"):
            usage.chart(t, service.by_day(chosen.days, chosen.model), chosen.days)
        layout.section(t("By model"))
        usage.by_model(t, service.by_model(chosen.days))
        layout.section(t("Failed calls"))
        usage.failures(t, chosen)
