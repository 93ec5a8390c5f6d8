"""Markdown (CommonMark with tables): overview, findings, tables and the transcript. What was said is never markup."""

from __future__ import annotations

import re
from typing import BinaryIO

from illodesk.store.exports.material import Material
from illodesk.store.exports.output import text_over
from illodesk.store.exports.report import Table, report_of
from illodesk.store.exports.wording import stamp

_MARKUP = re.compile(r"([\\`*_\[\]<>&#|~!])")
_LIST = re.compile(r"^(\d+)([.)])")


def write(material: Material, out: BinaryIO) -> None:
    """Write the report."""
    options = material.options
    report = report_of(material, scores=options.with_scores)
    with text_over(out) as file:
        file.write(f"# {escaped(report.title)}\n\n")
        for name, value in report.facts:
            file.write(f"- **{escaped(name)}:** {escaped(value)}\n")
        for warning in report.warnings:
            file.write(f"\n> {escaped(warning)}\n")
        if report.overview:
            file.write(f"\n## Overview\n\n{escaped(report.overview)}\n")
        for title, lines in report.findings:
            file.write(f"\n## {title}\n\n" + "".join(f"- {escaped(line)}\n" for line in lines))
        for table in report.tables:
            file.write(_table(table))
        file.write("\n## Transcript\n")
        for turn in report.turns:
            when = f"{stamp(turn.start_s)} " if options.times else ""
            file.write(f"\n**{when}{escaped(turn.name)}:** {escaped(turn.text)}\n")
        if report.caveat:
            file.write(f"\n---\n\n{report.caveat}\n")


def escaped(text: str) -> str:
    """``text`` so that Markdown shows it as it is, wherever it stands."""
    text = _LIST.sub(r"\1\\\2", _MARKUP.sub(r"\\\1", text))
    return "\\" + text if text.startswith(("-", "+", "=")) else text


def _table(table: Table) -> str:
    rows = [table.header, ("---",) * len(table.header)]
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    lines += ["| " + " | ".join(map(escaped, row)) + " |" for row in table.rows]
    return f"\n## {escaped(table.title)}\n\n" + "\n".join(lines) + "\n"
