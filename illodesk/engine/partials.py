"""Text of an utterance that is still being spoken, firm as far as two hypotheses in a row agree (LocalAgreement-2).

It comes from a quicker recogniser, in the worker's idle time, and has no part in the final text.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from illodesk.engine.audio import SAMPLE_RATE
from illodesk.engine.models import ModelSet
from illodesk.engine.pipeline import OpenSpeech, Pipeline
from illodesk.schema import PartialTranscriptEvent

LEAST_S = 0.6
EVERY_S = 0.7
PATIENCE = 2.0
"""A pass is followed by a rest of this many times its length: on a slow machine partials come less often, and finals
never wait for more than one of them."""


@dataclass
class Hypotheses:
    """What was thought of one open utterance so far."""

    words: list[str] = field(default_factory=list)
    confirmed: int = 0
    heard_s: float = 0.0

    def add(self, words: list[str]) -> bool:
        """Take the next hypothesis; confirmed words never shrink. False when nothing changed."""
        agreed = 0
        for before, now in zip(self.words, words, strict=False):
            if before.lower() != now.lower():
                break
            agreed += 1
        confirmed = max(self.confirmed, agreed)
        merged = self.words[: self.confirmed] + words[self.confirmed :]
        changed = (merged, confirmed) != (self.words, self.confirmed)
        self.words, self.confirmed = merged, confirmed
        return changed


class Partials:
    """Partial transcripts of one session."""

    def __init__(self, models: ModelSet) -> None:
        self._models = models
        self._open: dict[tuple[int, float], Hypotheses] = {}
        self._resting_until = 0.0

    def listen(self, pipeline: Pipeline) -> list[PartialTranscriptEvent]:
        """Look at what is being said now, if it is time to; one pass at most."""
        if self._models.quick_recogniser is None or time.monotonic() < self._resting_until:
            return []
        speech = {(one.channel, one.t_start): one for one in pipeline.open_speech()}
        self._open = {key: self._open.get(key, Hypotheses()) for key in speech}
        for key, one in speech.items():
            heard_s = len(one.sound) / SAMPLE_RATE
            if heard_s >= max(LEAST_S, self._open[key].heard_s + EVERY_S):
                self._open[key].heard_s = heard_s
                return self._pass(one, self._open[key])
        return []

    def _pass(self, speech: OpenSpeech, hypotheses: Hypotheses) -> list[PartialTranscriptEvent]:
        recogniser = self._models.quick_recogniser
        if recogniser is None:
            return []
        began = time.monotonic()
        heard = recogniser.recognise(speech.sound)
        self._resting_until = time.monotonic() + PATIENCE * (time.monotonic() - began)
        if not hypotheses.add([word.text for word in heard.words]):
            return []
        return [
            PartialTranscriptEvent(
                partial_id=f"partial_{speech.channel}_{speech.t_start:.2f}",
                text=" ".join(hypotheses.words),
                confirmed_words=hypotheses.confirmed,
                channel=speech.channel,
                t_start=round(speech.t_start, 3),
            )
        ]
