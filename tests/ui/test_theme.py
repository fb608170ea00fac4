"""The theme: both modes complete, nothing from another host, contrast as measured."""

import re
import tomllib
from pathlib import Path

import pytest

from ui.styles import stylesheet

ROOT = Path(__file__).resolve().parents[2]
CONFIG = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
THEME = CONFIG["theme"]


def luminance(colour: str) -> float:
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_both_modes_define_the_same_tokens() -> None:
    assert THEME["light"].keys() == THEME["dark"].keys()
    assert THEME["light"]["sidebar"].keys() == THEME["dark"]["sidebar"].keys()


def test_nothing_is_fetched_from_elsewhere() -> None:
    assert "http" not in (ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8")
    assert "http" not in stylesheet().replace("http://www.w3.org/2000/svg", "").replace("http%3A", "http")
    for face in THEME["fontFaces"]:
        assert (ROOT / face["url"].removeprefix("app/")).is_file(), face["url"]
    assert CONFIG["browser"]["gatherUsageStats"] is False
    assert CONFIG["server"]["address"] == "127.0.0.1"


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_text_is_readable_on_its_ground(mode: str) -> None:
    colours = THEME[mode]
    for ground in ("backgroundColor", "secondaryBackgroundColor"):
        assert contrast(colours["textColor"], colours[ground]) >= 7
        assert contrast(colours["linkColor"], colours[ground]) >= 4.5
    assert contrast("#FFFFFF", colours["primaryColor"]) >= 4.5, "labels of primary buttons are white"
    for hue in ("red", "orange", "yellow", "green", "blue", "violet", "gray"):
        assert contrast(colours[f"{hue}TextColor"], colours[f"{hue}BackgroundColor"]) >= 4.5, hue


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_chart_colours_read_on_the_page(mode: str) -> None:
    colours = THEME[mode]["chartCategoricalColors"]
    assert len(colours) >= 10, "with fewer the browser falls back to Plotly's own colours"
    assert len(THEME[mode]["chartSequentialColors"]) == 10
    for colour in colours:
        assert contrast(colour, THEME[mode]["backgroundColor"]) >= 3, colour


def test_element_lines_read_on_both_pages() -> None:
    lines = re.findall(r"--el-(\w+)-line: light-dark\((#\w+), (#\w+)\)", stylesheet())
    assert len(lines) == 11
    for name, light, dark in lines:
        assert contrast(light, THEME["light"]["backgroundColor"]) >= 6, name
        assert contrast(dark, THEME["dark"]["backgroundColor"]) >= 6, name
