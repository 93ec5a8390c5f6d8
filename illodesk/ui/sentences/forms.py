"""Forms of sentences: a text with gaps, recognised as a whole and filled in anew in the language of the window."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from PySide6.QtCore import QCoreApplication

from illodesk.ui.words import isolated, local_number

CONTEXT = "Engine"

_GAP = re.compile(r"\{(?P<kind>[a-z_]+)\d?\}")
_BETWEEN_SENTENCES = re.compile(r"(?<=[.”\]]) ")


def QT_TRANSLATE_NOOP(_context: str, form: str) -> str:  # noqa: N802
    """Mark a form for translation; Qt's lupdate finds it by this name. PySide's own says that it returns an object."""
    return form


class Kind(Protocol):
    """What may stand in a gap: a regular expression without groups of its own, and how to word what it matched."""

    @property
    def pattern(self) -> str: ...

    def worded(self, text: str) -> str | None:
        """The text in the language of the window; None where it is not of this kind."""


@dataclass(frozen=True)
class Plain:
    """A kind that one function words, by default not at all."""

    pattern: str
    word: Callable[[str], str] = str

    def worded(self, text: str) -> str | None:
        return self.word(text)


class Forms:
    """Sentences or parts of them. ``kinds`` says what stands in a gap, by its name without the number behind it."""

    def __init__(self, forms: Sequence[str], kinds: Mapping[str, Kind]) -> None:
        self.forms = tuple(forms)
        self._kinds = kinds

    @cached_property
    def pattern(self) -> str:
        """Any of the forms."""
        return f"(?:{'|'.join(self._pattern_of(form, named=False) for form in self.forms)})"

    @cached_property
    def _known(self) -> list[tuple[str, re.Pattern[str]]]:
        return [(form, re.compile(self._pattern_of(form, named=True), re.DOTALL)) for form in self.forms]

    def get_ready(self) -> None:
        """Compile every expression, of what stands in the gaps too. In a thread: it takes longer than a frame."""
        _ = self._known
        for kind in self._kinds.values():
            if isinstance(kind, Forms | Listing):
                kind.get_ready()

    def worded(self, text: str) -> str | None:
        """The text in the language of the window; None where it has none of the forms."""
        for form, pattern in self._known:
            found = pattern.fullmatch(text)
            if found is not None and (filled := self._filled(found)) is not None:
                return QCoreApplication.translate(CONTEXT, form).format(**filled)
        return None

    def worded_all(self, text: str) -> str | None:
        """Sentences one after another, each of one of the forms; None where one of them is not."""
        for space in _BETWEEN_SENTENCES.finditer(text):
            first = self.worded(text[: space.start()])
            if first is not None and (rest := self.worded_all(text[space.end() :])) is not None:
                return f"{first} {rest}"
        return self.worded(text)

    def _filled(self, found: re.Match[str]) -> dict[str, str] | None:
        filled = {}
        for gap, text in found.groupdict().items():
            worded = self._kinds[gap.rstrip("0123456789")].worded(text)
            if worded is None:
                return None
            filled[gap] = worded
        return filled

    def _pattern_of(self, form: str, *, named: bool) -> str:
        parts, at = [], 0
        for gap in _GAP.finditer(form):
            inside = self._kinds[gap["kind"]].pattern
            parts += [re.escape(form[at : gap.start()]), f"(?P<{gap[0][1:-1]}>{inside})" if named else f"(?:{inside})"]
            at = gap.end()
        return "".join([*parts, re.escape(form[at:])])


class Listing:
    """One or several of a kind: ``a, b and c``, or divided by ``mark`` alone where one is given."""

    def __init__(self, kind: Kind, mark: str = "") -> None:
        self._kind = kind
        self._joints = (mark,) if mark else (", ", " and ")

    @cached_property
    def pattern(self) -> str:
        joint = "|".join(re.escape(joint) for joint in self._joints)
        return f"{self._kind.pattern}(?:(?:{joint}){self._kind.pattern})*"

    @cached_property
    def _first(self) -> re.Pattern[str]:
        joint = "|".join(re.escape(joint) for joint in self._joints)
        return re.compile(f"(?P<item>{self._kind.pattern})(?P<joint>{joint}|$)(?P<rest>.*)", re.DOTALL)

    def get_ready(self) -> None:
        """As :meth:`Forms.get_ready`."""
        _ = self._first
        if isinstance(self._kind, Forms | Listing):
            self._kind.get_ready()

    def worded(self, text: str) -> str | None:
        found = self._first.fullmatch(text)
        item = self._kind.worded(found["item"]) if found is not None else None
        if found is None or item is None:
            return None
        if not found["joint"]:
            return item
        rest = self.worded(found["rest"])
        if rest is None or found["joint"] != " and ":
            return None if rest is None else f"{item}{found['joint']}{rest}"
        return QCoreApplication.translate("Engine", "{item} and {last}").format(item=item, last=rest)


NUMBER = Plain(r"[+-]?\d+(?:\.\d+)?", local_number)
TIME = Plain(r"\[\d+:\d\d(?::\d\d)?\]")
SAID = Plain(r".*?", isolated)
NAME = Plain(r".+?", isolated)
WHO = Listing(Plain(r"Speaker_\d+"))
PHRASES = Listing(Plain(r"[^,:;.]+?", isolated))
"""Words of the conversation, in the language that was spoken."""
