"""Overview: where the journey stands, and the one next step."""

import streamlit as st

from services.acts import samples
from services.overview import service
from ui import errors, layout
from ui.overview import journey, running
from ui.shell import enter

t = enter()

counts = service.counts()
steps = service.steps(counts)
following = next((step.name for step in steps if step.state == "next"), None)

if following == "acts":
    primary = layout.Button(t("Open the samples"), "samples", icon="library_books")
    secondary = layout.Button(t("Import your own acts"), "import", icon="upload", page="pages/acts.py")
else:
    words = journey.STEPS[following or "compare"]
    primary = layout.Button(t(words.button), "next", icon=words.icon, page=words.page)
    secondary = None

pressed = layout.page_header(
    t,
    t("Overview"),
    t("Teach a model to find legal elements in Ukrainian acts, and see whether it improves."),
    primary=primary,
    secondary=secondary,
)
if pressed.primary:
    with errors.guard(t), st.spinner(t("Loading the samples")):
        samples.load()
        st.rerun()

layout.figures_strip(
    [
        layout.Figure(
            t.number(counts.acts),
            t.n("act", "acts", counts.acts),
            t.n("{count} processed", "{count} processed", counts.processed),
        ),
        layout.Figure(
            t.number(counts.confirmed),
            t.n("confirmed element", "confirmed elements", counts.confirmed),
            t.n("{count} suggestion waiting", "{count} suggestions waiting", counts.suggested),
        ),
        layout.Figure(t.number(counts.datasets), t.n("dataset version", "dataset versions", counts.datasets)),
        layout.Figure(
            t.number(counts.tuned_models),
            t.n("fine-tuned model", "fine-tuned models", counts.tuned_models),
            t.n("{count} job", "{count} jobs", counts.tuning_jobs),
        ),
    ]
)

with errors.guard(t):
    running.draw(t)

with layout.card("journey", t("From acts to a better model"), t("Each step leads to the next.")):
    journey.draw(t, steps, counts)
