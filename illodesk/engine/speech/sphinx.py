"""The recogniser that needs no download: PocketSphinx with the US English model in its wheel. Draft quality.

Each utterance is decoded whole and afresh: cepstral means come from the utterance itself (batch), so a result never
depends on what was decoded before.
"""

from __future__ import annotations

import re
from importlib.metadata import version
from typing import Any

import numpy as np
from numpy.typing import NDArray

from illodesk.engine.audio import SAMPLE_RATE
from illodesk.engine.speech.confidence import RawWord, level_span_db, word_confidences
from illodesk.engine.speech.recogniser import Recognition
from illodesk.schema import ModelUse, Word

# Language weights below the defaults (6.5, 8.5, 9.5) and narrower last-phone beams, chosen on synthetic voices and
# checked on real ones: fewer wrong words, two thirds of the time.
_EXACT = {
    "lw": 6.0,
    "fwdflatlw": 7.5,
    "bestpathlw": 9.0,
    "maxhmmpf": 6000,
    "wbeam": 1e-26,
    "lpbeam": 1e-35,
    "lponlybeam": 1e-25,
}
_QUICK = _EXACT | {"maxhmmpf": 2000, "fwdflat": False, "beam": 1e-44, "pbeam": 1e-44}

_FRAME_S = 0.01
_SHORTEST_S = 0.1
_LONGEST_WORD_S = 1.2  # a word that lasts longer has swallowed silence
_SILENCE_PEAK = 1e-4  # full scale; below, there is nothing but the noise of a converter
_TARGET_RMS = 0.04
_MAX_GAIN = 300.0
_GARBAGE = 0.2  # an utterance with a smaller share of right words than this is noise, or as good as noise
_FILLER = re.compile(r"^(<.*>|\[.*\]|\+\+.*\+\+)$")
_ALTERNATE = re.compile(r"\(\d+\)$")


class SphinxRecogniser:
    """PocketSphinx en-us. English only; loaded with the first utterance (about a second)."""

    def __init__(self, quick: bool = False) -> None:
        self._options: dict[str, Any] = _QUICK if quick else _EXACT
        self._decoder: Any = None

    @property
    def info(self) -> ModelUse:
        return ModelUse(
            stage="speech to text",
            name="PocketSphinx en-us",
            version=version("pocketsphinx"),
            quality="draft quality",
            licence="BSD-2-Clause",
        )

    def recognise(self, audio: NDArray[np.float32]) -> Recognition:
        """Recognise samples (n,) at 16 kHz. Shorter than 0.1 s, silence and non-speech give an empty result."""
        raw = self.decode(audio)
        confidences = word_confidences(raw, level_span_db(audio))
        if not raw or float(np.mean(confidences)) < _GARBAGE:
            return Recognition()
        words = [
            Word(
                text=_written(word.text),
                t_start=word.first * _FRAME_S,
                t_end=min(
                    (word.last + 1) * _FRAME_S, word.first * _FRAME_S + _LONGEST_WORD_S, len(audio) / SAMPLE_RATE
                ),
                confidence=round(float(confidence), 4),
            )
            for word, confidence in zip(raw, confidences, strict=True)
        ]
        return Recognition(" ".join(word.text for word in words), words, round(float(np.mean(confidences)), 4))

    def decode(self, audio: NDArray[np.float32]) -> list[RawWord]:
        """The words of the best path with what the decoder says about them, fillers and silence left out."""
        sound = audio.astype(np.float64) - float(np.mean(audio)) if len(audio) else np.zeros(0)
        if len(sound) < _SHORTEST_S * SAMPLE_RATE or not np.abs(sound).max() > _SILENCE_PEAK:
            return []
        decoder = self._loaded()
        decoder.reinit_feat()  # the front end remembers the background of the utterance before
        decoder.start_utt()
        try:
            decoder.process_raw(_as_pcm(sound), no_search=False, full_utt=True)
        finally:
            decoder.end_utt()
        if decoder.hyp() is None:
            return []
        return [
            RawWord(
                text=_ALTERNATE.sub("", segment.word),
                first=segment.start_frame,
                last=segment.end_frame,
                posterior=segment.prob,
                acoustic=segment.ascore,
                history=segment.lback,
                phones=len((decoder.lookup_word(segment.word) or "").split()),
            )
            for segment in decoder.seg()
            if not _FILLER.match(segment.word)
        ]

    def _loaded(self) -> Any:
        if self._decoder is None:
            from pocketsphinx import Decoder  # with the first utterance, not with the program

            self._decoder = Decoder(loglevel="FATAL", cmn="batch", **self._options)
        return self._decoder


def _as_pcm(sound: NDArray[np.float64]) -> bytes:
    """16-bit samples at the level that the recogniser likes, from sound without an offset that is not silent."""
    gain = min(_TARGET_RMS / float(np.sqrt(np.mean(sound**2))), _MAX_GAIN)
    return np.clip(np.round(sound * gain * 32767), -32768, 32767).astype("<i2").tobytes()


def _written(word: str) -> str:
    """The dictionary writes everything in lower case; the pronoun is written large."""
    return "I" + word[1:] if word == "i" or word.startswith("i'") else word
