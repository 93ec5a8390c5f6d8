"""What IlloDesk says of its work: stages, what the purpose forbids, and what went wrong."""

from __future__ import annotations

from illodesk.ui.sentences.forms import NAME, NUMBER, QT_TRANSLATE_NOOP, Forms

KINDS = {"n": NUMBER, "name": NAME}

STAGES = Forms(
    (
        QT_TRANSLATE_NOOP("Engine", "Listening"),
        QT_TRANSLATE_NOOP("Engine", "Reading the sound"),
        QT_TRANSLATE_NOOP("Engine", "Putting it together"),
    ),
    {},
)

MODELS = Forms((QT_TRANSLATE_NOOP("Engine", "prosody rules on speaker norms"),), {})

REASONS = Forms(
    (
        QT_TRANSLATE_NOOP(
            "Engine",
            "Work, recruitment and education in the EU: emotions must not be inferred from voice or face "
            "(AI Act, Art. 5(1)(f)). Only the words and the timing were analysed.",
        ),
        QT_TRANSLATE_NOOP("Engine", "Text-only mode was asked for. Only the words and the timing were analysed."),
    ),
    {},
)

TROUBLES = Forms(
    (
        # files and streams
        QT_TRANSLATE_NOOP("Engine", "There is no sound in this file."),
        QT_TRANSLATE_NOOP("Engine", "This file is damaged or of a kind that cannot be read."),
        QT_TRANSLATE_NOOP("Engine", "This file is empty."),
        QT_TRANSLATE_NOOP("Engine", "There is no file '{name}'."),
        QT_TRANSLATE_NOOP("Engine", "There is no file {name}."),
        QT_TRANSLATE_NOOP("Engine", "{name} is not a file."),
        QT_TRANSLATE_NOOP("Engine", "{name} is empty."),
        QT_TRANSLATE_NOOP("Engine", "{name} cannot be read: {name2}."),
        QT_TRANSLATE_NOOP("Engine", "The sound is longer than {n} hours."),
        # an analysis
        QT_TRANSLATE_NOOP("Engine", "The analysis was stopped."),
        QT_TRANSLATE_NOOP("Engine", "The analysis was stopped; what was there before is unchanged."),
        QT_TRANSLATE_NOOP("Engine", "The analysis of {name} took too long and was stopped."),
        QT_TRANSLATE_NOOP("Engine", "The analysis of {name} failed: {name2}"),
        QT_TRANSLATE_NOOP("Engine", "There is not enough memory to analyse {name}."),
        QT_TRANSLATE_NOOP("Engine", "The analysis ended without a result."),
        QT_TRANSLATE_NOOP("Engine", "The analysis was stopped by an error in the app: {name}"),
        QT_TRANSLATE_NOOP(
            "Engine",
            "The analysis process was ended from outside, perhaps for lack of memory, while analysing {name}. "
            "The recording is unchanged.",
        ),
        QT_TRANSLATE_NOOP(
            "Engine",
            "The analysis process crashed ({name}) while analysing {name2}. The recording is unchanged.",
        ),
        QT_TRANSLATE_NOOP(
            "Engine",
            "The analysis process ended unexpectedly (status {n}) while analysing {name}. The recording is unchanged.",
        ),
        QT_TRANSLATE_NOOP("Engine", "The app is closing."),
        QT_TRANSLATE_NOOP("Engine", "The app was closed."),
        QT_TRANSLATE_NOOP("Engine", "IlloDesk ended while this conversation was being analysed. Analyse it again."),
        QT_TRANSLATE_NOOP("Engine", "This conversation is being analysed; wait for it or cancel it first."),
        QT_TRANSLATE_NOOP("Engine", "This conversation has not been analysed yet; there is nothing to correct."),
        QT_TRANSLATE_NOOP("Engine", "The recording was not kept, so it cannot be analysed again."),
        QT_TRANSLATE_NOOP("Engine", "The recording was not kept, so its voices cannot be heard again."),
        QT_TRANSLATE_NOOP(
            "Engine",
            "Every channel of this recording is a speaker of its own; there are no voices to tell apart.",
        ),
        QT_TRANSLATE_NOOP("Engine", "The number of speakers must be from 1 to 20."),
        QT_TRANSLATE_NOOP("Engine", "The analysis could not be started ({name}): {name2}"),
        QT_TRANSLATE_NOOP("Engine", "The result could not be written ({name}): {name2}"),
        QT_TRANSLATE_NOOP("Engine", "The measurements of the earlier analysis could not be copied ({name}): {name2}"),
        # a live session
        QT_TRANSLATE_NOOP("Engine", "No utterances detected. The sound is kept."),
        QT_TRANSLATE_NOOP("Engine", "The session was cancelled."),
        QT_TRANSLATE_NOOP("Engine", "Recording ended: the system ended the recorder."),
        QT_TRANSLATE_NOOP("Engine", "Recording ended: The disk is full."),
        QT_TRANSLATE_NOOP("Engine", "Everything recorded until then is kept."),
        QT_TRANSLATE_NOOP("Engine", "Recording ended: {name}"),
        QT_TRANSLATE_NOOP("Engine", "The session expired. What was heard is kept."),
        QT_TRANSLATE_NOOP("Engine", "What was heard is kept."),
        QT_TRANSLATE_NOOP("Engine", "This session is over; add the marker to its conversation instead."),
        QT_TRANSLATE_NOOP("Engine", "The app was closed while this was recorded; it can be taken up again."),
        QT_TRANSLATE_NOOP("Engine", "There is no recording {name} to take up."),
        # the library
        QT_TRANSLATE_NOOP("Engine", "There is no conversation {name}."),
        QT_TRANSLATE_NOOP("Engine", "The conversation {name} has no result yet."),
        QT_TRANSLATE_NOOP("Engine", "The conversation {name} has no result of run {n}."),
        QT_TRANSLATE_NOOP("Engine", "The conversation of this analysis was deleted."),
        QT_TRANSLATE_NOOP(
            "Engine",
            "This conversation was changed elsewhere meanwhile; look at it as it is now. Nothing was done.",
        ),
        QT_TRANSLATE_NOOP("Engine", "The folder cannot be made ({name}): {name2}"),
        QT_TRANSLATE_NOOP("Engine", "The data folder cannot be used ({name}): {name2}"),
        QT_TRANSLATE_NOOP("Engine", "The recording could not be copied into the library ({name}): {name2}"),
        QT_TRANSLATE_NOOP("Engine", "The conversation could not be deleted ({name}): {name2}"),
        QT_TRANSLATE_NOOP("Engine", "Part of a deleted conversation could not be removed yet ({name}): {name2}"),
        QT_TRANSLATE_NOOP("Engine", "There is no finished analysis at {name}"),
        QT_TRANSLATE_NOOP("Engine", "The result of the analysis cannot be written: {name}"),
        QT_TRANSLATE_NOOP("Engine", "The analysis kept at {name} cannot be read: its manifest is damaged."),
        QT_TRANSLATE_NOOP("Engine", "The analysis kept at {name} cannot be read: {name2}"),
        QT_TRANSLATE_NOOP("Engine", "The track {name} does not have the columns that it should."),
        QT_TRANSLATE_NOOP("Engine", "The track {name} cannot be read: {name2}"),
        QT_TRANSLATE_NOOP(
            "Engine",
            "The library's database is missing or empty, but there are conversations: {name}. Restore it from a "
            "backup, or move the folder {name2} away to start anew.",
        ),
        QT_TRANSLATE_NOOP("Engine", "This database is not a library of IlloDesk; nothing was changed: {name}"),
        QT_TRANSLATE_NOOP(
            "Engine",
            "The library's database is damaged and was left as it is: {name}. Restore it from a backup; the "
            "recordings beside it are untouched.",
        ),
        QT_TRANSLATE_NOOP("Engine", "Another program is writing to the library; try again in a moment."),
        QT_TRANSLATE_NOOP("Engine", "The disk is full; the library could not be written: {name}"),
        QT_TRANSLATE_NOOP("Engine", "The library cannot be read or written ({name}): {name2}"),
        QT_TRANSLATE_NOOP(
            "Engine",
            "This library was written by a newer version of IlloDesk (its database is at {name}, this version knows "
            "{name2}). Update IlloDesk, or choose another data folder: {name3}",
        ),
        QT_TRANSLATE_NOOP("Engine", "The library could not be brought to this version; it was left as it was: {name}"),
        # corrections
        QT_TRANSLATE_NOOP("Engine", "There is nothing to change."),
        QT_TRANSLATE_NOOP("Engine", "To merge speakers takes at least two."),
        QT_TRANSLATE_NOOP("Engine", "There is no such marker; it may have been removed."),
        QT_TRANSLATE_NOOP("Engine", "There is no such annotation; it may have been removed."),
        QT_TRANSLATE_NOOP("Engine", "A tier needs a name."),
        QT_TRANSLATE_NOOP("Engine", "There is a tier '{name}' already."),
        QT_TRANSLATE_NOOP("Engine", "There is no tier '{name}'."),
        QT_TRANSLATE_NOOP("Engine", "An annotation must end after it begins."),
        QT_TRANSLATE_NOOP("Engine", "A turn can only be divided between two of its words."),
        QT_TRANSLATE_NOOP(
            "Engine", "There is no time between these two words, so that the turn cannot be divided there."
        ),
        QT_TRANSLATE_NOOP("Engine", "There is such a part already."),
        QT_TRANSLATE_NOOP("Engine", "There is an annotation at this time on '{name}' already."),
        QT_TRANSLATE_NOOP("Engine", "'{name}' is not a value of '{name2}': {name3}."),
        QT_TRANSLATE_NOOP("Engine", "A title cannot be empty."),
        # exports
        QT_TRANSLATE_NOOP("Engine", "There is a file of this name already: {name}"),
        QT_TRANSLATE_NOOP("Engine", "The export could not be written ({name}): {name2}"),
        QT_TRANSLATE_NOOP("Engine", "The export was stopped. Nothing was written."),
        QT_TRANSLATE_NOOP("Engine", "There are no moments or markers in this conversation to cut clips of."),
        QT_TRANSLATE_NOOP("Engine", "There is no sound at this time of the recording."),
        QT_TRANSLATE_NOOP("Engine", "FLAC holds {n} channels, and this recording has {n2}. Choose WAV."),
        QT_TRANSLATE_NOOP("Engine", "The recording of this conversation was not kept, so there is no sound to export."),
        QT_TRANSLATE_NOOP("Engine", "The recording could not be read."),
        # playing
        QT_TRANSLATE_NOOP("Engine", "The recording has no picture."),
        QT_TRANSLATE_NOOP("Engine", "The recording cannot be read, so it cannot be shown."),
        QT_TRANSLATE_NOOP("Engine", "The recording cannot be read, so it cannot be heard."),
        QT_TRANSLATE_NOOP("Engine", "The picture cannot be read any further."),
        QT_TRANSLATE_NOOP("Engine", "The recording cannot be read any further."),
        QT_TRANSLATE_NOOP("Engine", "There is no loudspeaker or headphone that a tone could be played on."),
        QT_TRANSLATE_NOOP("Engine", "The loudspeaker does not answer."),
        # recording
        QT_TRANSLATE_NOOP("Engine", "The sound devices cannot be listed."),
        QT_TRANSLATE_NOOP(
            "Engine",
            "The sound system does not answer. Unplugging the newest device, or a restart, may help.",
        ),
        QT_TRANSLATE_NOOP("Engine", "There is no sound server (PulseAudio or PipeWire)."),
        QT_TRANSLATE_NOOP("Engine", "The sound server does not answer."),
        QT_TRANSLATE_NOOP("Engine", "The sound server has ended."),
        QT_TRANSLATE_NOOP("Engine", "The devices cannot be listened to: {name}."),
        QT_TRANSLATE_NOOP("Engine", "The recording cannot be started: {name}."),
        QT_TRANSLATE_NOOP("Engine", "The recorder has ended unexpectedly."),
        QT_TRANSLATE_NOOP("Engine", "The recorder does not answer."),
        QT_TRANSLATE_NOOP("Engine", "The recorder does not stop. What it recorded is kept."),
        QT_TRANSLATE_NOOP("Engine", "The recorder cannot be reached: {name}."),
        QT_TRANSLATE_NOOP("Engine", "The disk is full. Everything recorded until then is kept."),
        QT_TRANSLATE_NOOP("Engine", "The disk takes no more sound ({name}). Everything recorded until then is kept."),
        QT_TRANSLATE_NOOP("Engine", "There is not enough room on the disk to record. Free some, or record elsewhere."),
        QT_TRANSLATE_NOOP("Engine", "There is no sound in {name}."),
        QT_TRANSLATE_NOOP("Engine", "{name} is still being recorded."),
        QT_TRANSLATE_NOOP("Engine", "{name} holds a recording already."),
        QT_TRANSLATE_NOOP("Engine", "Nothing is recording into {name}."),
        QT_TRANSLATE_NOOP("Engine", "There is no readable recording in {name}."),
        QT_TRANSLATE_NOOP(
            "Engine", "The recording {name} is damaged and may hold more than could be read. It is kept."
        ),
        QT_TRANSLATE_NOOP("Engine", "The recording {name} cannot be written as FLAC ({name2}). It is kept as it is."),
        QT_TRANSLATE_NOOP("Engine", "{name} cannot be read back ({name2}). The recording is kept."),
        QT_TRANSLATE_NOOP("Engine", "{name} is not what was recorded. The recording is kept."),
        QT_TRANSLATE_NOOP("Engine", "{name} is gone."),
        QT_TRANSLATE_NOOP("Engine", "{name} is not there."),
        # the server and its keys
        QT_TRANSLATE_NOOP(
            "Engine",
            "Port {n} is in use by another program, perhaps another IlloDesk. Choose another one with --port.",
        ),
        QT_TRANSLATE_NOOP("Engine", "Port {n} may not be used by this user. Choose one above 1023 with --port."),
        QT_TRANSLATE_NOOP("Engine", "{name} is not an address of this machine."),
        QT_TRANSLATE_NOOP("Engine", "There is no address called {name}."),
        QT_TRANSLATE_NOOP("Engine", "The server cannot listen at {name}, port {n}: {name2}."),
        QT_TRANSLATE_NOOP("Engine", "The server did not start; the log says why."),
        QT_TRANSLATE_NOOP("Engine", "A key needs a name, so that you know later whose it is."),
        QT_TRANSLATE_NOOP("Engine", "The key {name} was revoked and cannot be rotated. Make a new one."),
    ),
    KINDS,
)


def stage_words(text: str) -> str:
    """What an analysis does just now."""
    return STAGES.worded(text) or text


def model_name(text: str) -> str:
    """Models have names of their own; sets of rules have words."""
    return MODELS.worded(text) or text


def policy_words(text: str) -> str:
    """Why the purpose of a conversation allows no more."""
    return REASONS.worded(text) or text


def trouble_words(error: Exception | str) -> str:
    """What went wrong, as a DeskError or an event says it."""
    return TROUBLES.worded_all(str(error)) or str(error)
