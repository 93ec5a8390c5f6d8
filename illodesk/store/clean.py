"""Text that every file format and database takes: no lone surrogates, no control characters."""

from __future__ import annotations

import re

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SURROGATE = re.compile("[\ud800-\udfff]")


def clean_text(text: str) -> str:
    """Replace control characters (tab and line ends stay) by a space and lone surrogates by U+FFFD.

    Lone surrogates come from file names that are not UTF-8; neither SQLite nor JSON can hold them.
    """
    return _SURROGATE.sub("\ufffd", _CONTROL.sub(" ", text))


def one_line(text: str) -> str:
    """Clean ``text`` and put it on one line: every run of white space, of any script, becomes one space."""
    return " ".join(clean_text(text).split())
