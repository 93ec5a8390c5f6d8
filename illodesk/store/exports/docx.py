"""DOCX: the report with headings and tables; every speaker's name in a colour and in bold before what they said."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import Any, BinaryIO

from illodesk.store.exports.colours import speaker_colours
from illodesk.store.exports.material import Material
from illodesk.store.exports.report import Report, Table, report_of
from illodesk.store.exports.wording import stamp


def write(material: Material, out: BinaryIO) -> None:
    """Write the report."""
    import docx  # 0.2 s, and only this needs it

    report = report_of(material, scores=material.options.with_scores)
    document = docx.Document()
    _name_it(document, material, report)
    document.add_heading(report.title, level=0)
    for name, value in report.facts:
        paragraph = document.add_paragraph(style="List Bullet")
        paragraph.add_run(f"{name}: ").bold = True
        paragraph.add_run(value)
    for warning in report.warnings:
        document.add_paragraph(warning, style="Intense Quote")
    if report.overview:
        document.add_heading("Overview", level=1)
        document.add_paragraph(report.overview)
    for title, lines in report.findings:
        document.add_heading(title, level=1)
        for line in lines:
            document.add_paragraph(line, style="List Bullet")
    for table in report.tables:
        _table(document, table)
    _transcript(document, material, report)
    if report.caveat:
        document.add_paragraph(report.caveat, style="Caption")
    whole = io.BytesIO()
    document.save(whole)
    out.write(whole.getbuffer())


def _name_it(document: Any, material: Material, report: Report) -> None:
    """The document's properties; its template's own author and dates go."""
    properties = document.core_properties
    properties.title, properties.author, properties.comments = report.title[:255], "", ""
    properties.last_modified_by = ""
    now = datetime.now(UTC)
    properties.created = (material.recorded_at or now).replace(tzinfo=None)
    properties.modified = now.replace(tzinfo=None)


def _table(document: Any, table: Table) -> None:
    document.add_heading(table.title, level=1)
    grid = document.add_table(rows=1, cols=len(table.header), style="Light Grid Accent 1")
    for cell, text in zip(grid.rows[0].cells, table.header, strict=True):
        cell.text = text
    for row in table.rows:
        for cell, text in zip(grid.add_row().cells, row, strict=True):
            cell.text = text


def _transcript(document: Any, material: Material, report: Report) -> None:
    from docx.shared import RGBColor

    colours = [RGBColor.from_string(colour.lstrip("#")) for colour in speaker_colours()]
    document.add_heading("Transcript", level=1)
    for place, turn in enumerate(report.turns):
        material.step(0.9 * place / len(report.turns))
        paragraph = document.add_paragraph()
        if material.options.times:
            paragraph.add_run(f"{stamp(turn.start_s)}  ")
        name = paragraph.add_run(f"{turn.name}: ")
        name.bold = True
        name.font.color.rgb = colours[turn.speaker % len(colours)]
        paragraph.add_run(turn.text)
