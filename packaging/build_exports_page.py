"""Write docs/exports.md from the formats and options that there are.

python packaging/build_exports_page.py
"""

from __future__ import annotations

from pathlib import Path

from illodesk.store.exports import FORMATS, ExportOptions

PAGE = Path(__file__).parents[1] / "docs" / "exports.md"

FLAGS = {
    "pseudonymise": "(`--pseudonymise`)",
    "hide": "(`--hide`)",
    "audio": "(`--audio`, `--no-audio`)",
    "words": "(`--no-words`)",
    "names": "(`--no-names`)",
    "line_length": "(`--line-length`)",
    "lines": "(`--lines`)",
    "word_times": "(`--word-times`)",
    "times": "(`--no-times`)",
    "scores": "(`--scores`, `--no-scores`)",
    "delimiter": "(`--delimiter`)",
    "decimal_comma": "(`--decimal-comma`)",
    "compact": "(`--compact`)",
    "paper": "(`--paper`)",
    "start_s": "(`--from`)",
    "end_s": "(`--to`)",
}

HEAD = """# Exports

Generated from `illodesk/store/exports/` by `make docs`; edit it there.

    illodesk export ID --format html --out talk.html
    illodesk export ID --format flac --from 61.5 --to 75
    illodesk export ID --format docx --pseudonymise --hide "Bad Tölz" Acme

A file is there whole or not at all, and nothing is replaced unless `--overwrite` says so. Every format shows speakers
under the names that people gave them and texts as they were corrected. Who has no name is "Speaker 0" in documents and
subtitles, and `Speaker_0` where programs read: tables, tiers and JSON. Markers, own tiers and judgements stand in the
reports and in `json`; `csv` has a column of judgements where there are any. Times are those of the recording.
"""

TAIL = """## Taking names out

`--pseudonymise` puts Speaker A, Speaker B, … (in the order in which they first speak) in place of speakers' names, of
each part of them and of their labels, in any case: as whole words, with the endings of genitives and plurals (Müllers),
in plain letters (Mueller, oneil), and inside mail addresses and handles. In scripts without spaces they go wherever
they stand. The title, the name of the recording's file and what `--hide` lists become […]. Paths, the recording date
and the raw payloads of the agents are left out, and a file that is written into a folder is named by the
conversation's number. A word that looks like a name goes, too ("marks" where somebody is called Mark). Names of people
who are not named as speakers, misheard names, declensions that change the name (Каролины) and what tells a person
without a name (a place, an employer) stay: read the export before you hand it on, and list them. A voice tells who
speaks, so the HTML report then has no sound unless `--audio` asks for it, and clips are sound as it was.

## Notes on formats

- **html**: one file without anything from outside; the sound in it is Opus in Ogg (16 kHz, one channel, 24 kbit/s,
  about 14 MB for an hour as it is packed into the page). It reads without its script, which only lets times play
  the sound.
- **pdf**: embeds DejaVu Sans. What that font lacks (Chinese, Japanese, Korean and others), and text from right to left,
  is drawn as a box, and the first page says how many characters that are. Who would be named by boxes is called by
  number.
- **csv, words, frames**: UTF-8 with a byte order mark. Spreadsheets of countries with a decimal comma want
  `--delimiter semicolon --decimal-comma`.
- **eaf** (3.0): words are Included_In, emotions in Symbolic_Association with their speaker's tier; own tiers with a
  vocabulary get a controlled one. A marker lasts 100 ms, since ELAN has no points. The recording is looked for beside
  the file under its own name.
- **textgrid**: long format, UTF-8; moments and markers are point tiers; points of the same millisecond share one.
- **eaf, textgrid**: what overlaps on one tier gets a second one, named with a number. Word times are kept within their
  utterance.
- **flac, wav, clips**: sample n is at n / rate; a clip has the samples from round(from × rate) up to round(to × rate),
  undone of nothing but the recording's own coding. 16-bit sound stays so; finer sound is 24-bit in FLAC and unchanged
  in WAV. Moments get 1 s on each side, markers 5 s.
"""


def build() -> str:
    """The whole page."""
    lines = [HEAD, "| format | file | what it holds | options |", "|---|---|---|---|"]
    for format in FORMATS.values():
        options = ", ".join(f"`{name}`" for name in format.options)
        lines.append(f"| `{format.name}` | `{format.suffix}` | {format.description} | {options} |")
    lines += ["", "## Options", "", "| option | what it does |", "|---|---|"]
    lines += [f"| `{name}` {FLAGS[name]} | {field.description} |" for name, field in ExportOptions.model_fields.items()]
    return "\n".join([*lines, "", TAIL])


if __name__ == "__main__":
    PAGE.write_text(build(), encoding="utf-8")
    print(f"wrote {PAGE.name}")
