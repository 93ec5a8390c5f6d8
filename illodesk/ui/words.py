"""Times, sizes, days and speakers as people read them, in the language of the app."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import datetime

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

_RIGHT_TO_LEFT = frozenset(("R", "AL", "AN"))
_LABEL = re.compile(r"Speaker_(\d+)")


def clock(seconds: float) -> str:
    """``m:ss`` or ``h:mm:ss``."""
    whole = int(seconds)
    hours, minutes, rest = whole // 3600, whole // 60 % 60, whole % 60
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"


def day(time: datetime) -> str:
    """A day by the calendar on the wall."""
    return QLocale().toString(
        QDateTime.fromSecsSinceEpoch(int(time.timestamp())).date(), QLocale.FormatType.ShortFormat
    )


def moment(time: datetime) -> str:
    """A day and a time by the clock on the wall."""
    return QLocale().toString(QDateTime.fromSecsSinceEpoch(int(time.timestamp())), QLocale.FormatType.ShortFormat)


def size(octets: int) -> str:
    """Bytes in a handy unit."""
    return QLocale().formattedDataSize(octets, 1, QLocale.DataSizeFormat.DataSizeSIFormat)


def decimal(value: float, places: int = 0, *, signed: bool = False) -> str:
    """A number with so many places, the decimal mark of the language and a true minus; ``signed`` shows a plus."""
    return local_number(f"{value:+.{places}f}" if signed else f"{value:.{places}f}")


def local_number(text: str) -> str:
    """A number as Python writes it, with the decimal mark of the language and a true minus."""
    return text.replace(".", QLocale().decimalPoint()).replace("-", "−")


def percent(share: float) -> str:
    """A share of 0 to 1 in whole per cent."""
    return QCoreApplication.translate("Words", "{n} %").format(n=f"{100 * share:.0f}")


def named(text: str, names: Mapping[str, str]) -> str:
    """A text in which labels of speakers became the names to show for them."""
    for label, name in names.items():
        text = re.sub(rf"\b{re.escape(label)}\b", isolated(name).replace("\\", r"\\"), text)
    return text


def labelled(text: str, names: Mapping[str, str]) -> str:
    """A text in which the names of speakers became their labels again: ``named`` makes the same text of it."""
    for label, name in sorted(names.items(), key=lambda pair: -len(pair[1])):
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", label, text)
    return text


def isolated(text: str) -> str:
    """A name, or what somebody said or wrote, for a place in a sentence of ours: what runs from right to left would
    else turn around what stands beside it.

    Rich text in Qt takes the direction of a sentence from its first letter, isolated or not; so a mark goes first.
    """
    turns = any(unicodedata.bidirectional(char) in _RIGHT_TO_LEFT for char in text)
    return f"\u200e\u2068{text}\u2069" if turns else text


def speaker_name(name: str) -> str:
    """A name that people gave stays as it is; the label that an analysis gives, ``Speaker_0``, becomes words."""
    label = _LABEL.fullmatch(name)
    return QCoreApplication.translate("Words", "Speaker {n}").format(n=label[1]) if label is not None else name
