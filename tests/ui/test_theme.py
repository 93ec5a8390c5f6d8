"""Themes: everything can be read, and every theme has everything."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from illodesk import resource_path
from illodesk.schema import EMOTIONS
from illodesk.ui.theme import ICON_SIZES, MODES, SCALES, Mode, Theme, contrast
from illodesk.ui.window import MainWindow

TOKENS = json.loads((resource_path("ui") / "tokens.json").read_text(encoding="utf-8"))
NAMES = ("light", "dark", "contrast")
READABLE = 4.5
TEXTS = ("text", "secondary", "accent_text", "warning_text", "good_text", "record")
GROUNDS = ("background", "surface", "raised")


@pytest.fixture(params=NAMES)
def theme(qapp: QApplication, request: pytest.FixtureRequest) -> Iterator[Theme]:
    theme = Theme(request.param)
    yield theme
    theme.deleteLater()


def test_contrast_is_that_of_wcag() -> None:
    assert contrast(QColor("#FFFFFF"), QColor("#000000")) == pytest.approx(21)
    assert contrast(QColor("#777777"), QColor("#FFFFFF")) == pytest.approx(4.48, abs=0.01)


def test_every_text_can_be_read_on_every_ground(theme: Theme) -> None:
    pairs = [(text, ground) for text in TEXTS for ground in GROUNDS]
    pairs += [("text", "hover"), ("text", "selected"), ("secondary", "hover")]
    pairs += [("on_accent", "accent"), ("on_status", "record")]
    weak = [(t, g, contrast(theme.colour(t), theme.colour(g))) for t, g in pairs]
    assert not [pair for pair in weak if pair[2] < READABLE]


def test_controls_and_focus_stand_out(theme: Theme) -> None:
    for token in ("control_border", "focus", "accent", "playhead", "waveform"):
        assert contrast(theme.colour(token), theme.colour("surface")) >= 3, token


def test_speakers_can_be_read_as_text_and_carry_text(theme: Theme) -> None:
    for index in range(8):
        hue = theme.speaker(index)
        assert contrast(hue, theme.colour("surface")) >= READABLE, index
        assert contrast(hue, theme.colour("background")) >= READABLE, index
        assert contrast(theme.on(hue), hue) >= READABLE, index
    assert theme.speaker(8) == theme.speaker(0)
    assert len({theme.speaker(i).name() for i in range(8)}) == 8


def test_emotions_differ_without_their_colours(theme: Theme) -> None:
    looks = [theme.emotion(name) for name in EMOTIONS]
    assert len({look.letter for look in looks}) == len({look.pattern for look in looks}) == 7
    for look in looks:
        assert contrast(theme.on(look.colour), look.colour) >= READABLE


def test_every_theme_has_the_same_tokens() -> None:
    assert set(TOKENS["themes"]) == set(NAMES)
    keys = [set(theme) for theme in TOKENS["themes"].values()]
    assert keys[0] == keys[1] == keys[2]


def test_every_name_in_the_style_sheet_is_a_token(theme: Theme) -> None:
    sheet = theme.sheet()
    assert "@" not in sheet
    for path in re.findall(r"url\((.*?)\)", sheet):
        assert path.endswith(".svg")
        ink = re.search(r'stroke="(#\w+)"', Path(path).read_text(encoding="utf-8"))
        assert ink is not None
        assert ink.group(1) in (theme["on_accent"], theme["secondary"])


@pytest.mark.parametrize("path", sorted((resource_path("ui") / "icons").glob("*.svg")), ids=lambda path: path.stem)
def test_every_icon_is_drawn_in_the_colour_that_is_asked_for(qapp: QApplication, path: Path) -> None:
    theme = Theme("light")
    icon = theme.icon(path.stem, "record")
    image = icon.pixmap(ICON_SIZES[-1], ICON_SIZES[-1]).toImage()
    colours = {
        image.pixelColor(x, y).name()
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() == 255
    }
    assert theme.colour("record").name() in colours
    theme.deleteLater()


def test_type_grows_and_shrinks_by_steps_and_comes_back(qapp: QApplication) -> None:
    theme = Theme("light")
    before = theme.pixels("turn")
    theme.zoom(1)
    assert theme.pixels("turn") > before
    assert f"font-size: {round(20 * theme.scale)}px" in theme.sheet()
    for _ in SCALES:
        theme.zoom(-1)
    assert theme.scale == SCALES[0]
    theme.zoom(0)
    assert (theme.scale, theme.pixels("turn")) == (1.0, before)
    theme.deleteLater()


@pytest.mark.parametrize("mode", MODES)
def test_the_window_follows_and_remembers_the_theme(window: MainWindow, mode: Mode) -> None:
    window.commands.run(f"theme.{mode}")
    assert window.theme.mode == mode
    assert window.theme.name == ("light" if mode == "system" else mode)
    assert QApplication.palette().window().color() == window.theme.colour("background")
    window.close()
    assert json.loads((window.context.settings.data_dir / "ui.json").read_text())["theme"] == mode
