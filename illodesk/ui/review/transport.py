"""The bar below everything: play, steps, time, speed, loop, volume, level."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QSlider,
    QToolButton,
    QWidget,
    QWidgetAction,
)

from illodesk.playback import SPEEDS
from illodesk.ui.context import AppContext
from illodesk.ui.plain import plain
from illodesk.ui.review.document import ReviewDocument
from illodesk.ui.review.playhead import Playhead
from illodesk.ui.review.wording import exact_clock
from illodesk.ui.theme import Theme
from illodesk.ui.words import local_number

STEPS = ("review.previous_turn", "review.back", "review.play", "review.forward", "review.next_turn")


TICKS_DB = (-40, -20, -6)
VOLUME = "review.volume"


class LevelMeter(QWidget):
    """The peak of each channel, -60 to 0 dBFS, one bar above the other, in a frame with lines at some levels."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._levels: list[float] = []
        self.setFixedSize(QSize(96, 18))
        room = self.sizePolicy()
        room.setRetainSizeWhenHidden(True)
        self.setSizePolicy(room)
        self.hide()
        self.setAccessibleName(self.tr("Level"))
        self.setToolTip(self.tr("Level of each channel, −60 to 0 dB, marks at −40, −20 and −6 dB"))

    def show_levels(self, levels: list[float]) -> None:
        """Show peaks, 0 to 1; bars fall by a fifth of their length each time."""
        falling = self._levels if len(self._levels) == len(levels) else [0.0] * len(levels)
        shown = [max(share_of(level), before - 0.06) for level, before in zip(levels, falling, strict=True)]
        if shown != self._levels:
            self._levels = shown
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        bars = max(1, len(self._levels))
        height = self.height() / bars
        for i in range(bars):
            whole = QRectF(0, i * height + 1, self.width(), max(height - 2, 2))
            painter.fillRect(whole, self._theme.colour("surface"))
            if i < len(self._levels):
                share = self._levels[i]
                loud = share > share_of(0.9)
                filled = QRectF(whole.x(), whole.y(), whole.width() * share, whole.height())
                painter.fillRect(filled, self._theme.colour("warning" if loud else "good"))
        painter.setPen(self._theme.colour("control_border"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        for level_db in TICKS_DB:
            x = round((1 + level_db / 60) * self.width())
            painter.drawLine(x, self.height() - 5, x, self.height() - 1)
        painter.end()


def share_of(level: float) -> float:
    """A peak as a share of -60 to 0 dB."""
    from math import log10

    return min(max(1 + log10(max(level, 1e-6)) / 3, 0.0), 1.0)


class Transport(QFrame):
    """Buttons are the page's commands, so that their keys and tooltips are the same everywhere."""

    def __init__(self, context: AppContext, document: ReviewDocument, playhead: Playhead) -> None:
        super().__init__()
        self._context = context
        self._document = document
        self._playhead = playhead
        self.setProperty("card", "true")
        self.setAccessibleName(self.tr("Playback"))
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(context.theme.space(2), 0, context.theme.space(2), 0)
        row.setSpacing(context.theme.space(1))
        self.buttons: dict[str, QToolButton] = {}
        for id in (*STEPS, "review.loop", "review.follow"):
            self.buttons[id] = QToolButton()
        for id in STEPS:
            row.addWidget(self.buttons[id])
        self.time = QLabel()
        self.time.setAccessibleName(self.tr("Position"))
        row.addSpacing(context.theme.space(2))
        row.addWidget(self.time)
        row.addSpacing(context.theme.space(2))
        self.speed = QComboBox()
        self.speed.setAccessibleName(self.tr("Speed"))
        for speed in SPEEDS:
            self.speed.addItem(f"{local_number(f'{speed:g}')}×", speed)
        self.speed.setCurrentIndex(SPEEDS.index(1.0))
        self.speed.activated.connect(lambda _: playhead.set_speed(self.speed.currentData()))
        row.addWidget(self.speed)
        row.addWidget(self.buttons["review.loop"])
        row.addWidget(self.buttons["review.follow"])
        row.addStretch(1)
        self.trouble = plain(QLabel())
        self.trouble.setProperty("tone", "warning")
        self.trouble.setAccessibleName(self.tr("Trouble with the sound"))
        row.addWidget(self.trouble)
        self._add_loudness()
        playhead.moved.connect(self._show_time)
        playhead.changed.connect(self._show_state)
        document.opened.connect(self._on_opened)
        context.theme.changed.connect(self._on_theme)
        self._on_theme()
        self._show_time(0.0)

    def _add_loudness(self) -> None:
        """Volume of each channel, of all of them, and how loud it is."""
        self.mixer = QToolButton()
        self.mixer.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.mixer.setAccessibleName(self.tr("Volume of each channel"))
        self.mixer.setToolTip(self.tr("Volume of each channel"))
        self.mixer.setMenu(QMenu(self.mixer))
        self.mixer.menu().aboutToShow.connect(self._offer_volumes)
        self._row.addWidget(self.mixer)
        self.volume = QSlider(Qt.Orientation.Horizontal)
        self.volume.setRange(0, 100)
        self.volume.setPageStep(10)
        self.volume.setFixedWidth(96)
        self.volume.setAccessibleName(self.tr("Volume"))
        self.volume.valueChanged.connect(self._set_volume)
        self.volume.setValue(min(max(int(self._context.memory.get(VOLUME, 100)), 0), 100))
        self._set_volume(self.volume.value())
        self._row.addWidget(self.volume)
        self.meter = LevelMeter(self._context.theme)
        self._row.addSpacing(self._context.theme.space(1))
        self._row.addWidget(self.meter)

    def show_commands(self) -> None:
        """Put the page's commands on the buttons; once they are registered."""
        for id, button in self.buttons.items():
            action = self._context.commands.action(id)
            button.setDefaultAction(action)
            keys = self._context.commands.shortcut_text(id)
            button.setToolTip(f"{action.text()}  {keys}".strip())
            button.setAccessibleName(action.text())
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)

    def _on_theme(self) -> None:
        theme = self._context.theme
        self.setFixedHeight(theme.size("transport"))
        self.time.setFont(theme.font("base", tabular=True))
        self.time.setMinimumWidth(self.time.fontMetrics().horizontalAdvance("0:00:00.0 / 0:00:00.0"))
        self.mixer.setIcon(theme.icon("volume"))
        for button in self.buttons.values():
            button.setIconSize(QSize(20, 20))

    def _on_opened(self) -> None:
        self._show_time(self._playhead.position)

    def _show_time(self, t: float) -> None:
        self.time.setText(f"{exact_clock(t)} / {exact_clock(self._document.duration_s)}")
        self.meter.show_levels(self._playhead.levels)

    def _show_state(self) -> None:
        playing = self._playhead.playing
        if self.buttons["review.play"].defaultAction() is not None:
            self.buttons["review.play"].setIcon(self._context.theme.icon("pause" if playing else "play"))
        place = self.speed.findData(self._playhead.speed)
        self.speed.setCurrentIndex(place)
        self.speed.setEnabled(self._playhead.available)
        self.mixer.setEnabled(self._playhead.available)
        self.volume.setEnabled(self._playhead.available)
        self.trouble.setText(self._playhead.silent_because)
        self.meter.setVisible(playing)

    def _offer_volumes(self) -> None:
        """One slider for each channel; nought is not heard."""
        menu = self.mixer.menu()
        menu.clear()
        for channel in range(self._playhead.channels):
            line = QWidget()
            row = QHBoxLayout(line)
            name = self.tr("Channel {number}").format(number=channel + 1)
            row.addWidget(QLabel(name))
            slider = QSlider(Qt.Orientation.Horizontal)
            slider.setRange(0, 200)
            slider.setPageStep(25)
            slider.setFixedWidth(160)
            slider.setAccessibleName(self.tr("Volume of channel {number}").format(number=channel + 1))
            slider.setValue(round(100 * self._playhead.gain(channel)))
            slider.valueChanged.connect(lambda value, channel=channel: self._playhead.set_gain(channel, value / 100))
            row.addWidget(slider)
            action = QWidgetAction(menu)
            action.setDefaultWidget(line)
            menu.addAction(action)

    def _set_volume(self, per_cent: int) -> None:
        self._playhead.set_volume(per_cent / 100)
        self.volume.setToolTip(self.tr("Volume {per_cent} %").format(per_cent=per_cent))
        self._context.memory.set(VOLUME, per_cent)
