"""The order of the stages: blocks of sound go in, events come out, and at the end one result.

Two layers. Online, each stretch of speech becomes an utterance whose bounds, words and measurements never change
again; scores are given at once, against the norms known so far. At the end :func:`conclude` clusters the speakers over
the whole conversation and computes every score again from the stored measurements. Both layers depend on the sound
alone, so block sizes, pace and door make no difference to the result.
"""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from illodesk.engine.affect.scorer import AffectScorer
from illodesk.engine.audio import SAMPLE_RATE
from illodesk.engine.channels import ChannelLayout
from illodesk.engine.conclusion import (
    CURVE_HOP_S,
    RECENT,
    cognitive_event,
    conclude,
    emotion_event,
)
from illodesk.engine.conduct.engagement import engagement_curve
from illodesk.engine.conduct.markers import find_markers
from illodesk.engine.conduct.scorer import ConductScorer
from illodesk.engine.measurements import Measurements
from illodesk.engine.models import ModelSet
from illodesk.engine.policy import policy_for
from illodesk.engine.prosody import FRAME_S, TRACK_COLUMNS, measure
from illodesk.engine.speakers.encoder import mean_voice
from illodesk.engine.speakers.online import OnlineSpeakers
from illodesk.engine.speakers.turns import quiet_gaps, speaker_cuts, takes_over, voice_between
from illodesk.engine.speech.endpointing import Endpointer, EndsUtterance, Pause, Segment
from illodesk.engine.speech.recogniser import Recognition
from illodesk.engine.speech.vad import FrameLevels, VoiceActivity
from illodesk.engine.story.moments import MomentDetector
from illodesk.engine.story.transitions import TransitionDetector
from illodesk.schema import (
    AnalysisOptions,
    AnalysisResult,
    EngagementEvent,
    Event,
    FinalTranscriptEvent,
    MediaInfo,
    MomentEvent,
    StatusEvent,
    TransitionEvent,
    Utterance,
    Word,
)

STEP = 2048
"""Samples that all channels advance together (128 ms): fixed, so that the order of events is too."""

PEAKS_S = 0.01
PEAK_COLUMNS = ("low", "high")
MIN_WORDLESS_VOICED_S = 0.5
"""A stretch without a recognised word is kept when at least this much of it is voiced: it was speech all the same."""


class TrackSink(Protocol):
    """Takes the tracks that are too large for messages: rows of float32 at a fixed rate, appended in order."""

    def append(self, name: str, columns: tuple[str, ...], hop_s: float, rows: NDArray[np.float32]) -> None: ...

    def rewind(self, rows: dict[str, int]) -> None:
        """Forget all rows but the first ones of each named track."""

    def close(self) -> None: ...


@dataclass
class Lane:
    """One channel on its way through voice activity and endpointing, and the sound that may still be needed."""

    index: int
    activity: VoiceActivity = field(default_factory=VoiceActivity)
    levels: FrameLevels = field(default_factory=FrameLevels)
    endpointer: Endpointer = field(default_factory=Endpointer)
    start: int = 0
    sound: list[NDArray[np.float32]] = field(default_factory=list)
    frames_done: int = 0
    foreseen: dict[tuple[int, int], Recognition] = field(default_factory=dict)
    peak_tail: NDArray[np.float32] = field(default_factory=lambda: np.zeros(0, dtype=np.float32))

    def take_foreseen(self, segment: Segment) -> Recognition | None:
        """What was recognised ahead of time, if it was of just this sound."""
        found = self.foreseen.get((segment.start, segment.end))
        self.foreseen = {bounds: heard for bounds, heard in self.foreseen.items() if bounds[0] >= segment.end}
        return found

    def hear(self, samples: NDArray[np.float32], ends_utterance: EndsUtterance | None) -> list[Segment]:
        """Take the next samples; give the stretches of speech that are complete now."""
        self.sound.append(samples)
        return self.endpointer.feed(self.activity.feed(samples), self.levels.feed(samples), ends_utterance)

    def end(self, position: int) -> list[Segment]:
        """The sound is over after ``position`` samples."""
        rest = self.endpointer.feed(self.activity.finish(), self.levels.finish())
        return rest + self.endpointer.finish(position)

    def cut(self, start: int, end: int) -> NDArray[np.float32]:
        """Sound between two positions in samples."""
        joined = np.concatenate(self.sound) if len(self.sound) > 1 else self.sound[0]
        self.sound = [joined]
        return joined[max(0, start - self.start) : max(0, end - self.start)]

    def forget(self, before: int) -> None:
        """Drop sound that no later segment can reach."""
        while self.sound and self.start + len(self.sound[0]) <= before:
            self.start += len(self.sound.pop(0))


@dataclass(frozen=True)
class Turn:
    """A part of a stretch of speech by one speaker; seconds of the stretch, and the unit vector of the voice."""

    begin: float
    end: float
    words: list[Word]
    voice: NDArray[np.float32] | None


@dataclass(frozen=True)
class OpenSpeech:
    """Speech that goes on: its channel, the second it began and its sound so far."""

    channel: int
    t_start: float
    sound: NDArray[np.float32]


class Pipeline:
    """Feed blocks of shape (samples, channels) at 16 kHz, then finish. Deterministic in the sound alone."""

    def __init__(
        self,
        options: AnalysisOptions,
        models: ModelSet,
        sink: TrackSink | None = None,
        measured: Measurements | None = None,
    ) -> None:
        """``measured``: an empty place for what is kept of each utterance; in memory when none is given."""
        self.options = options
        self.policy = policy_for(options)
        self.rows: dict[str, int] = {}
        self.layout = ChannelLayout(options.channels)
        self.lanes: list[Lane] = []
        self.pending: NDArray[np.float32] = np.zeros((0, 0), dtype=np.float32)
        self.position = 0
        self.count = 0
        self.ticks = 0
        self.measured = measured if measured is not None else Measurements()
        self.recent: deque[Utterance] = deque(maxlen=RECENT)
        self.online = OnlineSpeakers(options.speakers)
        self.affect = AffectScorer(self.policy)
        self.conduct = ConductScorer(self.policy)
        self.transitions = TransitionDetector()
        self.moments = MomentDetector()
        self.attach(models, sink)

    def __getstate__(self) -> dict[str, Any]:
        """State without models and sink: what a checkpoint keeps."""
        state = self.__dict__.copy()
        del state["models"], state["sink"]
        return state

    def attach(self, models: ModelSet, sink: TrackSink | None) -> None:
        """Give a pipeline that came out of a checkpoint its models and sink again."""
        self.models = models
        self.sink = sink
        if sink is not None:
            sink.rewind(self.rows)

    @property
    def position_s(self) -> float:
        """Seconds of sound that went through."""
        return self.position / SAMPLE_RATE

    def feed(self, block: NDArray[np.float32]) -> list[Event]:
        """Take a block and return the events it completes."""
        laid = self.layout.feed(block)
        return self._advance(laid, last=False) if laid is not None and len(laid) else []

    def finish(self, media: MediaInfo | None = None) -> tuple[list[Event], AnalysisResult]:
        """End of sound: the last utterances, then the whole conversation once more with everything known."""
        events = self._advance(self.layout.finish(), last=True)
        for lane in self.lanes:
            self._fill_frames(lane, round(self.position_s / FRAME_S))
        media = (media or MediaInfo()).model_copy()
        media.duration_s = self.position_s
        media.layout = self.layout.layout
        features, voices = [], []
        for utterance, voice in self.measured:
            features.append(utterance)
            voices.append(voice)
        conclusion = conclude(features, voices, self.options, self.policy, media, self.models)
        for name, (columns, rows) in conclusion.tracks.items():
            self._write(name, columns, CURVE_HOP_S, rows)
        return events + conclusion.events, conclusion.result

    # --- sound to segments ------------------------------------------------------------------------------------------

    def _advance(self, laid: NDArray[np.float32] | None, *, last: bool) -> list[Event]:
        if laid is not None and len(laid):
            if not self.lanes:
                self._open_lanes(laid.shape[1])
            self.pending = laid if not len(self.pending) else np.concatenate([self.pending, laid])
        events: list[Event] = []
        while len(self.pending) >= STEP:
            step, self.pending = self.pending[:STEP], self.pending[STEP:]
            events += self._step(step)
        if last and self.lanes:
            if len(self.pending):
                rest, self.pending = self.pending, self.pending[:0]
                events += self._step(rest)
            for lane in self.lanes:
                for segment in lane.end(self.position):
                    events += self._segment(lane, segment)
        return events

    def _open_lanes(self, channels: int) -> None:
        self.lanes = [Lane(index) for index in range(channels)]

    def _step(self, step: NDArray[np.float32]) -> list[Event]:
        self.position += len(step)
        found: list[tuple[Lane, Segment]] = []
        for lane in self.lanes:
            samples = np.ascontiguousarray(step[:, lane.index])
            self._write_peaks(lane, samples)
            ends = partial(self._takes_over, lane) if self.by_voice else None
            found += [(lane, segment) for segment in lane.hear(samples, ends)]
        events: list[Event] = []
        for lane, segment in sorted(found, key=lambda pair: (pair[1].start, pair[0].index)):
            events += self._segment(lane, segment)
        for lane in self.lanes:
            lane.forget(lane.endpointer.keep_from)
        while (self.ticks + 1) * CURVE_HOP_S <= self.position_s:
            self.ticks += 1
            events.append(self._engagement(self.ticks * CURVE_HOP_S))
        return events

    def _engagement(self, t: float) -> EngagementEvent:
        """Rolling engagement at a moment, from what is known by then."""
        _, value, low, high = engagement_curve(self.recent, t, hz=1 / CURVE_HOP_S)[-1].tolist()
        if math.isnan(value):
            return EngagementEvent(t=t)
        return EngagementEvent(t=t, value=round(value, 3), low=round(low, 3), high=round(high, 3))

    def foresee(self) -> bool:
        """Recognise ahead of time what seems to have ended: the same sound, so the same words, only sooner.

        False when there is nothing of the kind.
        """
        recogniser = self.models.recogniser
        if recogniser is None:
            return False
        for lane in self.lanes:
            for segment in lane.endpointer.foreseen():
                bounds = (segment.start, segment.end)
                if bounds not in lane.foreseen:
                    lane.foreseen[bounds] = recogniser.recognise(lane.cut(*bounds))
                    return True
        return False

    def open_speech(self) -> list[OpenSpeech]:
        """What is being said right now and is no utterance yet, for text that is still going to change."""
        found: list[OpenSpeech] = []
        for lane in self.lanes:
            since = lane.endpointer.speaking_since
            if since is not None:
                found.append(OpenSpeech(lane.index, since / SAMPLE_RATE, lane.cut(since, self.position)))
        return found

    def _takes_over(self, lane: Lane, pause: Pause) -> bool:
        """Whether somebody else speaks after a pause, so that what was said before it need not wait for its end."""
        return takes_over(self.models.speakers, lane.cut(pause.since, pause.start), lane.cut(pause.end, pause.until))

    # --- segments to utterances -------------------------------------------------------------------------------------

    def _segment(self, lane: Lane, segment: Segment) -> list[Event]:
        sound = lane.cut(segment.start, segment.end)
        recogniser = self.models.recogniser
        heard = lane.take_foreseen(segment)
        if heard is None:
            heard = recogniser.recognise(sound) if recogniser is not None else Recognition()
        events: list[Event] = []
        for turn in self._turns(sound, segment, heard):
            events += self._utterance(lane, segment.start / SAMPLE_RATE, sound, heard, turn)
        return events

    def _turns(self, sound: NDArray[np.float32], segment: Segment, heard: Recognition) -> list[Turn]:
        """Cut a stretch of speech where the speaker changes, and give each part its words and its voice."""
        first = (segment.speech_start - segment.start) / SAMPLE_RATE
        last = (segment.speech_end - segment.start) / SAMPLE_RATE
        if not self.by_voice:
            return [Turn(first, last, heard.words, None)]
        centres, voices = self.models.speakers.windows(sound)
        gaps = word_gaps(heard.words, len(sound) / SAMPLE_RATE) if heard.words else quiet_gaps(sound)
        cuts = [cut for cut in speaker_cuts(centres, voices, gaps) if first < cut < last]
        turns: list[Turn] = []
        for begin, end in pairwise([first, *cuts, last]):
            from_, until = (0.0 if begin == first else begin), (np.inf if end == last else end)
            words = [word for word in heard.words if from_ <= (word.t_start + word.t_end) / 2 < until]
            voice = voice_between(centres, voices, begin, end) if cuts else mean_voice(voices)
            turns.append(Turn(begin, end, words, voice))
        return turns

    @property
    def separate(self) -> bool:
        """Whether each channel is a speaker of its own."""
        return self.layout.layout == "separate"

    @property
    def by_voice(self) -> bool:
        """Whether voices must tell the speakers apart: channels do not, and there may be more than one."""
        return not self.separate and self.options.speakers != 1

    def _utterance(
        self, lane: Lane, origin: float, sound: NDArray[np.float32], heard: Recognition, turn: Turn
    ) -> list[Event]:
        begin, end, words = turn.begin, turn.end, turn.words
        piece = sound[round(begin * SAMPLE_RATE) : round(end * SAMPLE_RATE)]
        relative = [shifted(word, -begin) for word in words]
        prosody, frames = measure(piece, relative)
        if not words and prosody.voiced_s < MIN_WORDLESS_VOICED_S:
            return []
        at = origin + begin
        self._fill_frames(lane, round(at / FRAME_S))
        self._write_frames(lane, frames)
        speaker, certainty = (
            self.online.assign(turn.voice, end - begin) if self.by_voice else (lane.index if self.separate else 0, 1.0)
        )
        text = " ".join(word.text for word in words)
        utterance = Utterance(
            utterance_id=f"utt_{self.count:04d}",
            speaker=f"Speaker_{speaker}",
            channel=lane.index,
            t_start=round(at, 3),
            t_end=round(at + end - begin, 3),
            text=text,
            words=[shifted(word, origin) for word in words],
            language=self.options.language,
            asr_confidence=heard.confidence if words else 0.0,
            speaker_confidence=certainty,
            prosody=prosody,
            reading=self.models.text.read(text),
            lexical_markers=find_markers(text, relative, self.options.language),
            stability="provisional",
        )
        self.count += 1
        self.measured.append(utterance, turn.voice)
        return self._score(utterance)

    def _score(self, utterance: Utterance) -> list[Event]:
        """Scores against the norms known so far, and what they show."""
        before = list(self.recent)
        scored = self.conduct.live(self.affect.live(utterance), before)
        self.recent.append(scored)
        events: list[Event] = [
            FinalTranscriptEvent(
                utterance_id=scored.utterance_id,
                speaker=scored.speaker,
                t_start=scored.t_start,
                t_end=scored.t_end,
                text=scored.text,
                confidence=scored.asr_confidence,
                words=scored.words,
                channel=scored.channel,
            ),
            emotion_event(scored),
            cognitive_event(scored),
        ]
        events += [TransitionEvent(transition=found) for found in self.transitions.feed(scored)]
        events += [MomentEvent(moment=found) for found in self.moments.feed(scored, before)]
        return events

    # --- tracks -----------------------------------------------------------------------------------------------------

    def _write(self, name: str, columns: tuple[str, ...], hop_s: float, rows: NDArray[np.float32]) -> None:
        if self.sink is not None and len(rows):
            self.sink.append(name, columns, hop_s, rows)
            self.rows[name] = self.rows.get(name, 0) + len(rows)

    def _write_peaks(self, lane: Lane, samples: NDArray[np.float32]) -> None:
        """Lowest and highest sample of each 10 ms, for drawing. STEP is not a multiple of the hop: hops are cut from
        the running position, and the last one of a step is written when it is full."""
        hop = round(PEAKS_S * SAMPLE_RATE)
        tail = np.concatenate([lane.peak_tail, samples])
        whole = len(tail) // hop * hop
        rows = tail[:whole].reshape(-1, hop)
        lane.peak_tail = tail[whole:]
        if len(rows):
            peaks = np.stack([rows.min(axis=1), rows.max(axis=1)], axis=1)
            self._write(f"peaks_{lane.index}", PEAK_COLUMNS, PEAKS_S, peaks)

    def _write_frames(self, lane: Lane, frames: NDArray[np.float32]) -> None:
        self._write(f"prosody_{lane.index}", TRACK_COLUMNS, FRAME_S, frames)
        lane.frames_done += len(frames)

    def _fill_frames(self, lane: Lane, until: int) -> None:
        """Fill the track with 'nothing measured' up to a frame, so that row n always stands for n * 10 ms."""
        missing = until - lane.frames_done
        if missing > 0:
            self._write_frames(lane, np.full((missing, len(TRACK_COLUMNS)), np.nan, dtype=np.float32))


def word_gaps(words: list[Word], length: float) -> list[tuple[float, float]]:
    """Stretches of a segment between words, seconds; the whole of it when there are no words."""
    edges = [0.0] + [edge for word in words for edge in (word.t_start, word.t_end)] + [length]
    return [(edges[i], edges[i + 1]) for i in range(0, len(edges), 2) if edges[i + 1] > edges[i]]


def shifted(word: Word, seconds: float) -> Word:
    """The word at a later time."""
    return word.model_copy(
        update={"t_start": round(word.t_start + seconds, 3), "t_end": round(word.t_end + seconds, 3)}
    )


def progress(position_s: float, duration_s: float, stage: str) -> StatusEvent:
    """How far an analysis has come; unknown length gives no share."""
    share = min(0.99, position_s / duration_s) if duration_s > 0 else None
    return StatusEvent(phase="processing", progress=share, stage=stage, position_s=position_s)
