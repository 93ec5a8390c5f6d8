"""The playhead: what is heard, and where, for every view of the page."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from illodesk.playback import SPEEDS, Output, Player
from illodesk.ui.context import AppContext
from illodesk.ui.review.document import ReviewDocument
from illodesk.ui.sentences.work import trouble_words

FRAME_MS = 33


class Playhead(QObject):
    """Position and playing of what is open.

    ``moved`` tells the second, about 30 times a second while it plays; ``changed`` that it plays or not, its speed,
    loop or volume. Without a kept recording it is a point that can be put anywhere.
    """

    moved = Signal(float)
    changed = Signal()

    def __init__(self, context: AppContext, document: ReviewDocument, output: Output | None = None) -> None:
        super().__init__(document)
        self._context = context
        self._document = document
        self._output = output
        self._player: Player | None = None
        self._at = 0.0
        self._until: float | None = None
        self._shown = ("", 0)
        self._volume = 1.0
        self._gains: dict[int, float] = {}
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(FRAME_MS)
        self._timer.timeout.connect(self._tick)
        document.opened.connect(self._on_opened)

    # --- what is there ----------------------------------------------------------------------------------------------

    @property
    def available(self) -> bool:
        """Whether there is a recording to be heard."""
        return self._document.media is not None and self._document.result is not None

    @property
    def playing(self) -> bool:
        return self._player is not None and self._player.playing

    @property
    def position(self) -> float:
        return self._player.position() if self._player is not None else self._at

    @property
    def speed(self) -> float:
        return self._player.speed if self._player is not None else 1.0

    @property
    def loop(self) -> tuple[float, float] | None:
        return self._player.loop if self._player is not None else None

    @property
    def channels(self) -> int:
        """Of the recording; the player knows them only when it has decoded something."""
        result = self._document.result
        named = result.media.channels if result is not None else 1
        return max(named, self._player.channels if self._player is not None else 1, 1)

    @property
    def levels(self) -> list[float]:
        return self._player.levels() if self._player is not None else []

    @property
    def silent_because(self) -> str:
        """Why nothing is heard although it plays; empty while all is well or nothing was played yet."""
        player = self._player
        if player is None or not player.playing:
            return ""
        if player.error:
            return trouble_words(player.error)
        return "" if player.audible else self.tr("No sound output was found. The playhead moves silently.")

    # --- what the user does -----------------------------------------------------------------------------------------

    def toggle(self) -> None:
        """Play, or stop where it is."""
        if self.playing:
            self.pause()
        else:
            self.play()

    def play(self, t: float | None = None, until: float | None = None) -> None:
        """Play on, or from a second, perhaps only up to another one."""
        player = self._ready()
        if player is None:
            return
        self._until = until
        if t is not None:
            player.seek(t)
        player.play()
        self._timer.start()
        self._tick()
        self.changed.emit()

    def pause(self) -> None:
        if self._player is not None:
            self._player.pause()
            self._tick()

    def seek(self, t: float) -> None:
        """Go to a second."""
        self._until = None
        self._at = min(max(t, 0.0), self._document.duration_s)
        player = self._ready()
        if player is not None:
            player.seek(self._at)
        self.moved.emit(self._at)

    def step(self, seconds: float) -> None:
        """Go on or back by some seconds."""
        self.seek(self.position + seconds)

    def step_turn(self, direction: int) -> None:
        """To the beginning of the next utterance (1); of this one, or the one before when it just began (-1)."""
        result = self._document.result
        if result is None or not result.timeline:
            return
        at = self.position
        here = self._document.index_at(at + 0.02)
        if direction < 0 and here >= 0 and at - result.timeline[here].t_start < 1.0:
            here -= 1
        place = here + 1 if direction > 0 else here
        self.seek(result.timeline[min(max(place, 0), len(result.timeline) - 1)].t_start)

    def set_speed(self, speed: float) -> None:
        player = self._ready()
        if player is not None:
            player.set_speed(speed)
            self.changed.emit()

    def step_speed(self, direction: int) -> None:
        """The next faster or slower speed."""
        nearest = min(range(len(SPEEDS)), key=lambda i: abs(SPEEDS[i] - self.speed))
        self.set_speed(SPEEDS[min(max(nearest + direction, 0), len(SPEEDS) - 1)])

    def set_loop(self, loop: tuple[float, float] | None) -> None:
        """Play a stretch again and again; None ends that."""
        player = self._ready()
        if player is not None:
            player.set_loop(loop)
            self.moved.emit(self.position)
            self.changed.emit()

    def gain(self, channel: int) -> float:
        """Loudness of a channel of what is open, 1 as it was recorded."""
        return self._gains.get(channel, 1.0)

    def set_gain(self, channel: int, gain: float) -> None:
        """Loudness of a channel, 0 (not heard) to 2."""
        self._gains[channel] = gain
        self._tell_loudness()

    def set_volume(self, volume: float) -> None:
        """Loudness of all channels together, 0 to 1; it holds for every conversation."""
        self._volume = volume
        self._tell_loudness()

    def _tell_loudness(self) -> None:
        if self._player is not None:
            for channel in range(self.channels):
                self._player.set_gain(channel, self._volume * self.gain(channel))

    def stop(self) -> None:
        """End all sound and its threads; the page is left or the app ends."""
        self._timer.stop()
        if self._player is not None:
            self._at = self._player.position()
            self._player.close()
            self._player = None
        self.changed.emit()

    # --- behind -----------------------------------------------------------------------------------------------------

    def _ready(self) -> Player | None:
        media = self._document.media
        if self._player is None and media is not None and self._document.result is not None:
            self._player = Player(media, self._document.duration_s, self._output)
            self._tell_loudness()
            self._player.seek(self._at)
        return self._player

    def _on_opened(self) -> None:
        """Another conversation begins at its beginning; another run of the same one goes on where it was."""
        result = self._document.result
        shown = (self._document.conversation_id, result.run if result is not None else 0)
        if shown[0] != self._shown[0]:
            self.stop()
            self._gains.clear()
            self._at = 0.0
        self._shown = shown
        self.moved.emit(self.position)
        self.changed.emit()

    def _tick(self) -> None:
        self._at = self.position
        self.moved.emit(self._at)
        if self._until is not None and self._at >= self._until and self._player is not None:
            self._until = None
            self._player.pause()
        if not self.playing:
            self._timer.stop()
            self.changed.emit()
