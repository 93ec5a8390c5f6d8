"""HTML report: one file that needs nothing else, not even its script: that only lets a click on a time play from there.

A content security policy allows this style, this script and sound from within, and nothing from outside.
"""

from __future__ import annotations

import base64
import hashlib
import tempfile
from html import escape
from typing import IO, BinaryIO

from illodesk import resource_path
from illodesk.store.exports.colours import emotion_letter, theme
from illodesk.store.exports.material import Material
from illodesk.store.exports.plots import overview
from illodesk.store.exports.report import Report, Table, Turn, report_of
from illodesk.store.exports.sound import write_opus
from illodesk.store.exports.wording import size, stamp

_BLOCK = 3 * 65_536  # base64 of a multiple of three bytes needs no padding
_IN_MEMORY = 16_000_000
_LONG_FACT = 90  # characters that need a row of their own
_SHORT_CELL = 18  # characters that are not broken

_SCRIPT = """
const player = document.querySelector("audio");
document.addEventListener("click", (event) => {
  const time = event.target.closest("button[data-t]");
  if (!time) return;
  player.currentTime = Number(time.dataset.t);
  player.play();
});
"""

_LEGEND = (
    "Lines are values of utterances, one colour and stroke for each speaker. The paler band of valence and arousal is "
    "wider where the estimate is less sure; that of engagement is its 95 % interval. Where there is no line, there is "
    "not enough evidence."
)


def write(material: Material, out: BinaryIO) -> None:
    """Write the page, with the sound where it was kept and is wanted."""
    report = report_of(material)
    if material.media is None or not material.options.with_audio:
        _write_page(material, report, out, None)
        return
    with tempfile.SpooledTemporaryFile(_IN_MEMORY) as sound:
        write_opus(material, sound, share=0.8)
        _write_page(material, report, out, sound)


def _write_page(material: Material, report: Report, out: BinaryIO, sound: IO[bytes] | None) -> None:
    def put(text: str) -> None:
        out.write(text.encode("utf-8"))

    put(_head(report))
    put(_intro(report))
    if sound is not None:
        _player(material, sound, out)
    drawing = overview(material)
    if drawing:
        put(f"<section><h2>Over time</h2><figure>{drawing}<figcaption>{_LEGEND}</figcaption></figure></section>\n")
    for title, lines in report.findings:
        put(f"<section><h2>{title}</h2><ul>{''.join(f'<li>{escape(line)}</li>' for line in lines)}</ul></section>\n")
    for table in report.tables:
        put(_table(table))
    put("<section><h2>Transcript</h2>\n")
    for turn in report.turns:
        put(_turn(turn, playable=sound is not None))
    put(f"</section>\n<footer>{escape(report.caveat)}</footer>\n</main>\n")
    put(f"<script>{_SCRIPT}</script>\n</body></html>\n" if sound is not None else "</body></html>\n")


def _head(report: Report) -> str:
    allowed = base64.b64encode(hashlib.sha256(_SCRIPT.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{allowed}'; media-src data:"
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        f"<title>{escape(report.title)}</title>\n<style>\n{_style()}</style></head>\n<body>\n<main>\n"
    )


def _style() -> str:
    """The style sheet with the colours of both themes."""
    sheet = resource_path("ui/report.css").read_text(encoding="utf-8")
    dark = f"@media screen and (prefers-color-scheme: dark) {{\n{_colours('dark')}}}\n"
    return _colours("light") + dark + sheet


def _colours(name: str) -> str:
    colours = theme(name)
    plain_ones = {key: value for key, value in colours.items() if isinstance(value, str)}
    speakers = {f"speaker-{place}": value for place, value in enumerate(colours["speakers"])}
    emotions = {f"emotion-{key}": value for key, value in colours["emotions"].items()}
    lines = [f"--{key.replace('_', '-')}:{value};" for key, value in {**plain_ones, **speakers, **emotions}.items()]
    return f":root {{ {''.join(lines)} }}\n"


def _intro(report: Report) -> str:
    facts = "".join(_fact(name, value) for name, value in report.facts)
    warnings = "".join(f'<p class="warning"><strong>Note:</strong> {escape(text)}</p>' for text in report.warnings)
    said = f"<section><h2>Overview</h2><p>{escape(report.overview)}</p></section>" if report.overview else ""
    return f"<header><h1>{escape(report.title)}</h1><dl>{facts}</dl></header>\n{warnings}{said}\n"


def _player(material: Material, sound: IO[bytes], out: BinaryIO) -> None:
    length = sound.seek(0, 2)
    sound.seek(0)
    out.write(b'<div class="player"><audio controls preload="metadata" src="data:audio/ogg;codecs=opus;base64,')
    while block := sound.read(_BLOCK):
        material.step(0.8 + 0.2 * sound.tell() / length)
        out.write(base64.b64encode(block))
    out.write(f'"></audio><span>Opus, {size(length)}</span></div>\n'.encode())


def _fact(name: str, value: str) -> str:
    wide = ' class="long"' if len(value) > _LONG_FACT else ""
    return f"<div{wide}><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>"


def _cell(text: str) -> str:
    return f'<td class="short">{escape(text)}</td>' if len(text) <= _SHORT_CELL else f"<td>{escape(text)}</td>"


def _table(table: Table) -> str:
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in table.header)
    rows = "".join("<tr>" + "".join(map(_cell, row)) + "</tr>\n" for row in table.rows)
    title = escape(table.title)
    return (
        f'<section><h2>{title}</h2><div class="wide" role="region" aria-label="{title}" tabindex="0"><table>'
        f"<thead><tr>{head}</tr></thead>\n<tbody>{rows}</tbody></table></div></section>\n"
    )


def _turn(turn: Turn, playable: bool) -> str:
    time = stamp(turn.start_s)
    if playable:
        time = f'<button type="button" data-t="{turn.start_s:.3f}" aria-label="Play from {time}">{time}</button>'
    letter = emotion_letter(turn.sounds)
    sounds = (
        f'<span class="chip" style="--chip:var(--emotion-{turn.sounds})"><b>{letter}</b> sounds {turn.sounds}</span>'
        if letter
        else ""
    )
    return (
        f'<article class="s{turn.speaker % _speakers()}"><p class="who">{time} <strong>{escape(turn.name)}</strong> '
        f"{sounds}</p><p>{escape(turn.text)}</p></article>\n"
    )


def _speakers() -> int:
    return len(theme("light")["speakers"])
