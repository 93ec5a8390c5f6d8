"""The one button that starts and stops, the time, and how far the analysis is."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout

from illodesk.ui.context import AppContext
from illodesk.ui.plain import plain
from illodesk.ui.record.feed import Look
from illodesk.ui.record.recording import Phase
from illodesk.ui.status_bar import tell
from illodesk.ui.words import clock

BEHIND_S = 5.0
"""From here on it is said how far the analysis is behind; less is the length of an utterance."""


class Deck(QFrame):
    """Above everything on the page. ``pressed`` when the button is, ``paused`` when the one beside it is, ``review``
    when the conversation is to be shown."""

    pressed = Signal()
    paused = Signal()
    review = Signal()

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self.setProperty("card", True)
        self._context = context
        self._phase: Phase = "idle"
        self.button = QPushButton()
        self.button.setObjectName("recordButton")
        self.button.clicked.connect(self.pressed)
        self.pause = QPushButton()
        self.pause.setObjectName("pauseButton")
        self.pause.clicked.connect(self.paused)
        self._is_paused = False
        self.time = QLabel(clock(0))
        self.time.setAccessibleName(self.tr("Time recorded"))
        self.state, self.detail = plain(QLabel()), plain(QLabel())
        self.detail.setProperty("role", "secondary")
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setFixedWidth(180)
        self.progress.setAccessibleName(self.tr("How much is analysed"))
        self.open = QPushButton(self.tr("Open the review"))
        self.open.setProperty("primary", True)
        self.open.clicked.connect(self.review)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addStretch(1)
        words.addWidget(self.state)
        words.addWidget(self.detail)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 10, 16, 10)
        row.setSpacing(16)
        row.addWidget(self.button)
        row.addWidget(self.pause)
        row.addWidget(self.time)
        row.addLayout(words, 1)
        row.addWidget(self.progress)
        row.addWidget(self.open)
        context.theme.changed.connect(self._renew)
        self.show_phase("idle")
        self._renew()

    def show_phase(self, phase: Phase) -> None:
        """Show what can be done now."""
        self._phase = phase
        theme = self._context.theme
        recording = phase == "recording"
        words = {
            "idle": (self.tr("Record"), self.tr("Ready"), self.tr("Nothing is recorded yet.")),
            "starting": (self.tr("Starting…"), self.tr("Starting"), self.tr("Opening the devices.")),
            "recording": (self.tr("Stop"), self.tr("Recording"), ""),
            "finishing": (self.tr("Record again"), self.tr("Analysing the rest"), self.tr("The recording is safe.")),
            "kept": (self.tr("Record again"), self.tr("Kept"), self.tr("The conversation is in the library.")),
            "failed": (
                self.tr("Record again"),
                self.tr("Kept without an analysis"),
                self.tr("The sound is in the library."),
            ),
        }[phase]
        self.button.setText(words[0])
        self.button.setEnabled(phase != "starting")
        self.button.setIcon(theme.icon("stop" if recording else "record", "on_status"))
        self.state.setText(words[1])
        self._say(words[2])
        self.pause.setVisible(recording)
        self._show_paused(paused=False)
        self.progress.setVisible(phase == "finishing")
        self.open.setVisible(phase == "kept")
        if phase in ("idle", "starting"):
            self.time.setText(clock(0))

    def _show_paused(self, *, paused: bool) -> None:
        self._is_paused = paused
        self.pause.setText(self.tr("Go on") if paused else self.tr("Pause"))
        self.pause.setIcon(self._context.theme.icon("record" if paused else "pause"))
        if self._phase == "recording":
            self.state.setText(self.tr("Paused") if paused else self.tr("Recording"))

    def show_keys(self, start_stop: str, pause: str) -> None:
        """The shortcuts of the buttons."""
        self.button.setToolTip(self.tr("Start or stop the recording  {keys}").format(keys=start_stop).strip())
        text = self.tr("Record silence for a while; the time goes on  {keys}")
        self.pause.setToolTip(text.format(keys=pause).strip())

    def show_look(self, look: Look) -> None:
        """Show how far recording and analysis are."""
        text = clock(look.recorded_s)
        if text != self.time.text():
            self.time.setText(text)
        paused = look.recorder is not None and look.recorder.paused
        if self._phase == "recording" and paused != self._is_paused:
            self._show_paused(paused=paused)
        if self._phase == "recording" and paused:
            self._say(self.tr("Nothing that is said is kept until you go on."), "warning")
        elif self._phase == "recording":
            late = look.behind_s >= BEHIND_S
            behind = self.tr("{n} s behind, audio is safe").format(n=round(look.behind_s))
            self._say(behind if late else self.tr("The analysis keeps up, audio is safe"), "warning" if late else "")
        elif self._phase == "finishing":
            done = look.analysed_s / look.recorded_s if look.recorded_s else 0.0
            if not look.recorded_s:
                self.progress.setRange(0, 0)
                self._say(self.tr("Reading what was recorded, audio is safe"))
            elif done < 0.99:
                self.progress.setRange(0, 100)
                self.progress.setValue(round(100 * done))
                self._say(
                    self.tr("{done} of {all} analysed, audio is safe").format(
                        done=clock(look.analysed_s), all=clock(look.recorded_s)
                    )
                )
            else:
                self.progress.setRange(0, 0)
                self._say(self.tr("Putting it together, audio is safe"))

    def _say(self, text: str, tone: str = "") -> None:
        if text != self.detail.text():
            self.detail.setText(text)
        tell(self.detail, tone)

    def _renew(self) -> None:
        theme = self._context.theme
        self.button.setIconSize(QSize(24, 24))
        self.button.setIcon(theme.icon("stop" if self._phase == "recording" else "record", "on_status"))
        self.pause.setIconSize(QSize(24, 24))
        self.pause.setIcon(theme.icon("record" if self._is_paused else "pause"))
        self.time.setFont(theme.font("timer", tabular=True))
        self.time.setMinimumWidth(self.time.fontMetrics().horizontalAdvance("0:00:00"))
        self.state.setFont(theme.font("heading", bold=True))
