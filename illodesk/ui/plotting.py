"""Plots that people zoom, read point by point and save as a picture, in the look of the window.

This module imports pyqtgraph, which takes a third of a second: whatever defines a plot is imported by a task when the
plot is first wanted, never when the window starts.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from html import escape
from pathlib import Path
from typing import Any

import pyqtgraph as pg
from pyqtgraph.exporters.Exporter import Exporter
from PySide6.QtCore import QBuffer, QEvent, QObject, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFontMetrics,
    QImage,
    QKeyEvent,
    QPaintDevice,
    QPainter,
)
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from illodesk.desk import DeskError
from illodesk.durable import write_durably
from illodesk.ui.choosing import choose_picture
from illodesk.ui.context import AppContext
from illodesk.ui.plain import tip
from illodesk.ui.words import local_number

ZOOM, PAN = 0.8, 0.1
FAR = 1_000_000
"""More steps than any plot has points."""
LOWEST = 180
"""Height that a plot needs, px."""
FINE = 2
"""Pixels of a saved picture for each one on the screen."""

OVER = 60
"""Words at the ends of an axis may go so far beyond it, px."""

Key = Qt.Key
STEPS = {Key.Key_Left: -1, Key.Key_Up: -1, Key.Key_Right: 1, Key.Key_Down: 1, Key.Key_Home: -FAR, Key.Key_End: FAR}
PANS = {Key.Key_Left: (-PAN, 0), Key.Key_Right: (PAN, 0), Key.Key_Up: (0, PAN), Key.Key_Down: (0, -PAN)}
ZOOMS = {Key.Key_Plus: ZOOM, Key.Key_Equal: ZOOM, Key.Key_Minus: 1 / ZOOM}
OTHERS = (Key.Key_F, Key.Key_Return, Key.Key_Enter)


def tick(value: float) -> str:
    """A value at an axis, with a true minus."""
    return local_number(f"{value:g}")


class Axis(pg.AxisItem):  # type: ignore[misc]  # pyqtgraph has no types
    """An axis whose ticks are said by a function."""

    def __init__(self, side: str, say: Callable[[float], str] = tick) -> None:
        super().__init__(side)
        self._say = say
        self.enableAutoSIPrefix(False)

    def boundingRect(self) -> QRectF:  # noqa: N802
        """With room for the words at its ends; pyqtgraph leaves them out where there is a grid."""
        across, up = (0, OVER) if self.orientation in ("left", "right") else (OVER, 0)
        room: QRectF = super().boundingRect().adjusted(-across, -up, across, up)
        return room

    def tickStrings(self, values: Sequence[float], _scale: float, _spacing: float) -> list[str]:  # noqa: N802
        return [self._say(value) for value in values]


class Sample(pg.ItemSample):  # type: ignore[misc]  # pyqtgraph has no types
    """How something is drawn, in the legend. A click does nothing: what it would hide could not be hidden by key."""

    def mouseClickEvent(self, event: Any) -> None:  # noqa: N802
        event.ignore()


class PlotPanel(QWidget):
    """A plot with axes and a legend, and below it what it says of the place pointed at.

    The wheel and dragging zoom and pan; so do + and −, and Shift with the arrows. A double click, F or a button shows
    everything again. Arrows, Home and End go from point to point; Enter chooses one.
    """

    def __init__(self, context: AppContext, across: Axis, up: Axis, lines: int) -> None:
        """``lines`` of text are kept free for what is pointed at."""
        super().__init__()
        self.context = context
        self.theme = context.theme
        self._whole = QRectF(0, 0, 1, 1)
        self._lines = lines
        self.view = pg.PlotWidget(axisItems={"bottom": across, "left": up}, enableMenu=False)
        self.view.setObjectName("plot")
        self.view.setMinimumHeight(LOWEST)
        self.plot = self.view.getPlotItem()
        self.plot.hideButtons()
        self.plot.showGrid(True, True, 1.0)
        self.box = self.plot.getViewBox()
        self.axes = (across, up)
        self.legend = pg.LegendItem(sampleType=Sample, frame=False, horSpacing=3, verSpacing=-4)
        self.legend.setFlag(self.legend.GraphicsItemFlag.ItemIgnoresTransformations, False)  # grows in a saved picture
        self.plot.layout.addItem(self.legend, 4, 0, 1, 2)
        for axis in self.axes:
            axis.setZValue(-1000)  # else its grid is drawn over the data
            axis.setStyle(tickTextOffset=6, maxTickLevel=0)
        self.read_out = QLabel()
        self.read_out.setTextFormat(Qt.TextFormat.PlainText)
        self.read_out.setWordWrap(True)
        self.read_out.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.read_out.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.fit_button, self.save_button = QToolButton(), QToolButton()
        for button, text, act in (
            (self.fit_button, self.tr("Show everything (F)"), self.show_everything),
            (self.save_button, self.tr("Save the picture…"), self.ask_where_to_save),
        ):
            button.setAccessibleName(text)
            button.setToolTip(text)
            button.setIconSize(QSize(16, 16))
            button.clicked.connect(act)
        self._lay_out()
        self.view.installEventFilter(self)
        self.view.viewport().installEventFilter(self)
        self.view.scene().sigMouseMoved.connect(self._on_moved)
        self.view.scene().sigMouseClicked.connect(self._on_clicked)
        self.theme.changed.connect(self.dress)

    def _lay_out(self) -> None:
        below = QHBoxLayout()
        below.setContentsMargins(self.theme.space(1), 0, 0, 0)
        below.addWidget(self.read_out, 1)
        for button in (self.fit_button, self.save_button):
            below.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self.theme.space(0))
        column.addWidget(self.view, 1)
        column.addLayout(below)

    def dress(self) -> None:
        """Draw in the colours and type of the theme. Plots add their own to it, and call it once they are made."""
        theme = self.theme
        self.view.setBackground(theme.colour("surface"))
        self.view.setStyleSheet(
            f"#plot {{ border: 2px solid {theme['surface']}; }} #plot:focus {{ border-color: {theme['focus']}; }}"
        )
        caption = theme.font("caption", tabular=True)
        for axis in self.axes:
            axis.setPen(theme.colour("control_border"))
            axis.setTickPen(theme.colour("grid"))
            axis.setTextPen(theme.colour("secondary"))
            axis.setTickFont(caption)
            axis.setLabel(axis.labelText, **{"color": theme["text"], "font-size": f"{theme.pixels('caption')}px"})
        self.legend.setLabelTextColor(theme.colour("text"))
        self.legend.setLabelTextSize(f"{theme.pixels('caption')}px")
        for _, label in self.legend.items:
            label.setText(label.text)  # only then colour and size are those that were set
        self.plot.layout.setContentsMargins(4, 8, round(2.2 * theme.pixels("caption")), 4)
        self.read_out.setFont(caption)
        self.read_out.setFixedHeight(self.read_out.fontMetrics().lineSpacing() * self._lines)
        self.fit_button.setIcon(theme.icon("fit"))
        self.save_button.setIcon(theme.icon("export"))

    # --- what plots say themselves ----------------------------------------------------------------------------------

    def point(self, at: QPointF | None) -> None:
        """The mouse is over a place, in the units of the axes; or left."""
        raise NotImplementedError

    def step(self, by: int) -> None:
        """Go so many points on, or back, as far as there are any, and say what is there."""
        raise NotImplementedError

    def choose(self) -> None:
        """What is pointed at is wanted."""

    # --- what is seen -----------------------------------------------------------------------------------------------

    def set_whole(self, whole: QRectF) -> None:
        """Show this, and never anything beyond it."""
        self._whole = whole
        sides = {"xMin": whole.left(), "xMax": whole.right(), "yMin": whole.top(), "yMax": whole.bottom()}
        self.box.setLimits(**sides, minXRange=whole.width() / 100, minYRange=whole.height() / 100)
        self.show_everything()

    def show_everything(self) -> None:
        """Zoom out to the whole."""
        self.box.setRange(self._whole, padding=0)

    def name(self, item: pg.GraphicsObject, name: str, room: int) -> None:
        """Name something in the legend, in so many px of type as designed."""
        metrics = QFontMetrics(self.theme.font("caption"))
        short = metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, round(room * self.theme.scale))
        self.legend.addItem(item, escape(short))

    def reveal(self, at: QPointF) -> None:
        """Pan to a place that is out of view."""
        seen = self.box.viewRect()
        if not seen.contains(at):
            away = at - seen.center()
            self.box.translateBy(x=away.x(), y=away.y())

    def say(self, words: str, *, aloud: bool = False) -> None:
        """Say what is pointed at, ``aloud`` to screen readers too; without words, how to point."""
        self.read_out.setText(words or self.tr("Point with the mouse or the arrow keys. The wheel, + and − zoom."))
        self.read_out.setToolTip(tip(words))
        if aloud:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.view, words))

    # --- mouse and keys ---------------------------------------------------------------------------------------------

    def _on_moved(self, where: QPointF) -> None:
        inside = self.box.sceneBoundingRect().contains(where)
        self.point(self.box.mapSceneToView(where) if inside else None)

    def _on_clicked(self, click: Any) -> None:
        if click.double():
            self.show_everything()
        elif click.button() == Qt.MouseButton.LeftButton and self.box.sceneBoundingRect().contains(click.scenePos()):
            self.choose()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if watched is self.view.viewport():
            if event.type() == QEvent.Type.Leave:
                self.point(None)
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            if steers(event):
                event.accept()
                return True
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and steers(event):
            self._steer(event)
            return True
        return super().eventFilter(watched, event)

    def _steer(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in ZOOMS:
            self.box.scaleBy((ZOOMS[key], ZOOMS[key]))
        elif key in PANS and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            seen = self.box.viewRect()
            across, up = PANS[key]
            self.box.translateBy(x=across * seen.width(), y=up * seen.height())
        elif key in STEPS:
            self.step(STEPS[key])
        elif key == Qt.Key.Key_F:
            self.show_everything()
        else:
            self.choose()

    # --- saving -----------------------------------------------------------------------------------------------------

    def ask_where_to_save(self) -> None:
        """Ask for a file, PNG or SVG by its name."""
        choose_picture(self, self.tr("Save the picture"), self.view.accessibleName(), self.save)

    def save(self, name: str) -> None:
        """Write the plot as it is seen to a file."""
        path = Path(name)
        data = self.picture(path.suffix.lower())
        self.context.tasks.run(
            write, path, data, done=partial(self._on_saved, path.name), failed=self.context.notices.error
        )

    def _on_saved(self, name: str, _: object) -> None:
        self.context.notices.show(self.tr("{name} is saved.").format(name=name), kind="good")

    def picture(self, suffix: str) -> bytes:
        """The plot as it is seen: SVG for ``.svg``, else PNG."""
        buffer = QBuffer()
        buffer.open(QBuffer.OpenModeFlag.WriteOnly)
        size = self.view.size()
        if suffix == ".svg":
            drawing = QSvgGenerator(QSvgGenerator.SvgVersion.Svg11)
            drawing.setOutputDevice(buffer)
            drawing.setSize(size)
            drawing.setResolution(self.view.logicalDpiX())  # else axes and data are drawn in two sizes
            drawing.setViewBox(self.view.rect())
            self._draw_on(drawing, QRectF(self.view.rect()))
        else:
            image = QImage(size * FINE, QImage.Format.Format_RGB32)
            self._draw_on(image, QRectF(image.rect()))
            image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stub wants bytes and Qt a name
        return bytes(buffer.data().data())

    def _draw_on(self, device: QPaintDevice, room: QRectF) -> None:
        """Draw all of it. pyqtgraph's own SVG exporter fails on curves with gaps, so Qt's is used for both."""
        painter = QPainter(device)
        painter.fillRect(room, self.theme.colour("surface"))
        shown = Exporter(self.plot)
        scale = room.width() / self.view.width()
        shown.setExportMode(True, {"antialias": True, "painter": painter, "resolutionScale": scale})
        try:
            shown.getScene().render(painter, room, QRectF(self.view.rect()))
        finally:
            shown.setExportMode(False)
            painter.end()


def steers(event: QKeyEvent) -> bool:
    """Whether a key is one of the plot's while it has the focus: alone or with Shift."""
    allowed = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
    known = event.key() in STEPS or event.key() in ZOOMS or event.key() in OTHERS
    return known and not event.modifiers() & ~allowed


def write(path: Path, data: bytes) -> None:
    """Write a picture, in a thread. Raises DeskError in the user's words."""
    try:
        write_durably(path, data)
    except OSError as error:
        raise DeskError(f"{path.name} could not be written: {error.strerror}.", "NOT_WRITTEN") from error
