"""Which devices are recorded, how loud each is, and a tone that shows whether the computer's own sound is heard."""

from __future__ import annotations

import time
from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from illodesk.desk import ChannelSpec, ChannelStatus, Device
from illodesk.ui.context import AppContext
from illodesk.ui.plain import plain, tip
from illodesk.ui.record.health import PATIENCE_S, SILENT_S, Advice, Listener, decibels
from illodesk.ui.record.meter import LevelMeter, minus
from illodesk.ui.sentences.work import trouble_words
from illodesk.ui.status_bar import tell

Kind = Literal["microphone", "system"]
KINDS: tuple[Kind, ...] = ("microphone", "system")
OFF = "off"
TONE_RISE_DB, TONE_LEAST_DB = 8.0, -50.0


class Source(QWidget):
    """One kind of source: its device, its meter and what the level says. ``changed`` when another is chosen."""

    changed = Signal()

    def __init__(self, context: AppContext, kind: Kind, name: str) -> None:
        super().__init__()
        self.kind, self.name = kind, name
        self._context = context
        self._listener = Listener()
        self.advice = Advice("", "")
        self.peak = 0.0
        self.label = plain(QLabel(name))
        self.box = QComboBox()
        self.box.setAccessibleName(name)
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.setMinimumContentsLength(14)
        self.box.activated.connect(self._on_chosen)
        self.label.setBuddy(self.box)
        self.device = plain(QLabel())
        self.device.setProperty("role", "secondary")
        self.device.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.device.setAccessibleName(self.tr("Device that is recorded as {source}").format(source=name))
        self.device.hide()
        self.meter = LevelMeter(context.theme, self.tr("Level of {source}").format(source=name))
        self.words = plain(QLabel())
        self.words.setWordWrap(True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop)
        row = QHBoxLayout()
        row.addWidget(self.label)
        row.addWidget(self.box, 1)
        row.addWidget(self.device, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(row)
        column.addWidget(self.meter)
        column.addWidget(self.words)
        self.offer([])
        self.quiet()
        context.theme.changed.connect(self._renew)
        self._renew()

    def _renew(self) -> None:
        """Two lines have room, so that nothing below moves when what the level says is longer."""
        self.words.setMinimumHeight(self.words.fontMetrics().size(0, "x\nx").height())

    @property
    def on(self) -> bool:
        """Whether it is to be recorded."""
        return bool(self.box.currentData() != OFF)

    @property
    def spec(self) -> ChannelSpec:
        """The channel to record."""
        return ChannelSpec(name=self.name, kind=self.kind, device=self.box.currentData() or "")

    def offer(self, devices: list[Device]) -> None:
        """Show what there is now. What was chosen stays chosen, also while it is unplugged."""
        chosen = self.box.currentData() if self.box.count() else self._remembered()
        mine = [device for device in devices if device.kind == self.kind]
        default = next((device.name for device in mine if device.default), "")
        follow = self.tr("Default: {device}").format(device=default) if default else self.tr("Default device")
        entries = [(self.tr("Not recorded"), OFF), (follow, ""), *((device.name, device.id) for device in mine)]
        if chosen not in [data for _, data in entries]:
            gone = self.tr("{device} (not there)").format(device=chosen.partition(":")[2] or chosen)
            entries.append((gone, chosen))
        shown = [(self.box.itemText(i), self.box.itemData(i)) for i in range(self.box.count())]
        if entries != shown:
            self.box.blockSignals(True)
            self.box.clear()
            for text, data in entries:
                self.box.addItem(text, data)
            self.box.setCurrentIndex(self.box.findData(chosen))
            self.box.blockSignals(False)
            self.box.setToolTip(tip(self.box.currentText()))

    def _remembered(self) -> str:
        return self._context.memory.get(f"record.{self.kind}", "" if self.kind == "microphone" else OFF)

    def _on_chosen(self) -> None:
        """Remember it, and forget what the one before sounded like."""
        self._context.memory.set(f"record.{self.kind}", self.box.currentData())
        self._listener = Listener()
        self.box.setToolTip(tip(self.box.currentText()))
        self.quiet()
        self.changed.emit()

    def show_channel(self, channel: ChannelStatus) -> None:
        """Show its level and what it says."""
        self.peak = channel.peak
        self.meter.show_level(channel.peak, channel.clipping)
        self.advise(self._listener.feed(time.monotonic(), channel))
        self.setVisible(True)
        self.meter.setVisible(True)
        if channel.device and channel.device != self.device.text():
            self.device.setText(channel.device)
            self.device.setToolTip(tip(channel.device))

    def set_recording(self, recording: bool) -> None:
        """While it is recorded the device stays as it is, and what is silent for a while is no fault."""
        self.box.setVisible(not recording)
        self.device.setVisible(recording)
        self.setVisible(self.on or not recording)
        self._listener.patience_s = PATIENCE_S if recording else SILENT_S

    def advise(self, advice: Advice) -> None:
        """Say how it does."""
        if advice != self.advice:
            self.advice = advice
            self.words.setText(advice.text)
            tell(self.words, advice.tone)

    def quiet(self) -> None:
        """Nothing is heard of it now."""
        self.peak = 0.0
        self.meter.clear()
        self.meter.setVisible(self.on)
        self.advise(Advice("", self.tr("Opening…") if self.on else self._unused()))

    def _unused(self) -> str:
        if self.kind == "system":
            return self.tr("For calls: records what the computer plays, the far side, as a channel of its own.")
        return self.tr("The microphone is not recorded.")


class Sources(QFrame):
    """The card with both sources."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self.setProperty("card", True)
        self._context = context
        self._trying = False
        self._before_db = self._loudest_db = 0.0
        heading = QLabel(self.tr("Sources"))
        heading.setProperty("role", "heading")
        self.sources: dict[Kind, Source] = {
            "microphone": Source(context, "microphone", self.tr("Microphone")),
            "system": Source(context, "system", self.tr("Computer sound")),
        }
        self.tone = QPushButton(self.tr("Play a test tone"))
        self.tone.setToolTip(self.tr("Plays a second of tone and shows whether the channel of computer sound hears it"))
        self.tone.clicked.connect(self.try_tone)
        self.heard = QLabel()
        self.heard.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(10)
        column.addWidget(heading)
        for source in self.sources.values():
            column.addWidget(source)
        row = QHBoxLayout()
        row.addWidget(self.tone)
        row.addWidget(self.heard, 1)
        column.addLayout(row)

    def specs(self) -> list[ChannelSpec]:
        """The channels to record, the microphone first."""
        return [self.sources[kind].spec for kind in KINDS if self.sources[kind].on]

    def offer(self, devices: list[Device]) -> None:
        """Show the devices that there are now."""
        for source in self.sources.values():
            source.offer(devices)

    def show_channels(self, channels: list[ChannelStatus]) -> None:
        """Show the levels of all channels that are listened to."""
        for channel in channels:
            if channel.kind in self.sources:
                self.sources["microphone" if channel.kind == "microphone" else "system"].show_channel(channel)
        if self._trying:
            self._loudest_db = max(self._loudest_db, decibels(self.sources["system"].peak))

    def quiet(self) -> None:
        """Nothing is listened to."""
        for source in self.sources.values():
            source.quiet()

    def set_recording(self, recording: bool) -> None:
        """While it is recorded the devices stay as they are."""
        for source in self.sources.values():
            source.set_recording(recording)
        self.tone.setVisible(not recording)
        self.heard.setVisible(not recording)
        if not recording:
            self.quiet()  # the levels of what was recorded say nothing of what may be recorded next

    # --- the tone ---------------------------------------------------------------------------------------------------

    def try_tone(self) -> None:
        """Play the tone, and see whether the computer's sound gets louder meanwhile."""
        self.tone.setEnabled(False)
        self._trying = True
        self._before_db = self._loudest_db = decibels(self.sources["system"].peak)
        self._say("", self.tr("Playing…"))
        self._context.tasks.run(self._context.desk.play_tone, done=self._on_played, failed=self._on_silent)

    def _on_played(self, _nothing: object) -> None:
        self.tone.setEnabled(True)
        self._trying = False
        if not self.sources["system"].on:
            self._say("", self.tr("Played. Choose a device for computer sound to see whether it hears it."))
        elif self._loudest_db >= max(TONE_LEAST_DB, self._before_db + TONE_RISE_DB):
            self._say("good", self.tr("Heard, {n} dB.").format(n=minus(self._loudest_db)))
        else:
            self._say(
                "warning", self.tr("Not heard. Choose the loudspeaker you listen to, or see whether it is muted.")
            )

    def _on_silent(self, error: Exception) -> None:
        self.tone.setEnabled(True)
        self._trying = False
        self._say("bad", trouble_words(error))

    def _say(self, tone: str, text: str) -> None:
        self.heard.setText(text)
        tell(self.heard, tone)
