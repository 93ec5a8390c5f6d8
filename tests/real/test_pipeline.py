"""Real recordings from end to end through the Desk."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import jiwer
import pytest
import soundfile

from illodesk.desk import Desk, DeskError
from illodesk.schema import AnalysisOptions
from illodesk.settings import Settings
from tests.real import shared

LIMIT_S = 90.0


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with Desk.open(Settings(data_dir=tmp_path_factory.mktemp("real"), keep_media=False)) as desk:
        yield desk


@pytest.mark.timeout(900)
def test_every_awkward_file_ends_in_a_result_or_a_clear_error(desk: Desk) -> None:
    files = [path for path in sorted(shared("data/awkward").rglob("*")) if path.is_file()]
    assert len(files) == 133
    troubles: list[str] = []
    for file in files:
        began = time.monotonic()
        try:
            desk.analyse(file, AnalysisOptions(), time_limit_s=LIMIT_S)
        except DeskError as error:
            if error.code not in ("NO_AUDIO", "UNREADABLE_MEDIA", "EMPTY_FILE"):
                troubles.append(f"{file.name}: {error.code}: {error}")
        if time.monotonic() - began > LIMIT_S:
            troubles.append(f"{file.name}: took {time.monotonic() - began:.0f} s")
    assert troubles == []


@pytest.mark.timeout(300)
def test_two_legs_of_a_call_are_two_speakers(desk: Desk, tmp_path: Path) -> None:
    sound, rate = soundfile.read(shared("data/calls/call40_stereo.wav"), frames=8000 * 60, dtype="int16")
    soundfile.write(tmp_path / "minute.wav", sound, rate)
    result = desk.result(desk.analyse(tmp_path / "minute.wav"))
    assert result.media.layout == "separate"
    assert {u.speaker for u in result.timeline} == {"Speaker_0", "Speaker_1"}
    assert all(u.channel == int(u.speaker.removeprefix("Speaker_")) for u in result.timeline)
    assert abs(result.analysed_s - 60.0) < 0.1


@pytest.mark.timeout(120)
def test_a_known_speech_is_mostly_understood(desk: Desk) -> None:
    result = desk.result(desk.analyse(shared("data/asr/jfk.wav")))
    heard = " ".join(u.text for u in result.timeline).lower()
    said = "and so my fellow americans ask not what your country can do for you ask what you can do for your country"
    # Half of it: a draft recogniser, on a slow speaker whom pauses cut into short pieces.
    assert jiwer.wer(said, heard) <= 0.55
    assert {u.speaker for u in result.timeline} == {"Speaker_0"}


@pytest.mark.timeout(120)
def test_a_quiet_copy_scores_like_the_loud_one(desk: Desk) -> None:
    loud = desk.result(desk.analyse(shared("data/asr/jfk.wav")))
    quiet = desk.result(desk.analyse(shared("data/awkward/derived/jfk_minus46dB.wav")))
    assert quiet.utterances > 0
    arousal = [[u.emotion.arousal for u in r.timeline if u.emotion.arousal is not None] for r in (loud, quiet)]
    assert abs(sum(arousal[0]) / len(arousal[0]) - sum(arousal[1]) / len(arousal[1])) < 0.25


def test_silence_and_noise_give_no_utterances(desk: Desk, tmp_path: Path) -> None:
    result = desk.result(desk.analyse(shared("data/asr/noise_rir/noise1.wav")))
    assert all(not u.text for u in result.timeline)
    assert result.moments == []
