"""What a selection holds, against what is counted by hand."""

from __future__ import annotations

import numpy as np
import pytest

from illodesk.desk import Track
from illodesk.schema import AnalysisResult, Cognitive, Emotion, Prosody, Utterance, Word
from illodesk.store.tracks import TrackInfo
from illodesk.ui.review.lanes.data import LaneData, Source, build
from illodesk.ui.review.lanes.selected import measure


def utterance(number: int, speaker: str, start: float, end: float, text: str, **more: object) -> Utterance:
    step = (end - start) / len(text.split())
    words = [
        Word(text=word, t_start=start + i * step, t_end=start + (i + 1) * step) for i, word in enumerate(text.split())
    ]
    return Utterance.model_validate(
        {"utterance_id": f"u{number}", "speaker": speaker, "t_start": start, "t_end": end, "text": text}
        | {"words": words}
        | more
    )


def data() -> LaneData:
    timeline = [
        utterance(
            0,
            "Anna",
            0,
            4,
            "one two three four",
            emotion=Emotion(valence=0.5, arousal=0.2),
            prosody=Prosody(articulation_rate_sps=4.0),
            cognitive=Cognitive(engagement=0.8),
        ),
        utterance(1, "Ben", 3, 5, "five six", emotion=Emotion(), channel=1),
        utterance(
            2,
            "Anna",
            6,
            8,
            "seven eight",
            emotion=Emotion(valence=-0.5),
            prosody=Prosody(articulation_rate_sps=2.0),
        ),
    ]
    hertz = np.full((100, 1), np.nan, np.float32)
    hertz[20:30] = 200.0
    hertz[30:40] = 210.0
    hertz[60:70] = 100.0
    track = Track("prosody_0", TrackInfo(columns=["f0_hz"], hop_s=0.1), hertz)
    return build(Source("talk", AnalysisResult(timeline=timeline), {"prosody_0": track}))


def test_it_counts_what_lies_within() -> None:
    found = measure(data(), 2.0, 7.0)
    anna, ben = found.shares
    assert anna.speaker.label == "Anna"
    assert anna.talk_s == pytest.approx(2.0 + 1.0)
    assert anna.share == pytest.approx(3.0 / 5.0)
    assert anna.turns == 2
    assert anna.words == 3  # three four, seven
    assert anna.scores["valence"] == pytest.approx((2.0 * 0.5 - 1.0 * 0.5) / 3.0)
    assert anna.scores["arousal"] == pytest.approx(0.2)  # the second utterance has none
    assert anna.scores["engagement"] == pytest.approx(0.8)
    assert anna.rate_sps == pytest.approx((2.0 * 4.0 + 1.0 * 2.0) / 3.0)
    assert anna.f0_hz == pytest.approx(200.0)  # ten frames of 200 Hz, ten of 210, ten of 100
    assert ben.talk_s == pytest.approx(2.0)
    assert (ben.turns, ben.words) == (1, 2)
    assert ben.scores["valence"] is None
    assert ben.f0_hz is None
    assert found.overlap_s == pytest.approx(1.0)
    assert found.silence_s == pytest.approx(1.0)


def test_who_says_nothing_in_it_is_left_out() -> None:
    assert [share.speaker.label for share in measure(data(), 6.5, 7.5).shares] == ["Anna"]
    nobody = measure(data(), 8.5, 9.5)
    assert nobody.shares == []
    assert nobody.silence_s == pytest.approx(1.0)
