"""Times, sizes, days and speakers as people read them, in the language of the app."""

from __future__ import annotations

import re
from datetime import datetime

from PySide6.QtCore import QDateTime, QLocale

_LABEL = re.compile(r"Speaker_\d+")


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


def speaker_name(name: str) -> str:
    """A name that people gave stays as it is; the label that an analysis gives, ``Speaker_0``, becomes words."""
    return name.replace("_", " ") if _LABEL.fullmatch(name) else name
