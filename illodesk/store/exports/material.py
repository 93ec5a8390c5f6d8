"""What an export is made of, and what the user may choose about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from illodesk.schema import AnalysisResult
from illodesk.store.errors import ExportCancelledError
from illodesk.store.tracks import Track


class ExportOptions(BaseModel):
    """Choices of the user. A format heeds those that its entry in the registry names; all heed ``pseudonymise``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    pseudonymise: bool = Field(False, description="Speaker A, Speaker B, … in place of names, and no title")
    hide: tuple[str, ...] = Field((), description="With pseudonymise: further words and names to take out")
    audio: bool | None = Field(
        None, description="Put the sound in; by default it is in, unless names are taken out: a voice tells who it is"
    )
    words: bool = Field(True, description="A tier of words for each speaker")
    names: bool = Field(True, description="Say in subtitles who speaks")
    line_length: int = Field(42, ge=10, le=200, description="Characters in a line of subtitles")
    lines: int = Field(2, ge=1, le=8, description="Lines of one subtitle")
    word_times: bool = Field(False, description="Times of the words inside of subtitles")
    times: bool = Field(True, description="When somebody speaks, before what they say")
    scores: bool | None = Field(None, description="Scores; by default they are in reports, not in plain transcripts")
    delimiter: Literal["comma", "semicolon", "tab"] = Field("comma", description="What stands between cells")
    decimal_comma: bool = Field(False, description="Numbers with a decimal comma")
    compact: bool = Field(False, description="JSON without indentation")
    paper: Literal["a4", "letter"] = Field("a4", description="Size of the pages")
    start_s: float | None = Field(None, ge=0, allow_inf_nan=False, description="s; where the clip begins")
    end_s: float | None = Field(None, gt=0, allow_inf_nan=False, description="s; where the clip ends")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.end_s is not None and self.end_s <= (self.start_s or 0.0):
            msg = "a clip must end after it begins"
            raise ValueError(msg)
        return self

    @property
    def with_scores(self) -> bool:
        """Whether the scores go into a report."""
        return self.scores is not False

    @property
    def with_audio(self) -> bool:
        """Whether the sound goes in."""
        return not self.pseudonymise if self.audio is None else self.audio


@dataclass(frozen=True)
class Material:
    """A result with all that belongs to it. ``media`` is the kept recording; None where none is kept."""

    result: AnalysisResult
    tracks: Mapping[str, Track] = field(default_factory=dict)
    title: str = ""
    recorded_at: datetime | None = None
    media: Path | None = None
    options: ExportOptions = field(default_factory=ExportOptions)
    on_progress: Callable[[float], None] = lambda _: None
    cancelled: Callable[[], bool] = lambda: False

    @property
    def duration_s(self) -> float:
        """s; up to the end of the sound, and of everything that was found in it."""
        last = max((utterance.t_end for utterance in self.result.timeline), default=0.0)
        return max(self.result.media.duration_s, self.result.analysed_s, last)

    def step(self, done: float) -> None:
        """Tell how far it is, 0 to 1. Raises ExportCancelledError when the user has had enough."""
        self.refuse_if_cancelled()
        self.on_progress(min(1.0, max(0.0, done)))

    def refuse_if_cancelled(self) -> None:
        """Raise ExportCancelledError when the user has had enough."""
        if self.cancelled():
            raise ExportCancelledError("The export was stopped. Nothing was written.")
