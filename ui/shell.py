"""The frame of every page: navigation, language, sidebar, styles, and what must run before anything is drawn.

With a `pages/` folder Streamlit runs a page that is opened by its link without running `app.py`, until some
session has executed `st.navigation`. So every page begins with `enter()`, which does what the router would.
"""

import secrets
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from services.fine_tuning import registry
from services.jobs import supervisor
from ui import chrome, errors, styles
from ui.i18n import DEFAULT_LANGUAGE, LANGUAGES, N_, Text
from ui.layout import follow, html
from ui.markup import esc

ROOT = Path(__file__).resolve().parent.parent
BOOT = secrets.token_hex(8)
# What the default page reserves instead of its own name, which is to lead to it.
_HOME = "home"
_LANG, _ROUTED, _CHOSEN = "nm.lang", "nm.routed", "nm.lang_chosen"
_COOKIE = "norma_lang"
LANGUAGE_NAMES = {"uk": "Укр", "en": "Eng"}


@dataclass(frozen=True)
class PageEntry:
    """One page of the menu: file stem (also its address), title and outlined icon."""

    stem: str
    title: str
    icon: str

    @property
    def path(self) -> str:
        """The page's script as Streamlit's commands name it."""
        return f"pages/{self.stem}.py"


PAGES = (
    PageEntry("overview", N_("Overview"), "home"),
    PageEntry("acts", N_("Acts"), "article"),
    PageEntry("review", N_("Review"), "rate_review"),
    PageEntry("datasets", N_("Datasets"), "dataset"),
    PageEntry("fine_tuning", N_("Fine-tuning"), "model_training"),
    PageEntry("playground", N_("Comparison"), "compare"),
    PageEntry("evaluation", N_("Evaluation"), "fact_check"),
    PageEntry("monitoring", N_("Monitoring"), "monitoring"),
    PageEntry("setup", N_("Setup"), "settings"),
)


def route() -> None:
    """The whole of `app.py`: navigation, then the page that was asked for."""
    t = text()
    _configure()
    with errors.guard(t):
        page = _navigation(t)
        st.session_state[_ROUTED] = True
        page.run()


def enter() -> Text:
    """First statement of every page: draws the frame and gives the page its words."""
    t = text()
    if not st.session_state.pop(_ROUTED, False):
        _configure()
        _route_anew(t, _navigation(t), sys._getframe(1).f_globals.get("__file__", ""))
    _configure()
    styles.inject()
    with errors.guard(t, after=st.stop):
        _start_background()
    follow()
    _sidebar(t)
    return t


def _route_anew(t: Text, page: Any, script: str) -> None:
    """Run a page that was reached around the router as the router runs it, and end the outer run.

    A widget's identity includes the page that runs: drawn by the outer run, widgets would be others than in
    the next one, and the reader's first click would be lost. A page test runs a page that the navigation does
    not name; there the outer run goes on.
    """
    if Path(script).name != f"{page.url_path or PAGES[0].stem}.py":
        return
    st.session_state[_ROUTED] = True
    with errors.guard(t):
        page.run()
    st.stop()


def _start_background() -> None:
    # A page without a browser at the other end is a test of that page: it brings its own database.
    if st.context.url is not None:
        supervisor.ensure_running()


def _configure() -> None:
    # Before the navigation: else the browser fetches the menu icon as favicon from another host.
    st.set_page_config(
        page_title="Norma",
        page_icon=str(ROOT / "static" / "norma-mark.svg"),
        layout="wide",
        initial_sidebar_state=228,
    )


def text() -> Text:
    """The reader's words and clock: this session's language, else the browser's cookie, else the default."""
    return Text(language(), st.context.timezone)


def language() -> str:
    """Code of the interface's language."""
    chosen = st.session_state.get(_LANG) or st.context.cookies.get(_COOKIE)
    return chosen if chosen in LANGUAGES else DEFAULT_LANGUAGE


def _navigation(t: Text) -> Any:
    pages = [
        st.Page(
            ROOT / entry.path,
            title=t(entry.title),
            icon=f":material/{entry.icon}:",
            url_path=_HOME if entry is PAGES[0] else entry.stem,
            default=entry is PAGES[0],
        )
        for entry in PAGES
    ]
    st.set_option("client.showSidebarNavigation", True)  # off in config.toml until this point
    return st.navigation([*pages, _first_by_name(pages[0])])


def _first_by_name(first: Any) -> Any:
    """The default page answers only at `/`; a link that names it as the others are named leads there."""

    def lead() -> None:
        st.switch_page(first)

    return st.Page(lead, title=first.title, url_path=PAGES[0].stem, visibility="hidden")


def _sidebar(t: Text) -> None:
    st.logo(ROOT / "static" / "norma.svg", size="large", icon_image=ROOT / "static" / "norma-mark.svg")
    with st.sidebar:
        with errors.guard(t):
            _active_model(t)
        _language_switch(t)
        browser(t)


def _active_model(t: Text) -> None:
    model = registry.active()
    if not model.label:
        return
    tuned, base = t("{model} · fine-tuned", model=model.label), t("{model} · base", model=model.label)
    figure = "" if model.f1 is None else t("F1 {score} on test acts", score=t.score(model.f1))
    name, heading = (tuned if model.tuned else base), t("Active model")
    html(f'<div class="nm-side">{esc(heading)}<b>{esc(name)}</b>{esc(figure)}</div>')


def _language_switch(t: Text) -> None:
    def choose() -> None:
        st.session_state[_LANG] = st.session_state["nm_lang"]
        st.session_state[_CHOSEN] = True

    st.segmented_control(
        t("Language"),
        LANGUAGES,
        default=t.lang,
        required=True,
        format_func=lambda code: LANGUAGE_NAMES[code],
        key="nm_lang",
        on_change=choose,
    )


@cache
def _browser_component() -> Any:
    script = (Path(__file__).parent / "browser.js").read_text(encoding="utf-8")
    style = "[role=status] { font: 13px/1.5 var(--nm-sans);\n color: var(--nm-warn) }"
    notice = '<div role="status" data-part="restarted"></div>'
    return st.components.v2.component("norma_browser", html=notice, css=style, js=script)


def browser(t: Text) -> None:
    """What only the browser can do for the frame (`browser.js`): language, Streamlit's words, restarts."""
    _browser_component()(
        key="nm_browser",
        data={
            "lang": t.lang,
            "boot": BOOT,
            "remember": bool(st.session_state.get(_CHOSEN)),
            "chrome": chrome.words(t),
            "patterns": chrome.patterns(t),
            "restarted": t("Norma was restarted and this page was reloaded. Saved work is unchanged."),
        },
    )
