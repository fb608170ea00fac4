"""Setup: provider, tracking, prices, backup."""

from services.setup import service
from ui import errors, layout
from ui.setup import backup, keys, prices, provider, tracking
from ui.shell import enter

t = enter()

layout.page_header(
    t,
    t("Setup"),
    t(
        "Which model is used, what is recorded, and where your work is kept. You do not "
        "have to change anything here."
    ),
)
with errors.guard(t):
    view = service.view()
    keys.announce()
    provider.draw(t, view)
    tracking.draw(t, view)
    backup.draw(t, view)
    prices.draw(t)
