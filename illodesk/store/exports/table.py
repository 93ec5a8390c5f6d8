"""CSV as spreadsheets read it: RFC 4180, UTF-8 with a byte order mark, a header line.

Text that a spreadsheet would take for a formula (its first character other than white space is one of ``= + - @`` or
their full-width forms, or it begins with a tab or a line end) gets an apostrophe in front, as OWASP advises. So a
program that reads such a cell removes one leading apostrophe. Numbers get no apostrophe, and a value that is not known
is an empty cell. Spreadsheets of many countries want semicolons between cells and commas in numbers; both can be had.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Sequence
from typing import BinaryIO

from illodesk.store.clean import clean_text
from illodesk.store.exports.material import ExportOptions
from illodesk.store.exports.output import text_over

_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t"}

Cell = str | float | int | bool | None


def write_table(out: BinaryIO, header: Sequence[str], rows: Iterable[Sequence[Cell]], options: ExportOptions) -> None:
    """Write a header and rows, as they come."""
    point = "," if options.decimal_comma else "."
    with text_over(out, encoding="utf-8-sig") as file:
        writer = csv.writer(file, delimiter=_DELIMITERS[options.delimiter])
        writer.writerow([_cell(name, point) for name in header])
        writer.writerows([_cell(value, point) for value in row] for row in rows)


def guarded(text: str) -> str:
    """``text`` as it stands in a cell; see the module's own text."""
    text = clean_text(text)
    risky = text.startswith(("\t", "\r", "\n")) or text.lstrip().startswith(_FORMULA)
    return f"'{text}" if risky else text


def _cell(value: Cell, point: str) -> str:
    match value:
        case None:
            return ""
        case str():
            return guarded(value)
        case bool():
            return "true" if value else "false"
        case float():
            if not math.isfinite(value):
                return ""
            # Six digits, and in any case thousandths: times stay exact however long the sound is.
            return (f"{value:.6g}" if abs(value) < 1000 else f"{value:.3f}").replace(".", point)
        case _:
            return str(value)
