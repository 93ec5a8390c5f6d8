"""Formats of an export as people know them."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

STRETCH = ("flac", "wav")
"""Formats of sound of a stretch of time, where one is given."""

SOUND = (*STRETCH, "clips")
"""Formats that are nothing but sound."""


REPORTS = ("docx", "md")
"""Formats in which the scores are, unless they are not wanted."""

RENDERED = ("docx", "pdf", "html")
"""Formats whose preview is Markdown that is shown as the document will look."""


def format_names() -> dict[str, str]:
    """What each format is called, in the order in which they are offered: to read, to play, to compute with."""
    translate = QCoreApplication.translate
    return {
        "docx": translate("Formats", "Word document"),
        "pdf": translate("Formats", "PDF"),
        "html": translate("Formats", "Web page"),
        "md": translate("Formats", "Markdown"),
        "txt": translate("Formats", "Plain text"),
        "srt": translate("Formats", "Subtitles, SRT"),
        "vtt": translate("Formats", "Subtitles, WebVTT"),
        "eaf": translate("Formats", "ELAN, EAF"),
        "textgrid": translate("Formats", "Praat, TextGrid"),
        "csv": translate("Formats", "Table of utterances, CSV"),
        "words": translate("Formats", "Table of words, CSV"),
        "frames": translate("Formats", "Table of prosody, CSV"),
        "json": translate("Formats", "Full result, JSON"),
        "clips": translate("Formats", "Audio clips of moments, ZIP"),
        "flac": translate("Formats", "Audio, FLAC"),
        "wav": translate("Formats", "Audio, WAV"),
    }


def format_words() -> dict[str, str]:
    """What stands in each format, in a sentence."""
    translate = QCoreApplication.translate
    return {
        "docx": translate("Formats", "A report with overview, tables and transcript, for word processors."),
        "pdf": translate("Formats", "The report to print."),
        "html": translate("Formats", "The report as one self-contained web page, with plots and audio."),
        "md": translate("Formats", "The report as Markdown text."),
        "txt": translate("Formats", "The transcript with times and speakers."),
        "srt": translate("Formats", "Subtitles for video players."),
        "vtt": translate("Formats", "Subtitles for web pages, with speakers."),
        "eaf": translate("Formats", "Tiers for ELAN: speakers, words, emotions, moments and your own."),
        "textgrid": translate("Formats", "Tiers for Praat: speakers, words, emotions, moments and your own."),
        "csv": translate("Formats", "One row for each utterance, with its scores."),
        "words": translate("Formats", "One row for each word, with its times."),
        "frames": translate("Formats", "One row for every 10 ms: pitch, intensity and the other prosody."),
        "json": translate("Formats", "The whole result and its tracks in one file."),
        "clips": translate("Formats", "The audio of every moment and marker, each as a FLAC file."),
        "flac": translate("Formats", "The recording or a part of it, losslessly compressed."),
        "wav": translate("Formats", "The recording or a part of it, uncompressed."),
    }
