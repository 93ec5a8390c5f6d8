"""PDF: the report to print, with its own font.

The font (DejaVu Sans) has Latin, Greek, Cyrillic and many signs. What it lacks, and what runs from right to left, is
drawn as a box, and a note on the first page counts the boxes: nothing is left out silently. A speaker whose name would
be boxes is called by number, so that speakers can be told apart; fonts for every script are tens of megabytes.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any, BinaryIO
from xml.sax.saxutils import escape

from illodesk import resource_path
from illodesk.schema import AnalysisResult
from illodesk.store.exports.colours import speaker_colours, theme
from illodesk.store.exports.material import Material
from illodesk.store.exports.report import Report, Table, report_of
from illodesk.store.exports.wording import plain, shown_name, speakers_of, stamp, told

BOX = "□"
_FONT, _BOLD = "DejaVuSans", "DejaVuSans-Bold"
_MARGIN = 54  # points
_WITH_HEADING = 90  # points that must be left below a heading
_RIGHT_TO_LEFT = frozenset(("R", "AL", "AN"))
_WIDTHS = {
    "Speakers": (0.2, 0.1, 0.1, 0.13, 0.12, 0.1, 0.1, 0.15),
    "Phases": (0.09, 0.09, 0.22, 0.14, 0.46),
    "Moments": (0.09, 0.15, 0.18, 0.44, 0.14),
    "Markers": (0.12, 0.25, 0.63),
    "Judgements": (0.09, 0.17, 0.14, 0.25, 0.35),
}
_OWN_WIDTHS = (0.12, 0.12, 0.76)


def write(material: Material, out: BinaryIO) -> None:
    """Write the report on A4 or letter paper."""
    from reportlab.lib.pagesizes import A4, LETTER
    from reportlab.platypus import SimpleDocTemplate

    _register_fonts()
    numbers = _numbers(material.result)
    names = {label: "" if label in numbers else name for label, name in material.result.speaker_names.items()}
    report = report_of(replace(material, result=material.result.model_copy(update={"speaker_names": names})))
    report.facts[:] = [
        (name, _explained(value, numbers) if name == "Speakers" else value) for name, value in report.facts
    ]
    ink = _Ink({plain(material.result.name_of(label)): number for label, number in numbers.items()})
    page = LETTER if material.options.paper == "letter" else A4
    story = _story(report, ink, page[0] - 2 * _MARGIN)
    if ink.boxes:
        many = "1 character" if ink.boxes == 1 else f"{ink.boxes} characters"
        note = f"{many} of this report cannot be drawn in a PDF and are shown as {BOX}. The other formats have them."
        story.insert(1, ink.paragraph(note, "note"))
    document = SimpleDocTemplate(
        out,
        pagesize=page,
        title=report.title,
        author="",
        creator="IlloDesk",
        leftMargin=_MARGIN,
        rightMargin=_MARGIN,
        topMargin=_MARGIN,
        bottomMargin=_MARGIN,
        invariant=1,
    )
    document.setProgressCallBack(_follow(material, len(story)))
    document.build(story, onFirstPage=_footer, onLaterPages=_footer)


def _numbers(result: AnalysisResult) -> dict[str, str]:
    """Labels of speakers whose names cannot be drawn, with what they are called instead."""
    return {label: told(label) for label in speakers_of(result) if not _readable(shown_name(result, label))}


def _readable(name: str) -> bool:
    """Whether a name can be read when it is drawn; a sign beside its letters may be missing."""
    letters = [char for char in unicodedata.normalize("NFC", name) if char.isalnum()]
    return all(map(_drawable, letters or name))


def _explained(names: str, numbers: Mapping[str, str]) -> str:
    told = (
        f"{name} (name not printable in this font)" if name in numbers.values() else name for name in names.split(", ")
    )
    return ", ".join(told)


@cache
def _register_fonts() -> None:
    from reportlab.lib.fonts import addMapping
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    for bold, name in enumerate((_FONT, _BOLD)):
        pdfmetrics.registerFont(TTFont(name, resource_path(f"fonts/{name}.ttf")))
        addMapping(_FONT, bold, 0, name)


@cache
def _glyphs() -> frozenset[int]:
    """Code points that both weights of the font have."""
    from reportlab.pdfbase import pdfmetrics

    _register_fonts()
    return frozenset.intersection(*(frozenset(pdfmetrics.getFont(name).face.charToGlyph) for name in (_FONT, _BOLD)))


def _drawable(char: str) -> bool:
    return ord(char) in _glyphs() and unicodedata.bidirectional(char) not in _RIGHT_TO_LEFT


class _Ink:
    """Makes paragraphs, and counts what they could not show."""

    def __init__(self, stand_ins: Mapping[str, str]) -> None:
        """``stand_ins`` are names that cannot be drawn, with what is drawn in their place."""
        from reportlab.lib.styles import ParagraphStyle

        self._stand_ins = stand_ins

        light = theme("light")
        base = {"fontName": _FONT, "fontSize": 9.5, "leading": 13.5, "textColor": light["text"], "wordWrap": None}
        self.boxes = 0
        self.colours = speaker_colours()
        self._styles = {
            "text": ParagraphStyle("text", **base, spaceAfter=4),
            "title": ParagraphStyle("title", **base | {"fontName": _BOLD, "fontSize": 18, "leading": 23}, spaceAfter=8),
            "heading": ParagraphStyle(
                "heading",
                **base | {"fontName": _BOLD, "fontSize": 12, "leading": 16},
                spaceBefore=12,
                spaceAfter=5,
            ),
            "cell": ParagraphStyle("cell", **base | {"fontSize": 8, "leading": 10.5}),
            "bullet": ParagraphStyle("bullet", **base, leftIndent=12, bulletIndent=2, spaceAfter=2),
            "note": ParagraphStyle("note", **base | {"fontSize": 8.5, "textColor": light["secondary"]}, spaceAfter=6),
            "turn": ParagraphStyle("turn", **base, leftIndent=12, firstLineIndent=-12, spaceAfter=4),
        }

    def shown(self, text: str) -> str:
        """``text`` composed, escaped, and with a box in place of every character that cannot be drawn."""
        for name, stand_in in self._stand_ins.items():
            text = text.replace(name, stand_in)
        text = unicodedata.normalize("NFC", text)
        kept = "".join(char if _drawable(char) else BOX for char in text)
        self.boxes += kept.count(BOX) - text.count(BOX)
        return escape(kept)

    def paragraph(self, text: str, style: str = "text") -> Any:
        """A paragraph of plain text."""
        return self.marked(self.shown(text), style)

    def heading(self, text: str) -> list[Any]:
        """A heading that does not stand alone at the foot of a page."""
        from reportlab.platypus import CondPageBreak

        return [CondPageBreak(_WITH_HEADING), self.paragraph(text, "heading")]

    def marked(self, markup: str, style: str = "text") -> Any:
        """A paragraph of reportlab's markup."""
        from reportlab.platypus import Paragraph

        return Paragraph(markup, self._styles[style], bulletText="•" if style == "bullet" else None)


def _story(report: Report, ink: _Ink, width: float) -> list[Any]:
    story = [ink.paragraph(report.title, "title")]
    story += [ink.marked(f"<b>{ink.shown(name)}:</b> {ink.shown(value)}") for name, value in report.facts]
    story += [ink.marked(f"<b>Note:</b> {ink.shown(text)}", "note") for text in report.warnings]
    if report.overview:
        story += [*ink.heading("Overview"), ink.paragraph(report.overview)]
    for title, lines in report.findings:
        story += [*ink.heading(title), *(ink.paragraph(line, "bullet") for line in lines)]
    for table in report.tables:
        story += [*ink.heading(table.title), _table(table, ink, width)]
    story += ink.heading("Transcript")
    for turn in report.turns:
        colour = ink.colours[turn.speaker % len(ink.colours)]
        name = f'<font color="{colour}"><b>{ink.shown(turn.name)}:</b></font>'
        story.append(ink.marked(f"{stamp(turn.start_s)} {name} {ink.shown(turn.text)}", "turn"))
    story.append(ink.paragraph(report.caveat, "note"))
    return story


def _table(table: Table, ink: _Ink, width: float) -> Any:
    from reportlab.platypus import LongTable, TableStyle

    light = theme("light")
    head = [ink.marked(f"<b>{ink.shown(text)}</b>", "cell") for text in table.header]
    rows = [[ink.paragraph(text, "cell") for text in row] for row in table.rows]
    widths = _WIDTHS.get(table.title, _OWN_WIDTHS)
    if len(widths) != len(table.header):
        widths = _OWN_WIDTHS
    style = TableStyle(
        [
            ("LINEBELOW", (0, 0), (-1, -1), 0.5, light["border"]),
            ("BACKGROUND", (0, 0), (-1, 0), light["background"]),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 3),
            ("RIGHTPADDING", (0, 0), (-1, -1), 3),
        ]
    )
    return LongTable([head, *rows], [width * share for share in widths], repeatRows=1, style=style, splitInRow=1)


def _follow(material: Material, flowables: int) -> Any:
    """Passes reportlab's progress on; raises out of it when the user has had enough."""

    def follow(kind: str, value: Any) -> None:
        if kind == "PROGRESS":
            material.step(value / max(1, flowables))

    return follow


def _footer(canvas: Any, document: Any) -> None:
    canvas.saveState()
    canvas.setFont(_FONT, 8)
    canvas.setFillColor(theme("light")["secondary"])
    canvas.drawRightString(document.pagesize[0] - _MARGIN, _MARGIN / 2, str(document.page))
    canvas.restoreState()
