"""What every speech recogniser offers, and the choice of one for a language."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from illodesk.schema import ModelUse, Word


@dataclass(frozen=True)
class Recognition:
    """What was said in one stretch of sound. Word times are seconds from the start of that stretch.

    ``confidence`` estimates the share of words that are right; 0 where there are none.
    """

    text: str = ""
    words: list[Word] = field(default_factory=list)
    confidence: float = 0.0
    language: str = "en"


class Recogniser(Protocol):
    """Turns one utterance into words; the result depends on that utterance alone."""

    @property
    def info(self) -> ModelUse: ...

    def recognise(self, audio: NDArray[np.float32]) -> Recognition:
        """Recognise samples (n,) at 16 kHz, range -1..1. Silence and noise give an empty result, never an error."""
        ...


def load_recogniser(language: str, quick: bool = False) -> Recogniser | None:
    """The built-in recogniser for a BCP 47 language, or None where there is none.

    ``quick`` asks for a faster, less exact one for text that is still going to change.
    """
    if language.lower().replace("_", "-").split("-")[0] != "en":
        return None
    from illodesk.engine.speech.sphinx import SphinxRecogniser  # with the first use, not with the program

    return SphinxRecogniser(quick=quick)
