"""Colours, fonts and icons from one file of tokens: light, dark and high contrast, as the system or the user wants."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any, Literal

from PySide6.QtCore import QByteArray, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFont, QGuiApplication, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from illodesk import resource_path

Mode = Literal["system", "light", "dark", "contrast"]
MODES: tuple[Mode, ...] = ("system", "light", "dark", "contrast")
ThemeName = Literal["light", "dark", "contrast"]
FontRole = Literal["caption", "base", "turn", "heading", "title", "timer"]

SCALES = (0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0)
ICON_SIZES = (16, 20, 24, 32, 48)

PATTERNS = {
    "solid": Qt.BrushStyle.SolidPattern,
    "dense": Qt.BrushStyle.Dense3Pattern,
    "sparse": Qt.BrushStyle.Dense6Pattern,
    "cross": Qt.BrushStyle.DiagCrossPattern,
    "vertical": Qt.BrushStyle.VerPattern,
    "horizontal": Qt.BrushStyle.HorPattern,
    "diagonal": Qt.BrushStyle.BDiagPattern,
}


@dataclass(frozen=True)
class EmotionLook:
    """How an emotion is drawn: never by its colour alone."""

    colour: QColor
    letter: str
    pattern: Qt.BrushStyle

    @property
    def brush(self) -> QBrush:
        return QBrush(self.colour, self.pattern)


class Theme(QObject):
    """The look of the window. ``changed`` tells that colours or sizes are other ones: draw again."""

    changed = Signal()

    def __init__(self, mode: str = "system", scale: float = 1.0, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tokens: dict[str, Any] = json.loads((resource_path("ui") / "tokens.json").read_text(encoding="utf-8"))
        self._sheet = (resource_path("ui") / "style.qss").read_text(encoding="utf-8")
        self._mode: Mode = next((known for known in MODES if known == mode), "system")
        self._scale = min(max(scale, SCALES[0]), SCALES[-1])
        self._icons: dict[tuple[str, str], QIcon] = {}
        self._name: ThemeName = "light"
        self._choose()
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._follow_system)
        hints.accessibility().contrastPreferenceChanged.connect(self._follow_system)

    # --- what is shown ----------------------------------------------------------------------------------------------

    @property
    def name(self) -> ThemeName:
        """The theme that is shown now."""
        return self._name

    @property
    def mode(self) -> Mode:
        """What the user chose; ``system`` follows the system while the app runs."""
        return self._mode

    @property
    def scale(self) -> float:
        """Size of all type, 1.0 as designed."""
        return self._scale

    def set_mode(self, mode: Mode) -> None:
        """Show another theme from now on."""
        self._mode = mode
        self._follow_system()

    def set_scale(self, scale: float) -> None:
        """Enlarge or reduce all type."""
        self._scale = min(max(scale, SCALES[0]), SCALES[-1])
        self._renew()

    def zoom(self, steps: int) -> None:
        """Enlarge by some steps, or reduce; 0 is back to the design's size."""
        nearest = min(range(len(SCALES)), key=lambda i: abs(SCALES[i] - self._scale))
        at = min(max(nearest + steps, 0), len(SCALES) - 1)
        self.set_scale(SCALES[at] if steps else 1.0)

    def apply(self) -> None:
        """Dress the application: style, palette, type."""
        if QApplication.style().name() != "fusion":
            QApplication.setStyle("Fusion")
        QApplication.setPalette(self.palette())
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        QApplication.setFont(self.font("base"))
        app.setStyleSheet(self.sheet())

    # --- tokens -----------------------------------------------------------------------------------------------------

    def colour(self, token: str) -> QColor:
        """A colour by its name in tokens.json. Raises KeyError."""
        return QColor(self._colours[token])

    def __getitem__(self, token: str) -> str:
        """The same as ``#RRGGBB``."""
        value: str = self._colours[token]
        return value

    def speaker(self, index: int) -> QColor:
        """The hue of a speaker, from 0; the eight repeat. Good as a fill and as text on background and surface."""
        hues: list[str] = self._colours["speakers"]
        return QColor(hues[index % len(hues)])

    def emotion(self, name: str) -> EmotionLook:
        """How one of the seven emotions is drawn. Raises KeyError."""
        shape = self._tokens["emotions"][name]
        colour = QColor(self._colours["emotions"][name])
        return EmotionLook(colour, shape["letter"], PATTERNS[shape["pattern"]])

    def on(self, fill: QColor | str) -> QColor:
        """The dark or the light ink: what is read better on a fill."""
        inks = [QColor(ink) for ink in self._tokens["inks"]]
        return max(inks, key=lambda ink: contrast(ink, QColor(fill)))

    def space(self, step: int) -> int:
        """A distance: 0..5 are 4, 8, 12, 16, 24 and 32 px."""
        value: int = self._tokens["space"][step]
        return value

    def size(self, name: str) -> int:
        """A measure of the layout in px: rail, title_bar, status_bar, transport, lane_header. Grows with the type."""
        designed: int = self._tokens["size"][name]
        return round(designed * max(1.0, self._scale))

    def pixels(self, role: FontRole) -> int:
        """Height of a kind of type, px."""
        designed: int = self._tokens["type"][role]
        return round(designed * self._scale)

    def font(self, role: FontRole = "base", *, bold: bool = False, tabular: bool = False) -> QFont:
        """The system's font in a kind of type. ``tabular``: figures of equal width, for times and values."""
        font = QFont(QGuiApplication.font())
        font.setPixelSize(self.pixels(role))
        font.setBold(bold)
        if tabular:
            font.setFeature(QFont.Tag("tnum"), 1)
        return font

    # --- icons ------------------------------------------------------------------------------------------------------

    def icon(self, name: str, colour: str = "text") -> QIcon:
        """One of our line icons in a colour of the theme; disabled and selected states included."""
        key = (name, colour)
        if key not in self._icons:
            icon = QIcon()
            source = (resource_path("ui") / "icons" / f"{name}.svg").read_text(encoding="utf-8")
            for token, mode in ((colour, QIcon.Mode.Normal), ("disabled", QIcon.Mode.Disabled)):
                renderer = QSvgRenderer(QByteArray(source.replace("currentColor", self[token]).encode()))
                for side in ICON_SIZES:
                    icon.addPixmap(draw(renderer, side), mode)
            self._icons[key] = icon
        return self._icons[key]

    # --- behind -----------------------------------------------------------------------------------------------------

    @property
    def _colours(self) -> dict[str, Any]:
        colours: dict[str, Any] = self._tokens["themes"][self._name]
        return colours

    def _choose(self) -> None:
        if self._mode != "system":
            self._name = self._mode
            return
        hints = QGuiApplication.styleHints()
        if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
            self._name = "contrast"
        else:
            self._name = "dark" if hints.colorScheme() == Qt.ColorScheme.Dark else "light"

    def _follow_system(self) -> None:
        before = self._name
        self._choose()
        if self._name != before:
            self._renew()

    def _renew(self) -> None:
        self._icons.clear()
        self.apply()
        self.changed.emit()

    def palette(self) -> QPalette:
        """The same colours for what the style sheet does not reach."""
        role, palette = QPalette.ColorRole, QPalette()
        for which, token in {
            role.Window: "background",
            role.WindowText: "text",
            role.Base: "surface",
            role.AlternateBase: "background",
            role.Text: "text",
            role.PlaceholderText: "secondary",
            role.Button: "raised",
            role.ButtonText: "text",
            role.BrightText: "record",
            role.ToolTipBase: "raised",
            role.ToolTipText: "text",
            role.Highlight: "selected",
            role.HighlightedText: "text",
            role.Link: "accent_text",
            role.LinkVisited: "accent_text",
            role.Accent: "accent",
        }.items():
            palette.setColor(which, self.colour(token))
        for which in (role.WindowText, role.Text, role.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, which, self.colour("disabled"))
        return palette

    def sheet(self) -> str:
        """The style sheet with its ``@token`` names filled in. ``@12px`` is a size of type: it grows with the scale;
        ``@controls`` is the folder with this theme's ticks and arrows.
        """

        def fill(match: re.Match[str]) -> str:
            word = match.group(1)
            if word == "controls":
                return (resource_path("ui") / "controls" / self._name).as_posix()
            if word.endswith("px"):
                return f"{round(int(word[:-2]) * self._scale)}px"
            return self[word]

        return re.sub(r"@(\w+)", fill, self._sheet)


def draw(renderer: QSvgRenderer, side: int) -> QPixmap:
    """A square picture for screens of up to two pixels a point; ``side`` in points."""
    ratio = 2
    picture = QPixmap(QSize(side, side) * ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    renderer.render(painter, QRectF(picture.rect()))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


def contrast(one: QColor, other: QColor) -> float:
    """Contrast ratio of two opaque colours as WCAG 2 defines it, 1..21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: QColor) -> float:
    """Relative luminance of sRGB, 0..1 (WCAG 2)."""
    red, green, blue = (linear(part) for part in (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def linear(part: float) -> float:
    """A part of an sRGB colour as light, 0..1."""
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
