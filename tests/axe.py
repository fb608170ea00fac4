"""Accessibility: axe-core (WCAG 2.0-2.2 A and AA, best practice), without what Streamlit itself brings."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Streamlit 1.67's own, outside our reach: rule → parts of the markup it is found in.
STREAMLIT = {
    "svg-img-alt": ("mark-group",),
    "aria-dialog-name": ("stToast",),
    "presentation-role-conflict": ("stFileUploader",),
    "empty-table-header": ("row-selection",),
    "target-size": ("Clear all", "Remove "),  # signs of a multiselect
}


def violations(page: Page) -> list[str]:
    """What axe finds, one line a finding: rule, impact, selector and markup."""
    answer: dict[str, Any] = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}}).response
    return [
        f"{rule['id']} ({rule['impact']}) {' '.join(map(str, node['target']))}: {node['html'][:200]}"
        for rule in answer["violations"]
        for node in rule["nodes"]
        if not _known(rule["id"], node)
    ]


def _known(rule: str, node: dict[str, Any]) -> bool:
    found = str(node["target"]) + node["html"]
    return any(mark in found for mark in STREAMLIT.get(rule, ()))
