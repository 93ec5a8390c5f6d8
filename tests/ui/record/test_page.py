"""The record page as its user meets it, with a session that the test leads."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from illodesk.desk import Desk, DeskError, Levels, RecorderStatus, RecorderWarning, Unfinished
from illodesk.schema import (
    EmotionEvent,
    EngagementEvent,
    ErrorEvent,
    FinalTranscriptEvent,
    PartialTranscriptEvent,
    Purpose,
)
from illodesk.ui.record import listening
from illodesk.ui.record.health import Advice
from illodesk.ui.record.page import RecordPage
from illodesk.ui.window import MainWindow
from illodesk.ui.words import moment
from tests.ui.record.conftest import LedSession, Stage, channel

Record = Callable[[], LedSession]


def notices(window: MainWindow) -> list[str]:
    return [notice.text for notice in window.notices.shown]


def final(number: int, text: str, t: float) -> FinalTranscriptEvent:
    return FinalTranscriptEvent(
        utterance_id=f"u{number}", speaker="SPEAKER_0", t_start=t, t_end=t + 2, text=text, confidence=0.9
    )


# --- before ---------------------------------------------------------------------------------------------------------


def test_the_level_of_a_source_is_shown_with_what_it_says(page: RecordPage, stage: Stage, qtbot: QtBot) -> None:
    stage.levels = Levels(channels=[channel(peak=0.25)])
    microphone = page.sources.sources["microphone"]
    qtbot.waitUntil(lambda: microphone.advice.tone == "good")
    assert microphone.meter.level_db == pytest.approx(-12.0, abs=0.5)
    assert page.ready.words_of("Microphone") == microphone.words.text() != ""


def test_nothing_is_recorded_before_somebody_agreed(page: RecordPage, stage: Stage) -> None:
    page.consent.purpose.setCurrentIndex(page.consent.purpose.findData(Purpose.RESEARCH.value))
    page.consent._on_chosen()
    page.deck.button.click()
    assert page.recording.phase == "idle" and not stage.recorded
    assert page.consent.missing.isVisible() and "agreed" in page.consent.missing.text()
    page.consent.consent.setEditText("All agreed in writing")
    assert not page.consent.missing.isVisible()


def test_purpose_and_consent_are_given_before_the_first_sample(
    page: RecordPage, stage: Stage, record: Record, empty_desk: Desk, qtbot: QtBot
) -> None:
    page.consent.purpose.setCurrentIndex(page.consent.purpose.findData(Purpose.WORKPLACE.value))
    page.consent._on_chosen()
    assert "Article 5" in page.consent.law.text()
    page.consent.title.setText("Anna")
    session = record()
    [(channels, options, title, consent)] = stage.recorded
    assert [one.kind for one in channels] == ["microphone"]
    assert (options.purpose, title, consent) == (Purpose.WORKPLACE, "Anna", "All agreed, aloud")
    assert empty_desk.conversation(session.id).consent == "All agreed, aloud"
    qtbot.waitUntil(lambda: "All agreed, aloud" in page.consent.stamp.text())
    assert page.consent.words == "", "what was agreed to once does not hold for the next recording"


def test_a_recording_that_cannot_begin_says_why(
    page: RecordPage, stage: Stage, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_words: object, **_more: object) -> None:
        raise DeskError("The microphone is not there.")

    monkeypatch.setattr(stage.desk, "record", refuse)
    page.consent.consent.setEditText("I agree")
    page.deck.button.click()
    qtbot.waitUntil(lambda: notices(window) == ["The microphone is not there."])
    assert page.recording.phase == "idle" and page.consent.words == "I agree"
    qtbot.waitUntil(lambda: stage.listening == 1)


def test_devices_are_listened_to_only_while_the_page_is_shown(
    page: RecordPage, stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: stage.listening == 1)
    window.open_page("library")
    assert stage.listening == 0
    window.open_page("record")
    qtbot.waitUntil(lambda: stage.listening == 1)


def test_without_a_source_nothing_begins(page: RecordPage, stage: Stage, window: MainWindow) -> None:
    box = page.sources.sources["microphone"].box
    box.setCurrentIndex(box.findData("off"))
    page.consent.consent.setEditText("I agree")
    page.deck.button.click()
    assert notices(window) == ["No source is chosen."] and not stage.recorded


def test_no_consent_is_written_that_nobody_typed(
    page: RecordPage, stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    line = page.consent.consent.lineEdit()
    assert line is not None
    line.setFocus()
    QTest.keyClicks(line, "All")
    window.commands.run("record.start_stop")
    qtbot.waitUntil(lambda: page.recording.phase == "recording")
    assert [consent for *_, consent in stage.recorded] == ["All"]


def test_what_is_not_there_is_not_recorded(page: RecordPage, stage: Stage, window: MainWindow, qtbot: QtBot) -> None:
    page.consent.consent.setEditText("I agree")
    source = page.sources.sources["microphone"]
    stage.levels = Levels(channels=[channel(state="lost")])
    qtbot.waitUntil(lambda: source.advice.tone == "bad")
    page.deck.button.click()
    assert not stage.recorded
    assert notices(window) == ["Nothing would be recorded: what is chosen is not there."]


def test_without_a_title_a_recording_is_called_by_its_time(page: RecordPage, stage: Stage, record: Record) -> None:
    record()
    [(_, _, title, _)] = stage.recorded
    assert title in (moment(datetime.now(UTC)), moment(datetime.now(UTC) - timedelta(minutes=1)))


def test_after_a_note_no_key_ends_the_recording(page: RecordPage, record: Record, window: MainWindow) -> None:
    session = record()
    window.activateWindow()
    page.marks.note.setFocus()
    QTest.keyClicks(page.marks.note, "Look here")
    QTest.keyClick(page.marks.note, Qt.Key.Key_Return)
    window.open_page("library")
    window.open_page("record")
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, Qt.Key.Key_Space)
    QTest.keyClick(focus, Qt.Key.Key_Return)
    assert session.ended_because == [] and page.recording.phase == "recording"


def test_the_recording_can_be_ended_while_another_page_is_shown(
    page: RecordPage, record: Record, window: MainWindow, qtbot: QtBot
) -> None:
    session = record()
    window.open_page("library")
    window.commands.run("record.start_stop")
    qtbot.waitUntil(lambda: len(session.ended_because) == 1)


# --- while it goes on -----------------------------------------------------------------------------------------------


def test_recording_is_seen_everywhere_in_the_window(page: RecordPage, window: MainWindow, record: Record) -> None:
    record()
    window.open_page("library")
    assert window.recording_bar.isVisible() and window.title_bar.recording.isVisible()
    assert window.status_bar.recording.isVisible() and "Recording" in window.windowTitle()


def test_words_that_may_change_are_greyed_and_then_replaced(
    page: RecordPage, record: Record, window: MainWindow, qtbot: QtBot
) -> None:
    session = record()
    session.tell(PartialTranscriptEvent(partial_id="p", text="we need the money now", confirmed_words=3, t_start=4.0))
    shown = page.transcript
    qtbot.waitUntil(lambda: "the money now" in shown.toPlainText())
    grey = window.theme.colour("secondary")
    cursor = shown.document().find("money now")
    assert cursor.charFormat().foreground().color() == grey and cursor.charFormat().fontItalic()
    firm = shown.document().find("we need the").charFormat()
    assert firm.foreground().color() == window.theme.colour("text") and not firm.fontItalic()
    session.tell(final(1, "We need the honey now.", 4.0))
    qtbot.waitUntil(lambda: "We need the honey now." in shown.toPlainText())
    assert "money" not in shown.toPlainText() and "0:04" in shown.toPlainText()


def test_what_was_felt_is_drawn_with_how_sure_it_is(page: RecordPage, record: Record, qtbot: QtBot) -> None:
    session = record()
    session.tell(
        final(1, "Good.", 1.0),
        EmotionEvent(
            utterance_id="u1",
            speaker_id="SPEAKER_0",
            emotion={"joy": 0.8, "neutral": 0.2},
            scores={"valence": 0.6, "arousal": None, "dominance": 0.0},
            confidence=0.7,
        ),
        EngagementEvent(t=1.0, value=0.5, low=0.3, high=0.7),
        EngagementEvent(t=1.5),
    )
    qtbot.waitUntil(lambda: len(page.curves.engagement) == 2)
    [felt] = page.curves.felt
    assert (felt.valence, felt.arousal, felt.confidence) == (0.6, None, 0.7)
    assert "joy" in page.transcript.toPlainText()
    page.curves.show_until(3.0)
    assert not page.curves.grab().toImage().isNull()


def test_it_says_how_far_the_analysis_is_behind(page: RecordPage, record: Record, qtbot: QtBot) -> None:
    session = record()
    session.status = RecorderStatus(state="recording", position_s=65.0)
    session.position_s = 23.0
    qtbot.waitUntil(lambda: page.deck.detail.text() == "42 s behind, audio is safe")
    assert page.deck.time.text() == "1:05"
    session.position_s = 64.0
    qtbot.waitUntil(lambda: "keeps up" in page.deck.detail.text())


def test_marks_land_at_their_second(
    page: RecordPage, record: Record, empty_desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    session = record()
    session.status = RecorderStatus(state="recording", position_s=30.0)
    qtbot.waitUntil(lambda: page.recording.look.recorded_s == 30.0)
    page.transcript.setFocus()
    qtbot.keyClick(window, Qt.Key.Key_3)
    qtbot.waitUntil(lambda: page.marks.list.count() == 1)
    page.marks.note.setFocus()
    qtbot.keyClicks(page.marks.note, "asks 2 things")
    session.status = RecorderStatus(state="recording", position_s=50.0)
    qtbot.waitUntil(lambda: page.recording.look.recorded_s == 50.0)
    qtbot.keyClick(page.marks.note, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.marks.list.count() == 2)
    key, note = sorted(empty_desk.markers(session.id), key=lambda marker: marker.key, reverse=True)
    assert (key.key, key.note) == ("3", "Problem") and 30.0 <= key.t < 32.0
    assert note.note == "asks 2 things" and 30.0 <= note.t < 36.0, "the second at which it was begun"
    page.marks.list.setCurrentRow(0)
    qtbot.keyClick(page.marks.list, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: page.marks.list.count() == 1)
    assert [one.key for one in empty_desk.markers(session.id)] == ["3"]


@pytest.mark.parametrize("ended_by", ["button", "palette", "closing", "itself"])
def test_a_note_that_is_being_written_is_kept_when_the_recording_ends(
    page: RecordPage, record: Record, empty_desk: Desk, window: MainWindow, qtbot: QtBot, ended_by: str
) -> None:
    session = record()
    qtbot.keyClicks(page.marks.note, " asks for a refund")
    if ended_by == "button":
        page.deck.button.click()
    elif ended_by == "palette":
        window.commands.run("record.start_stop")
    elif ended_by == "closing":
        window.close()
        window.notices.shown[0].buttons[1].click()
    else:
        session.state = "processing"
    qtbot.waitUntil(lambda: [one.note for one in empty_desk.markers(session.id)] == ["asks for a refund"])
    assert page.recording.phase == "finishing" and page.marks.note.text() == ""


def test_without_a_note_the_end_of_a_recording_marks_nothing(
    page: RecordPage, record: Record, empty_desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    session = record()
    qtbot.keyClicks(page.marks.note, "  ")
    page.deck.button.click()
    qtbot.waitUntil(lambda: session.ended_because == ["stopped"] and window.tasks.open == 0)
    assert empty_desk.markers(session.id) == []


def test_keys_can_be_called_otherwise(page: RecordPage, record: Record, empty_desk: Desk, qtbot: QtBot) -> None:
    page.marks.edit.click()
    page.marks.fields[0].setText("Price")
    page.marks.edit.click()
    assert page.context.commands.get("record.mark1").text == "Marker 1: Price"
    session = record()
    page.marks.buttons[0].click()
    qtbot.waitUntil(lambda: [one.note for one in empty_desk.markers(session.id)] == ["Price"])


@pytest.mark.parametrize(
    ("warning", "text", "advice"),
    [
        (RecorderWarning(code="device_lost", channel=0, text=""), "Microphone is not there any more.", "Plug it in"),
        (RecorderWarning(code="no_signal", channel=0, text=""), "Microphone has been silent for a while.", "muted"),
        (RecorderWarning(code="disk_low", text=""), "The disk is nearly full: room for 20 minutes.", "Free some"),
        (
            RecorderWarning(code="dropped", channel=0, text=""),
            "1.0 s of Microphone were lost: this computer is too busy.",
            "Close other",
        ),
    ],
)
def test_a_warning_says_what_to_do_and_goes_when_it_is_over(
    page: RecordPage,
    record: Record,
    window: MainWindow,
    qtbot: QtBot,
    warning: RecorderWarning,
    text: str,
    advice: str,
) -> None:
    session = record()
    channels = [channel(lost=16_000, silent_s=60.0)]
    well = RecorderStatus(state="recording", position_s=3.0, disk_left_s=1200.0, channels=channels)
    session.status = well.model_copy(update={"warnings": [warning]})
    qtbot.waitUntil(lambda: notices(window) == [text])
    assert advice in window.notices.shown[0].detail and page.recording.phase == "recording"
    session.status = well
    qtbot.waitUntil(lambda: text not in notices(window))


def test_a_short_silence_is_no_message(page: RecordPage, record: Record, window: MainWindow, qtbot: QtBot) -> None:
    session = record()
    silent = RecorderWarning(code="no_signal", channel=0, text="")
    full = RecorderWarning(code="disk_low", text="")
    session.status = RecorderStatus(state="recording", channels=[channel(silent_s=20.0)], warnings=[silent, full])
    qtbot.waitUntil(lambda: len(notices(window)) == 1)
    assert "disk" in notices(window)[0]
    assert "muted" in page.sources.sources["microphone"].words.text()


def test_what_is_recorded_is_named_whatever_is_chosen(page: RecordPage, record: Record, qtbot: QtBot) -> None:
    session = record()
    far = channel(name="Computer sound", kind="system", device="Headset")
    session.status = RecorderStatus(state="recording", channels=[channel(device="Studio microphone"), far])
    system = page.sources.sources["system"]
    assert not system.on
    qtbot.waitUntil(lambda: system.device.text() == "Headset" and system.meter.isVisible())
    assert page.sources.sources["microphone"].device.text() == "Studio microphone"


def test_clipping_is_said_at_the_meter(page: RecordPage, record: Record, qtbot: QtBot) -> None:
    session = record()
    session.status = RecorderStatus(state="recording", channels=[channel(peak=1.0, clipping=True)])
    microphone = page.sources.sources["microphone"]
    qtbot.waitUntil(lambda: "Turn the input down" in microphone.words.text())
    assert microphone.meter.clipped and "too loud" in microphone.meter.words()


def test_a_pause_is_seen_and_ended(page: RecordPage, record: Record, window: MainWindow, qtbot: QtBot) -> None:
    record()
    qtbot.waitUntil(lambda: page.recording.look.recorder is not None)
    page.deck.pause.click()
    qtbot.waitUntil(lambda: page.deck.state.text() == "Paused")
    assert "Nothing that is said is kept" in page.deck.detail.text() and window.status.recording
    page.deck.pause.click()
    qtbot.waitUntil(lambda: page.deck.state.text() == "Recording")


def test_an_analysis_that_began_anew_is_told(
    page: RecordPage, record: Record, window: MainWindow, qtbot: QtBot
) -> None:
    session = record()
    session.restarts = 1
    qtbot.waitUntil(lambda: notices(window) == ["The analysis had to be started again."])
    qtbot.wait(250)
    assert len(notices(window)) == 1


@pytest.mark.parametrize("scale", [1.0, 1.5])
@pytest.mark.parametrize("size", [QSize(1280, 800), QSize(1920, 1080)])
def test_nothing_is_cut_and_messages_leave_the_controls_free(
    page: RecordPage, stage: Stage, record: Record, window: MainWindow, qtbot: QtBot, size: QSize, scale: float
) -> None:
    window.theme.set_scale(scale)
    window.resize(size)
    stage.levels = Levels(channels=[channel(state="lost")])
    microphone = page.sources.sources["microphone"]
    qtbot.waitUntil(lambda: "Plug it in" in microphone.words.text())
    assert cut_off(page) == []
    below = page.sources.sources["system"].y()
    stage.levels = Levels(channels=[channel()])
    microphone.advise(Advice("good", "Good."))
    QApplication.processEvents()
    assert page.sources.sources["system"].y() == below, "what is below a level's words does not move with them"
    session = record()
    session.status = RecorderStatus(state="recording", channels=[channel(state="lost")])
    qtbot.waitUntil(lambda: "Plug it in" in microphone.words.text())
    for number in range(3):
        window.notices.show(f"Message {number}", "What happened, what is safe and what can be done about it.")
    assert cut_off(page) == []
    messages = [on_window(notice) for notice in window.notices.shown]
    reached = [page.deck.button, page.deck.pause, page.column, *page.marks.buttons, page.marks.note, page.marks.list]
    assert len(messages) == 3 and not any(
        message.intersects(on_window(control)) for message in messages for control in reached
    )


def cut_off(page: RecordPage) -> list[str]:
    """Words with less height than they need, once all is laid out: layouts within layouts take a turn each."""
    for _ in range(3):
        QApplication.processEvents()
    labels = [label for label in page.findChildren(QLabel) if label.isVisible() and label.wordWrap()]
    keys = [key for key in page.marks.buttons if key.isVisible() and key.height() < key.sizeHint().height()]
    cut = [label for label in labels if label.height() < label.heightForWidth(label.width())]
    return [widget.text() for widget in (*cut, *keys)]


def on_window(widget: QWidget) -> QRect:
    return QRect(widget.mapTo(widget.window(), QPoint()), widget.size())


# --- the end --------------------------------------------------------------------------------------------------------


def test_stop_asks_nothing_and_opens_the_review(
    page: RecordPage, record: Record, window: MainWindow, qtbot: QtBot
) -> None:
    session = record()
    page.deck.button.click()
    qtbot.waitUntil(lambda: session.ended_because == ["stopped"])
    assert not window.status.recording and page.recording.phase == "finishing"
    session.conclude()
    qtbot.waitUntil(lambda: window.current_page.name == "review")
    qtbot.waitUntil(lambda: window.tasks.open == 0)
    assert notices(window) == []


def test_devices_are_looked_for_only_once_while_a_recording_is_finished(
    stage: Stage, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(listening, "PROBE_MS", 20)
    window.open_page("record")
    page = window.current_page
    assert isinstance(page, RecordPage)
    monkeypatch.setattr(stage.desk, "devices", lambda: asked.append(page.recording.phase) or [])
    qtbot.waitUntil(lambda: asked.count("idle") > 2)
    page.consent.consent.setEditText("All agreed, aloud")
    page.deck.button.click()
    qtbot.waitUntil(lambda: page.recording.phase == "recording")
    page.deck.button.click()
    [session] = stage.sessions
    qtbot.waitUntil(lambda: session.ended_because == ["stopped"] and stage.listening == 1)
    qtbot.wait(150)
    assert (asked.count("recording"), asked.count("finishing")) == (0, 1)
    session.conclude("failed")
    qtbot.waitUntil(lambda: asked.count("failed") > 2)


def test_somebody_who_went_elsewhere_is_left_there_and_told(
    page: RecordPage, record: Record, window: MainWindow, qtbot: QtBot
) -> None:
    session = record()
    page.deck.button.click()
    window.open_page("library")
    qtbot.waitUntil(lambda: session.ended_because == ["stopped"])
    session.conclude()
    qtbot.waitUntil(lambda: "The recording is analysed and kept." in notices(window))
    assert window.current_page.name == "library"


def test_an_analysis_that_failed_says_that_the_sound_is_kept(
    page: RecordPage, record: Record, window: MainWindow, qtbot: QtBot
) -> None:
    session = record()
    session.tell(ErrorEvent(code="WORKER_DIED", message="The analysis process crashed."))
    session.conclude("failed")
    qtbot.waitUntil(lambda: page.recording.phase == "failed")
    [notice] = window.notices.shown
    assert "kept" in notice.text and "crashed" in notice.detail
    assert not window.status.recording


def test_a_recorder_that_ended_by_itself_is_told(
    page: RecordPage, record: Record, window: MainWindow, qtbot: QtBot
) -> None:
    session = record()
    session.tell(ErrorEvent(code="RECORDING_ENDED", message="Recording ended: the disk is full."))
    session.state = "processing"
    qtbot.waitUntil(lambda: page.recording.phase == "finishing")
    qtbot.waitUntil(lambda: notices(window) == ["Recording ended: the disk is full."])


def test_the_window_asks_before_it_leaves_a_recording(
    page: RecordPage, record: Record, window: MainWindow, qtbot: QtBot
) -> None:
    session = record()
    window.close()
    assert window.isVisible() and notices(window) == ["A recording is going on."]
    [_go_on, stop] = window.notices.shown[0].buttons
    stop.click()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert session.ended_because == ["stopped"]


def test_the_window_closes_when_that_is_meant_and_the_recording_goes_on(
    page: RecordPage, record: Record, window: MainWindow
) -> None:
    session = record()
    window.close()
    window.close()
    assert not window.isVisible() and session.ended_because == []
    assert window.memory.get("record.going_on", "") == session.id


def test_what_this_window_left_going_on_is_taken_up_at_the_start(
    stage: Stage, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = stage.desk._store.add_conversation("Left", consent="All agreed").id
    left = Unfinished(
        conversation_id=kept, kind="recording", started_at=stage.desk.conversation(kept).created_at, running=True
    )
    monkeypatch.setattr(stage.desk, "unfinished", lambda: [left])
    window.memory.set("record.going_on", kept)
    window.memory.set("first_run", "done")
    window.begin()
    qtbot.waitUntil(lambda: [session.id for session in stage.sessions] == [kept])
    page = window.page("record")
    assert isinstance(page, RecordPage)
    qtbot.waitUntil(lambda: page.recording.phase == "recording" and window.current_page is page)
    qtbot.waitUntil(lambda: "All agreed" in page.consent.stamp.text())
    stage.sessions[0].conclude()
    qtbot.waitUntil(lambda: page.recording.phase == "kept")


def test_one_that_another_program_left_is_offered(
    stage: Stage, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = stage.desk._store.add_conversation("Left").id
    left = Unfinished(
        conversation_id=kept, kind="recording", started_at=stage.desk.conversation(kept).created_at, running=False
    )
    monkeypatch.setattr(stage.desk, "unfinished", lambda: [left])
    window.begin()
    qtbot.waitUntil(lambda: "A recording was cut off." in notices(window))
    assert not stage.sessions
    [notice] = [one for one in window.notices.shown if one.text == "A recording was cut off."]
    notice.buttons[0].click()
    qtbot.waitUntil(lambda: [session.id for session in stage.sessions] == [kept])
    stage.sessions[0].conclude()
    qtbot.waitUntil(lambda: window.current_page.name == "review")
