"""How names are found in texts: as they are given, inflected, in plain letters, and in mail addresses and handles.

A name is found as a whole word, in any case; the endings of a genitive or plural (Müllers, the Joneses, bei Müllern) go
with it, and so does "marks" where somebody is called Mark: a word too many is the smaller harm. Scripts that are
written without spaces, or in which particles stick to names, have no whole words; there a name is found wherever its
characters stand. In mail addresses, handles and web addresses names of three letters and more are found inside of
words too (annalind@…). Declensions that change the name itself (Каролины) are not known here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache

_SEPARATORS = re.compile(r"[\s_-]+")
_APOSTROPHES = "'’‘ʼ`´"
_ADDRESS = re.compile(
    r"(?<![\w.+-])(?:[\w.+'’-]{0,64}@[\w.-]*\w|(?:https?://|www\.)[^\s<>]+|[\w-]+(?:\.[\w-]+)*\.[a-z]{2,6}/[^\s<>]*)",
    re.IGNORECASE,
)
_UNSPACED = frozenset("CJK HIRAGANA KATAKANA BOPOMOFO THAI LAO KHMER MYANMAR TIBETAN".split())
_STICKING = frozenset(("HANGUL",))  # particles follow without a space
_BEFORE = {"HEBREW": "[ושהכלבמ]{0,3}", "ARABIC": "[وفبلك]{0,2}"}  # one-letter words that are written with the next
_PLAIN = str.maketrans({"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
_SHORT = 3  # letters; shorter names are found only as they are, since their inflections are other words


class NamePattern:
    """Replaces names in texts. ``secrets`` are the names with what stands in their place; where the forms of two names
    are the same, ``otherwise`` does."""

    def __init__(self, secrets: Mapping[str, str], otherwise: str) -> None:
        found: dict[str, str] = {}
        for secret, replacement in secrets.items():
            for form in _forms(secret):
                if found.setdefault(form, replacement) != replacement:
                    found[form] = otherwise
        forms = sorted(found, key=len, reverse=True)
        self._replacements = [found[form] for form in forms]
        self._names = re.compile("|".join(map(_in_text, forms)), re.IGNORECASE)
        self._inside = re.compile("|".join(map(_in_address, forms)), re.IGNORECASE)

    def hidden(self, text: str) -> str:
        """``text`` with every name replaced."""
        if not self._replacements:
            return text
        text, found, at = composed(text), [], 0
        for address in _ADDRESS.finditer(text):
            found.append(self._names.sub(self._stand_in, text[at : address.start()]))
            found.append(self._inside.sub(self._stand_in, address[0]))
            at = address.end()
        return "".join((*found, self._names.sub(self._stand_in, text[at:])))

    def _stand_in(self, match: re.Match[str]) -> str:
        group = match.lastindex
        assert group is not None
        before = match[0][: match.start(group) - match.start()]
        ending = match[0][match.end(group) - match.start() :]
        return before + self._replacements[group - 1] + ("’s" if "s" in ending.casefold() else "")


def composed(text: str) -> str:
    """``text`` with composed characters, as names are compared."""
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def _forms(name: str) -> set[str]:
    """A name as it may be written, in small letters and with single spaces: as given, and in plain letters."""
    name = composed(name).strip(" _-" + _APOSTROPHES)
    small = name.casefold()
    written = {small, name.lower()}
    if all(_script(char) in ("LATIN", "") for char in small):
        written |= {_bare(small), _bare(small.translate(_UMLAUTS))}
    return {form for each in written if (form := " ".join(filter(None, _SEPARATORS.split(each))))}


def _bare(text: str) -> str:
    marked = unicodedata.normalize("NFD", text.translate(_PLAIN))
    return "".join(char for char in marked if not unicodedata.combining(char))


def _in_text(form: str) -> str:
    """The pattern of a name in what was said or written; its group is the name without ending."""
    first, last = _script(form[0]), _script(form[-1])
    before = "" if first in _UNSPACED else rf"(?<![^\W_])(?<![{_marks()}])" + _BEFORE.get(first, "")
    after = "" if last in _UNSPACED | _STICKING else rf"(?![^\W_]|[{_marks()}])"
    return f"{before}({_core(form)}){_ending(form, last)}{after}"


def _in_address(form: str) -> str:
    letters = sum(map(str.isalpha, form))
    return f"({_core(form)})" if letters >= _SHORT or _script(form[0]) in _UNSPACED else _in_text(form)


def _core(form: str) -> str:
    """The letters of a name; separators and apostrophes may be others, and apostrophes may be missing."""
    words = ("".join(f"[{_APOSTROPHES}]?" if c in _APOSTROPHES else re.escape(c) for c in w) for w in form.split(" "))
    return r"[\s_-]+".join(words)


def _ending(form: str, script: str) -> str:
    if script != "LATIN" or len(form) < _SHORT:
        return ""
    if form.endswith(("s", "x", "z", "sh", "ch")):
        return "(?:es)?"
    return "(?:s|n)?" if form.endswith(("er", "el", "ar")) and len(form) > _SHORT else "s?"


@cache
def _marks() -> str:
    """Vowel signs and accents that follow their letters; they belong to words, which re does not know.

    An underscore does not: names of files have it in place of spaces.
    """
    return "".join(char for char in map(chr, range(0x300, 0x11A00)) if unicodedata.category(char)[0] == "M")


def _script(char: str) -> str:
    """The script of a letter as its Unicode name begins; empty for what is no letter."""
    return unicodedata.name(char, "").partition(" ")[0] if char.isalpha() else ""
