"""An analysis put together again from what it measured, with other speakers or corrected words, without recognising
anything anew.

Voices are heard again from the recording where the speakers are to be told anew: they are never kept.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from illodesk.engine.audio import SAMPLE_RATE
from illodesk.engine.conclusion import CURVE_HOP_S, conclude
from illodesk.engine.conduct.markers import find_markers
from illodesk.engine.models import ModelSet
from illodesk.engine.pipeline import Pipeline, TrackSink, shifted
from illodesk.engine.worker_loop import Given
from illodesk.schema import AnalysisOptions, AnalysisResult, Event, MediaInfo, Utterance


class Revision(Pipeline):
    """Takes the sound as a pipeline does, and only listens for the voices of the utterances that are known."""

    def __init__(self, options: AnalysisOptions, models: ModelSet, sink: TrackSink | None, given: Given) -> None:
        super().__init__(options, models, sink)
        self.given = given
        self.waiting = list(given.result.timeline)
        self.voices: list[NDArray[np.float32] | None] = []
        self.heard: list[NDArray[np.float32]] = []
        self.heard_from = 0

    def feed(self, block: NDArray[np.float32]) -> list[Event]:
        """Take a block. What is known is not told again."""
        self._listen(self.layout.feed(block))
        return []

    def finish(self, media: MediaInfo | None = None) -> tuple[list[Event], AnalysisResult]:  # noqa: ARG002
        """The result anew. What was heard is what the first analysis says was heard."""
        self._listen(self.layout.finish())
        given = self.given.result
        timeline = [self._read_again(utterance) for utterance in given.timeline]
        voices: list[NDArray[np.float32] | None] | None = None
        if self.given.tell_speakers:
            while self.waiting:
                self._hear_next()
            voices = self.voices
            one = {"speaker": "Speaker_0", "speaker_confidence": 1.0}
            timeline = [utterance.model_copy(update=one) for utterance in timeline]
        conclusion = conclude(timeline, voices, self.options, self.policy, given.media, self.models)
        for name, (columns, rows) in conclusion.tracks.items():
            self._write(name, columns, CURVE_HOP_S, rows)
        known = {(model.stage, model.name) for model in given.models}
        more = [model for model in conclusion.result.models if (model.stage, model.name) not in known]
        return conclusion.events, conclusion.result.model_copy(
            update={"models": given.models + more, "analysed_s": given.analysed_s}
        )

    def _listen(self, laid: NDArray[np.float32] | None) -> None:
        """Take sound, and the voices of the utterances that it completes; drop what no later one reaches."""
        if laid is None or not len(laid):
            return
        self.heard.append(laid[:, 0])
        self.position += len(laid)
        while self.waiting and self.waiting[0].t_end <= self.position_s:
            self._hear_next()
        needed = round(self.waiting[0].t_start * SAMPLE_RATE) if self.waiting else self.position
        while self.heard and self.heard_from + len(self.heard[0]) <= needed:
            self.heard_from += len(self.heard.pop(0))

    def _hear_next(self) -> None:
        utterance = self.waiting.pop(0)
        sound = np.concatenate(self.heard) if self.heard else np.zeros(0, np.float32)
        start, end = (round(t * SAMPLE_RATE) - self.heard_from for t in (utterance.t_start, utterance.t_end))
        self.voices.append(self.models.speakers.embed(sound[max(0, start) : max(0, end)]))

    def _read_again(self, utterance: Utterance) -> Utterance:
        """What the words say, of a text that was corrected or divided; how they were said stays as it was measured."""
        if not utterance.edited and utterance.part_of is None:
            return utterance
        prosody, words = utterance.prosody, utterance.words
        rate = prosody.words_per_min
        if prosody.syllables and prosody.speech_rate_sps:
            rate = 60.0 * len(words) * prosody.speech_rate_sps / prosody.syllables if words else None
        relative = [shifted(word, -utterance.t_start) for word in words]
        return utterance.model_copy(
            update={
                "reading": self.models.text.read(utterance.text),
                "lexical_markers": find_markers(utterance.text, relative, utterance.language),
                "prosody": prosody.model_copy(update={"words_per_min": rate}),
            }
        )
