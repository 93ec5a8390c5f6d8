"""Voice activity, channel layout and the built-in recogniser on real recordings."""

from __future__ import annotations

import json
import re

import jiwer
import numpy as np
import pytest
from numpy.typing import NDArray

from illodesk.engine.audio import FileReader
from illodesk.engine.channels import ChannelLayout
from illodesk.engine.speech.endpointing import Endpointer, Segment
from illodesk.engine.speech.sphinx import SphinxRecogniser
from illodesk.engine.speech.vad import FRAME, FrameLevels, VoiceActivity
from tests.real import shared


def sound(name: str) -> NDArray[np.float32]:
    return np.concatenate(list(FileReader(shared(f"data/{name}"))))


def segments(samples: NDArray[np.float32]) -> list[Segment]:
    activity, levels, endpointer = VoiceActivity(), FrameLevels(), Endpointer()
    found = endpointer.feed(activity.feed(samples), levels.feed(samples))
    found += endpointer.feed(activity.finish(), levels.finish())
    return found + endpointer.finish(len(samples))


@pytest.mark.parametrize("name", ["asr/jfk.wav", "asr/words.wav", "calls/call40_mono.wav"])
def test_voice_activity_equals_the_library(name: str) -> None:
    from faster_whisper.vad import get_vad_model

    samples = sound(name)[: 30 * 16_000, 0]
    activity = VoiceActivity()
    ours = np.concatenate([activity.feed(samples[:5001]), activity.feed(samples[5001:]), activity.finish()])
    library = np.ravel(get_vad_model()(np.pad(samples, (0, FRAME - len(samples) % FRAME))))
    # The library spoils the last 64 samples of its last frame.
    np.testing.assert_allclose(ours[:-1], library[: len(ours) - 1], atol=1e-6)


def test_the_same_words_are_found_46_db_lower() -> None:
    normal = segments(sound("asr/jfk.wav")[:, 0])
    quiet = segments(sound("awkward/derived/jfk_minus46dB.wav")[:, 0])
    assert len(normal) == len(quiet) == 4
    overlap = sum(min(a.end, b.end) - max(a.start, b.start) for a, b in zip(normal, quiet, strict=True))
    assert overlap > 0.85 * sum(segment.end - segment.start for segment in normal)


@pytest.mark.parametrize("name", ["asr/empty.wav", "asr/empty.mp3", "diar_ami30/trn01.wav"])
def test_no_speech_where_there_is_none(name: str) -> None:
    assert len(segments(sound(name)[:, 0])) == 0


@pytest.mark.parametrize(
    ("name", "layout"),
    [
        ("calls/call40_stereo.wav", "separate"),
        ("asr/stereo_diarization.wav", "separate"),
        ("asr/hotwords.mp3", "mixed"),
        ("video/face_noface.mov", "mixed"),
        ("awkward/lhotse/big_buck_bunny_small.mp4", "mixed"),
        ("awkward/pydub/test1-24bit.wav", "mixed"),
        ("asr/jfk.wav", "mono"),
    ],
)
def test_channel_layout(name: str, layout: str) -> None:
    channels = ChannelLayout()
    total = sum(len(out) for block in FileReader(shared(f"data/{name}")) if (out := channels.feed(block)) is not None)
    rest = channels.finish()
    assert channels.layout == layout
    assert total + (0 if rest is None else len(rest)) == len(sound(name))


def clips() -> list[tuple[str, str]]:
    """Name and human transcript."""
    found = [
        (
            "jfk",
            "and so my fellow americans ask not what your country can do for you ask what you can do for your country",
        )
    ]
    for line in shared("data/asr/transcription").read_text().splitlines():
        match = re.match(r"<s> (.*) </s> \((.*)\)", line)
        assert match
        found.append((match[2], match[1]))
    annotation = json.loads(shared("data/asr/ASR_train.json").read_text())
    return found + [(name, entry["words"].lower()) for name, entry in annotation.items()]


def test_word_error_rate_and_calibration() -> None:
    recogniser = SphinxRecogniser()
    truth, heard, confidence = [], [], []
    for name, transcript in clips():
        result = recogniser.recognise(sound(f"asr/{name}.wav")[:, 0])
        truth.append(transcript)
        heard.append(result.text.lower() or "-")
        confidence += [word.confidence or 0.0 for word in result.words]
    measures = jiwer.process_words(truth, heard)
    assert measures.wer < 0.3
    share_right = measures.hits / len(confidence)
    assert abs(float(np.mean(confidence)) - share_right) < 0.15


@pytest.mark.parametrize("name", ["asr/noise_rir/noise1.wav", "asr/laugh1.mp3", "asr/empty.mp3"])
def test_few_words_without_speech(name: str) -> None:
    samples, recogniser = sound(name)[: 10 * 16_000, 0], SphinxRecogniser()
    heard = [recogniser.recognise(samples[segment.start : segment.end]) for segment in segments(samples)]
    assert sum(len(result.words) for result in heard) <= 2
