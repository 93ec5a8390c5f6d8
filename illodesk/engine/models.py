"""The models that a pipeline uses, loaded once per process and shared by every session in it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from illodesk.engine.affect.text import TextReader
from illodesk.engine.audio import SAMPLE_RATE
from illodesk.engine.sentences import SentenceEncoder
from illodesk.engine.speakers.encoder import SpeakerEncoder
from illodesk.engine.speech.recogniser import Recogniser, load_recogniser
from illodesk.schema import Basis, ModelUse, Policy


@dataclass
class ModelSet:
    """One model per stage for one language. Each is loaded at first use and holds no state between calls."""

    language: str = "en"
    warm: bool = False

    @cached_property
    def recogniser(self) -> Recogniser | None:
        """The recogniser for the language, or None where there is none."""
        return load_recogniser(self.language)

    @cached_property
    def quick_recogniser(self) -> Recogniser | None:
        """A faster, less exact one, for text that is still going to change."""
        return load_recogniser(self.language, quick=True)

    @cached_property
    def speakers(self) -> SpeakerEncoder:
        return SpeakerEncoder()

    @cached_property
    def text(self) -> TextReader:
        return TextReader(self.language)

    @cached_property
    def sentences(self) -> SentenceEncoder:
        return SentenceEncoder()

    def warm_up(self) -> None:
        """Load everything that an utterance needs now, so that the first one of a live session need not wait."""
        from illodesk.engine.prosody import measure

        if self.warm:
            return
        self.warm = True
        hum = (0.1 * np.sin(2 * np.pi * 150 * np.arange(2 * SAMPLE_RATE) / SAMPLE_RATE)).astype(np.float32)
        for recogniser in (self.recogniser, self.quick_recogniser):
            if recogniser is not None:
                recogniser.recognise(hum)
        self.speakers.windows(hum)
        self.text.read("good morning")
        measure(hum)

    def used(self, policy: Policy) -> list[ModelUse]:
        """What took part, for the record of a run."""
        used = [ModelUse(stage="voice activity", name="Silero VAD", version="6", licence="MIT")]
        if self.recogniser is not None:
            used.append(self.recogniser.info)
        if "speakers" in self.__dict__:
            used.append(self.speakers.info)
        used += self.text.info
        if "sentences" in self.__dict__:
            used.append(self.sentences.info)
        if Basis.VOICE in policy.allowed_basis:
            used.append(
                ModelUse(
                    stage="arousal, dominance",
                    name="prosody rules on speaker norms",
                    version="1",
                    licence="Apache-2.0",
                )
            )
        return used
