"""Markdown, DOCX, HTML and PDF, read back by programs that are not ours."""

from __future__ import annotations

import base64
import io
import re
import sys
from pathlib import Path
from subprocess import run

import av
import docx
import html5lib
import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from illodesk.schema import AnalysisResult, SpeakerProfile, Summary
from illodesk.store.errors import ExportCancelledError
from illodesk.store.exports import ExportOptions, Material, export, preview
from illodesk.store.exports.pdf import BOX
from illodesk.store.exports.report import report_of
from illodesk.store.exports.wording import plain
from tests.store.samples import annotated_result, result_of, sound_file, utterance

HOSTILE = st.lists(
    st.text(max_size=30)
    | st.text(alphabet="ab<>&\"'`*_[]()#|~!\\-+=1. \n\x00\x85\ufffe", max_size=60)
    | st.sampled_from(
        [
            "</title></style></script><script>alert(1)</script>",
            '"><img src=x onerror=alert(1)>',
            "<!-- ",
            "]]>",
            "&lt;b&gt; &amp;amp;",
            "<b>bold</b> <para> </font>",
            "[link](http://example.org) ![x](y)",
            "1. one",
            "- item",
            "=== ",
            "| a | b |",
        ]
    ),
    min_size=1,
    max_size=4,
)


def exported(name: str, result: AnalysisResult, **rest: object) -> bytes:
    stream = io.BytesIO()
    export(name, Material(result, {}, **rest), stream)  # type: ignore[arg-type]
    return stream.getvalue()


def shown(texts: list[str]) -> list[str]:
    return [text for text in map(plain, texts) if text]


# --- Markdown -------------------------------------------------------------------------------------------------------


@settings(max_examples=60)
@given(texts=HOSTILE)
def test_markdown_shows_what_was_said_and_takes_nothing_for_markup(texts: list[str]) -> None:
    tokens = MarkdownIt("commonmark").enable("table").parse(exported("md", result_of(texts)).decode())
    paragraphs = [
        "".join(child.content for child in token.children or [] if child.type in ("text", "text_special"))
        for token in tokens
        if token.type == "inline"
    ]
    said = [re.sub(r"^\d\d:\d\d Speaker \d: ", "", paragraph) for paragraph in paragraphs]
    turns = [text for text, paragraph in zip(said, paragraphs, strict=True) if text != paragraph]
    assert [turn.strip() for turn in turns] == shown(texts)
    kinds = {child.type for token in tokens for child in token.children or []}
    assert kinds <= {"text", "text_special", "strong_open", "strong_close"}


def test_markdown_has_every_part() -> None:
    text = exported("md", annotated_result(), title="Talk *one*").decode()
    assert text.startswith("# Talk \\*one\\*\n")
    for heading in ("Overview", "Insights", "Speakers", "Phases", "Moments", "Markers", "gaze", "Transcript"):
        assert f"\n## {heading}\n" in text
    assert "**00:03 Ivan Жуков:** Thank you." in text


@pytest.mark.parametrize("name", ["md", "html", "txt", "srt", "vtt"])
def test_who_has_no_name_is_called_as_in_the_window(name: str) -> None:
    summary = Summary(overview="Speaker_0 asks Speaker_10.", key_insights=["Speaker_1 answers."])
    text = exported(name, result_of(["a", "b"]).model_copy(update={"summary": summary})).decode()
    assert "Speaker 0" in text and "Speaker_" not in text.replace("Speaker\\_", "Speaker_")


def test_speakers_are_counted_as_people_count_and_have_the_colours_of_the_window() -> None:
    timeline = [utterance(place, "a", f"Speaker_{label}") for place, label in enumerate((10, 2, 1, 11))]
    result = AnalysisResult(timeline=timeline, speakers=[SpeakerProfile(speaker=u.speaker) for u in timeline])
    found = report_of(Material(result))
    assert found.speakers == ["Speaker 1", "Speaker 2", "Speaker 10", "Speaker 11"]
    assert dict(found.facts)["Speakers"] == "Speaker 1, Speaker 2, Speaker 10, Speaker 11"
    assert [turn.speaker for turn in found.turns] == [2, 1, 0, 3]
    assert [row[0] for row in found.tables[0].rows] == found.speakers


def test_warnings_say_what_was_corrected() -> None:
    result = result_of(["a"])
    for outdated, words in ((["text"], "The text was"), (["text", "speakers"], "The text and speakers were")):
        [warning] = report_of(Material(result.model_copy(update={"outdated": outdated}))).warnings
        assert warning.startswith(f"{words} corrected by hand")


# --- DOCX -----------------------------------------------------------------------------------------------------------


@settings(max_examples=15)
@given(texts=HOSTILE)
def test_docx_holds_what_was_said(texts: list[str]) -> None:
    document = docx.Document(io.BytesIO(exported("docx", result_of(texts))))
    turns = [p.text.split(": ", 1)[1] for p in document.paragraphs if re.match(r"\d\d:\d\d  Speaker \d", p.text)]
    assert [turn.strip() for turn in turns] == shown(texts)


def test_docx_has_headings_tables_and_speakers_in_colour_and_by_name() -> None:
    document = docx.Document(io.BytesIO(exported("docx", annotated_result(), title="Talk")))
    headings = [p.text for p in document.paragraphs if p.style.name.startswith(("Heading", "Title"))]
    assert headings == [
        "Talk",
        "Overview",
        "Insights",
        "Speakers",
        "Phases",
        "Moments",
        "Markers",
        "gaze",
        "Transcript",
    ]
    assert document.tables[0].cell(1, 0).text == "Zoë Müller-Lüdenscheidt"
    names = {run.text: str(run.font.color.rgb) for p in document.paragraphs for run in p.runs if run.font.color.rgb}
    assert set(names) == {"Zoë Müller-Lüdenscheidt: ", "Ivan Жуков: "}
    assert len(set(names.values())) == 2
    assert document.core_properties.author == ""


# --- HTML -----------------------------------------------------------------------------------------------------------


def parsed(page: bytes):
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page.decode())


@settings(max_examples=60)
@given(texts=HOSTILE)
def test_html_is_valid_and_nothing_said_becomes_an_element(texts: list[str]) -> None:
    tree = parsed(exported("html", result_of(texts), title=texts[0]))
    assert [p.text or "" for p in tree.findall(".//article/p[2]")] == shown(texts)
    assert {"script", "img", "b", "link", "iframe"} & {str(each.tag) for each in tree.iter()} <= {"b"}
    assert all(each.text in "ADFJNSU" for each in tree.iter("b"))
    assert not [name for each in tree.iter() for name in each.attrib if name.startswith("on")]


def test_html_needs_nothing_from_outside() -> None:
    page = exported("html", annotated_result(), title="Talk").decode()
    assert not re.search(r"(src|href|url)\s*[=(]\s*[\"']?(?!data:)", page.replace("xmlns", ""))
    assert "default-src 'none'" in page
    assert "prefers-color-scheme: dark" in page


def test_html_draws_speakers_scores_and_moments() -> None:
    tree = parsed(exported("html", annotated_result()))
    titles = [each.text or "" for each in tree.findall(".//{*}title")]
    assert any(title.startswith("Ivan Жуков 00:03: valence +0.40, confidence 0.50") for title in titles)
    assert any("objection" in title for title in titles)
    assert len(tree.findall(".//{*}rect[@class='s0 band']")) == 4  # valence, arousal of two utterances


def test_html_plays_the_recording_and_its_times_seek(tmp_path: Path) -> None:
    media = sound_file(tmp_path / "media")
    page = exported("html", annotated_result(), media=media)
    tree = parsed(page)
    source = tree.find(".//audio").attrib["src"]
    kind, _, data = source.partition(",")
    assert kind == "data:audio/ogg;codecs=opus;base64"
    with av.open(io.BytesIO(base64.b64decode(data))) as container:
        assert container.streams.audio[0].codec_context.name in ("opus", "libopus")
        heard = sum(frame.samples / frame.sample_rate for frame in container.decode(audio=0))
    assert heard == pytest.approx(13.0, abs=0.05)
    assert [each.attrib["data-t"] for each in tree.findall(".//button")] == ["0.000", "3.000", "9.000"]
    assert len(tree.findall(".//script")) == 1
    silent = exported("html", annotated_result(), media=media, options=ExportOptions(audio=False))
    assert b"<audio" not in silent and b"<button" not in silent and b"<script" not in silent


def test_a_page_that_is_stopped_leaves_nothing(tmp_path: Path) -> None:
    done: list[float] = []
    material = Material(
        annotated_result(),
        media=sound_file(tmp_path / "media"),
        on_progress=done.append,
        cancelled=lambda: len(done) > 3,
    )
    with pytest.raises(ExportCancelledError):
        export("html", material, tmp_path / "talk.html")
    assert [path.name for path in tmp_path.iterdir()] == ["media"]
    assert done == sorted(done)


# --- PDF ------------------------------------------------------------------------------------------------------------


def pages_of(data: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)


@settings(max_examples=20)
@given(texts=HOSTILE)
def test_pdf_takes_whatever_was_said(texts: list[str]) -> None:
    assert "Transcript" in pages_of(exported("pdf", result_of(texts), title=texts[0]))


def test_pdf_embeds_a_font_with_umlauts_euro_and_cyrillic() -> None:
    data = exported("pdf", result_of(["Schöne Grüße für 5 €, žluťoučký кот"]), title="Grüße")
    assert "Schöne Grüße für 5 €, žluťoučký кот" in pages_of(data)
    reader = pypdf.PdfReader(io.BytesIO(data))
    assert reader.metadata.title == "Grüße"
    fonts = [font.get_object() for font in reader.pages[0]["/Resources"]["/Font"].get_object().values()]
    embedded = [font for font in fonts if "/FontDescriptor" in font and "/FontFile2" in font["/FontDescriptor"]]
    assert embedded and all("DejaVu" in font["/BaseFont"] for font in embedded)


def test_pdf_says_what_it_cannot_draw() -> None:
    text = pages_of(exported("pdf", result_of(["ok 中文 שלום"])))
    assert f"ok {BOX * 2} {BOX * 4}" in text
    assert "6 characters of this report cannot be drawn" in text
    assert "cannot be drawn" not in pages_of(exported("pdf", result_of([f"a {BOX} of mine"])))


def test_speakers_whose_names_cannot_be_drawn_are_told_apart_by_number() -> None:
    names = {"Speaker_0": "שרה כהן 👩\u200d⚕️", "Speaker_1": "王伟", "Speaker_2": "Tom 👍", "Speaker_3": "Zoë"}
    timeline = [utterance(place, f"turn {place}", label) for place, label in enumerate(names)]
    result = result_of([]).model_copy(
        update={
            "timeline": timeline,
            "speaker_names": names,
            "summary": Summary(overview="王伟 asks Tom 👍."),
            "speakers": [SpeakerProfile(speaker=label) for label in names],
        }
    )
    text = pages_of(exported("pdf", result)).replace("\n", " ")
    assert "Speaker 0 (name not printable in this font), Speaker 1 (name not printable in this font), Tom" in text
    assert "00:00 Speaker 0: turn 0" in text and "00:03 Speaker 1: turn 1" in text
    assert f"00:06 Tom {BOX}: turn 2" in text and "00:09 Zoë: turn 3" in text
    assert f"Speaker 1 asks Tom {BOX}." in text
    assert "cannot be drawn in a PDF" in text


def test_a_name_of_signs_that_can_be_drawn_stays() -> None:
    result = result_of(["a - b"]).model_copy(update={"speaker_names": {"Speaker_0": "-"}})
    assert "00:00 -: a - b" in pages_of(exported("pdf", result))


def test_pdf_comes_on_letter_paper() -> None:
    data = exported("pdf", result_of(["a"]), options=ExportOptions(paper="letter"))
    assert [float(side) for side in pypdf.PdfReader(io.BytesIO(data)).pages[0].mediabox[2:]] == [612.0, 792.0]


# --- previews and imports -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["md", "docx", "html", "pdf", "srt", "eaf", "textgrid", "json", "csv"])
def test_previews_are_text_and_short(name: str) -> None:
    material = Material(annotated_result())
    assert len(preview(name, material)) > 100
    assert len(preview(name, material, size=50)) <= 51


def test_heavy_libraries_wait_until_they_are_needed() -> None:
    code = (
        "import sys; import illodesk.desk, illodesk.cli; "
        "print([m for m in ('docx', 'reportlab', 'soundfile', 'lxml', 'PIL') if m in sys.modules])"
    )
    assert run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
