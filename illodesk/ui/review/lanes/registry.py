"""Every kind of lane, in the order in which they are shown until the user chooses another one."""

from __future__ import annotations

from illodesk.ui.review.lanes.data import LaneData
from illodesk.ui.review.lanes.emotion import Emotion
from illodesk.ui.review.lanes.lane import Lane
from illodesk.ui.review.lanes.prosody import Pitch, Quality, Rate
from illodesk.ui.review.lanes.scores import Arousal, Dominance, Engagement, Focus, Load, Valence
from illodesk.ui.review.lanes.speakers import Speakers
from illodesk.ui.review.lanes.spectrogram import Spectrogram
from illodesk.ui.review.lanes.stretches import Annotations, Moments, Phases
from illodesk.ui.review.lanes.waveform import Waveform

KINDS: tuple[type[Lane], ...] = (
    Waveform,
    Spectrogram,
    Speakers,
    Pitch,
    Rate,
    Valence,
    Arousal,
    Dominance,
    Emotion,
    Engagement,
    Load,
    Focus,
    Moments,
    Phases,
    Annotations,
    Quality,
)


def lanes_of(data: LaneData) -> list[Lane]:
    """Every lane of a conversation, shown or not."""
    return [lane for kind in KINDS for lane in kind.of(data)]
