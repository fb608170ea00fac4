"""Acts: imported, found, read with their elements, and put to a model."""

from ui import errors
from ui.acts import links, listing, reading
from ui.shell import enter

t = enter()

with errors.guard(t):
    act = links.wanted("act")
    if act is None:
        listing.page(t)
    else:
        reading.page(t, act)
