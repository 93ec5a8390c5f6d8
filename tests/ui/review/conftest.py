"""The review page on a small library: two analysed conversations, one with its recording, one without speech."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
import soundfile
from pytestqt.qtbot import QtBot

from illodesk import playback
from illodesk.desk import Desk
from illodesk.schema import (
    AnalysisResult,
    Basis,
    Contribution,
    Emotion,
    MediaInfo,
    ModelUse,
    Moment,
    Phase,
    PhaseChange,
    Score,
    Segmentation,
    SpeakerProfile,
    Summary,
    Utterance,
    Word,
)
from illodesk.settings import Settings
from illodesk.store.store import Store
from illodesk.ui.review.page import ReviewPage
from illodesk.ui.window import MainWindow

TEXTS = ("good morning to you", "hello what does it cost", "nine hundred dollars", "no that is too much")
LENGTH_S = 12.0
RATE = 16_000


def words_of(text: str, start: float) -> list[Word]:
    """Words of half a second; every fourth was hardly understood."""
    return [
        Word(text=word, t_start=start + 0.5 * i, t_end=start + 0.5 * i + 0.5, confidence=0.3 if i % 4 == 3 else 0.9)
        for i, word in enumerate(text.split())
    ]


def result_of(texts: tuple[str, ...] = TEXTS, valence: float = 0.4) -> AnalysisResult:
    """Two people in turn, one utterance every three seconds."""
    timeline = [
        Utterance(
            utterance_id=f"utt_{i:04d}",
            speaker=f"Speaker_{i % 2}",
            t_start=3.0 * i,
            t_end=3.0 * i + 2.5,
            text=text,
            words=words_of(text, 3.0 * i),
            asr_confidence=0.8,
            emotion=Emotion.from_probabilities(
                [0.1, 0, 0, 0.7, 0.2, 0, 0], valence=valence, arousal=0.1, confidence=0.5
            ),
            evidence={
                "valence": Score(
                    value=valence,
                    confidence=0.6,
                    basis=[Basis.TEXT],
                    contributions=[Contribution(name="positive_words", weight=0.3, detail="2 words")],
                )
            },
        )
        for i, text in enumerate(texts)
    ]
    moment = Moment(
        moment_id="moment_000",
        category="objection",
        speaker_id="Speaker_1",
        start_ms=9000,
        end_ms=11000,
        utterance_ids=["utt_0003"],
        summary="objects to the price",
        confidence=0.7,
    )
    phases = [
        Phase(
            phase_id=f"phase_{i}",
            phase_name=name,
            start_timestamp=6.0 * i,
            end_timestamp=6.0 * i + 6.0,
            start_utterance_id="utt_0000",
            end_utterance_id="utt_0001",
            utterance_count=1 + i,
            theme=f"about {name.lower()}",
            summary="They talk.",
            emotional_tone="tense",
            key_moments=["moment_000"] if i else [],
            confidence=0.5,
        )
        for i, name in enumerate(("Opening", "Price"))
    ]
    return AnalysisResult(
        utterances=len(timeline),
        timeline=timeline,
        moments=[moment] if len(timeline) > 3 else [],
        segmentation=Segmentation(
            phases=phases if timeline else [],
            total_phases=2,
            narrative_arc="fall",
            key_transitions=[
                PhaseChange(timestamp=6.0, from_phase="Opening", to_phase="Price", trigger="asks the cost")
            ],
        ),
        summary=Summary(overview="Speaker_1 asks for the price at [00:03]."),
        speakers=[SpeakerProfile(speaker="Speaker_0"), SpeakerProfile(speaker="Speaker_1")],
        models=[ModelUse(stage="affect", name="test-affect", version="3")],
        media=MediaInfo(duration_s=LENGTH_S, channels=1),
        analysed_s=LENGTH_S,
    )


@dataclass(frozen=True)
class Library:
    """A desk and the ids of what is in it."""

    desk: Desk
    talk: str
    other: str
    silent: str
    failed: str


@pytest.fixture(autouse=True)
def no_sound(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever sound output the computer has, the tests are heard by nobody."""
    monkeypatch.setattr(playback, "open_output", playback.Silence)


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    """A quiet ramp of the length of the talk."""
    path = tmp_path / "talk.wav"
    soundfile.write(path, np.linspace(0, 0.01, round(LENGTH_S * RATE), dtype=np.float32), RATE)
    return path


@pytest.fixture
def library(tmp_path: Path, recording: Path) -> Iterator[Library]:
    ids = []
    with Store(tmp_path / "data") as store:
        for title, result in (
            ("The talk", result_of()),
            ("Another talk", result_of((*TEXTS[:2], "eight hundred dollars", "that is fine"), valence=0.8)),
            ("Nobody speaks", result_of(())),
        ):
            conversation = store.add_conversation(title, media=recording if title == "The talk" else None)
            store.finish_run(store.start_run(conversation.id).id, result)
            ids.append(conversation.id)
        failed = store.add_conversation("Broken", source_name="broken.wav")
        store.fail_run(store.start_run(failed.id).id, "The sound could not be read.")
    with Desk.open(Settings(data_dir=tmp_path / "data")) as desk:
        yield Library(desk, *ids, failed.id)


@pytest.fixture
def open_page(qtbot: QtBot, open_window: Callable[[Desk], MainWindow], library: Library) -> Callable[..., ReviewPage]:
    """Opens the page on a conversation and waits until it is there."""

    def open_(conversation_id: str = library.talk, **what: object) -> ReviewPage:
        window = open_window(library.desk)
        window.open_page("review", conversation_id=conversation_id, **what)
        page = window.current_page
        assert isinstance(page, ReviewPage)
        qtbot.waitUntil(lambda: page.document.conversation is not None)
        spoken = page.document.spoken
        qtbot.waitUntil(lambda: set(page.speakers.cards) == {label for label in spoken if spoken[label]})
        return page

    return open_
