"""What users choose about a format is what they get."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import UTC, datetime, timedelta

import docx
import pytest
import srt
import webvtt
from hypothesis import given
from hypothesis import strategies as st

from illodesk.schema import AnalysisResult, Judgement, Word
from illodesk.store.exports import FORMATS, ExportOptions, Material, export
from tests.store.samples import annotated_result, full_result, result_of, utterance

LONG = "one two three four five six seven eight nine ten eleven twelve"


def text_of(name: str, result: AnalysisResult, **options: object) -> str:
    stream = io.BytesIO()
    export(name, Material(result, {}, "Talk", options=ExportOptions(**options)), stream)  # type: ignore[arg-type]
    return stream.getvalue().decode("utf-8-sig")


def test_every_choice_is_heeded_by_a_format_and_every_format_heeds_what_there_is() -> None:
    heeded = {option for format in FORMATS.values() for option in format.options}
    assert heeded == set(ExportOptions.model_fields) - {"pseudonymise", "hide"}


@given(length=st.integers(10, 200), lines=st.integers(1, 8), names=st.booleans())
def test_subtitles_have_so_many_lines_of_so_many_characters(length: int, lines: int, names: bool) -> None:
    text = text_of("srt", result_of([LONG, "short"]), line_length=length, lines=lines, names=names)
    shown = [cue.content.splitlines() for cue in srt.parse(text)]
    words = [" ".join(cue).removeprefix("Speaker 0: ").removeprefix("Speaker 1: ") for cue in shown]
    assert ("Speaker" in text) is names
    assert " ".join(words) == f"{LONG} short"
    most = 2 if names and length < len("Speaker 0: eleven") else 1  # a name that leaves no room stands above the words
    assert all(len(cue) <= max(lines, most) and max(map(len, cue)) <= length for cue in shown)


def test_words_of_web_subtitles_have_their_times_in_order() -> None:
    result = result_of([LONG])
    text = text_of("vtt", result, word_times=True, names=False)
    stamps = [
        timedelta(hours=int(h), minutes=int(m), seconds=float(s)).total_seconds()
        for h, m, s in re.findall(r"<(\d\d):(\d\d):([\d.]+)>", text)
    ]
    starts = {word.t_start for word in result.timeline[0].words}
    assert stamps == sorted(stamps) and set(stamps) <= starts
    assert len(stamps) == len(starts) - len(webvtt.from_string(text).captions)
    assert " ".join(caption.text for caption in webvtt.from_string(text).captions).split() == LONG.split()
    assert "<00" not in text_of("vtt", result)


def test_words_whose_times_run_backwards_have_none() -> None:
    words = [Word(text=text, t_start=start, t_end=start + 0.1) for text, start in (("a", 1.0), ("b<", 0.5), ("c", 2.0))]
    entry = utterance(0, "a b< c").model_copy(update={"words": words})
    text = text_of("vtt", result_of([]).model_copy(update={"timeline": [entry]}), word_times=True, names=False)
    assert "\na b&lt; <00:00:02.000>c\n" in text


def test_an_utterance_without_word_times_has_no_times_inside() -> None:
    entry = utterance(0, "a b c").model_copy(update={"words": []})
    text = text_of("vtt", result_of([]).model_copy(update={"timeline": [entry]}), word_times=True)
    assert "<v Speaker 0>a b c</v>" in text


def test_a_transcript_has_times_and_scores_as_wanted() -> None:
    result = result_of(["hello"])
    assert text_of("txt", result) == "[00:00] Speaker 0: hello\n"
    assert text_of("txt", result, times=False) == "Speaker 0: hello\n"
    assert text_of("txt", result, scores=True) == "[00:00] Speaker 0: hello (joy, valence +0.40, arousal -0.12)\n"


@pytest.mark.parametrize(("times", "scores"), [(True, None), (False, True), (True, False), (False, False)])
def test_reports_have_times_and_scores_as_wanted(times: bool, scores: bool | None) -> None:
    text = text_of("md", annotated_result(), times=times, scores=scores)
    assert ("**00:03 Ivan" in text) is times
    assert ("**Ivan" in text) is not times
    for word in ("Valence", "Confidence", "Tone", "Scores rest on", "Scores are estimates"):
        assert (word in text) is (scores is not False)
    stream = io.BytesIO()
    options = ExportOptions(times=times, scores=scores)
    export("docx", Material(annotated_result(), options=options), stream)
    document = docx.Document(stream)
    assert any(p.text.startswith("00:03  Ivan") for p in document.paragraphs) is times
    assert ("Valence" in [cell.text for cell in document.tables[0].rows[0].cells]) is (scores is not False)


@pytest.mark.parametrize("name", ["csv", "words"])
@pytest.mark.parametrize(("delimiter", "sign"), [("comma", ","), ("semicolon", ";"), ("tab", "\t")])
@pytest.mark.parametrize("comma", [True, False])
def test_tables_are_the_same_with_other_signs(name: str, delimiter: str, sign: str, comma: bool) -> None:
    usual = list(csv.reader(io.StringIO(text_of(name, full_result()), newline="")))
    text = text_of(name, full_result(), delimiter=delimiter, decimal_comma=comma)
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=sign))
    number = re.compile(r"-?\d+[.,]\d+")
    assert any(number.fullmatch(cell) for row in rows for cell in row)
    assert all((("," if comma else ".") in cell) for row in rows for cell in row if number.fullmatch(cell))
    assert [[cell.replace(",", ".") for cell in row] for row in rows] == [
        [cell.replace(",", ".") for cell in row] for row in usual
    ]


def test_compact_json_is_the_same_on_one_line() -> None:
    usual, compact = text_of("json", full_result()), text_of("json", full_result(), compact=True)
    assert json.loads(compact) == json.loads(usual)
    assert compact.count("\n") == 1 and len(compact) < len(usual)


def test_a_document_without_a_date_of_recording_has_that_of_the_export() -> None:
    began = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
    recorded = datetime(2024, 5, 6, 7, 8, tzinfo=UTC)
    for recorded_at, earliest in ((None, began), (recorded, recorded.replace(tzinfo=None))):
        stream = io.BytesIO()
        export("docx", Material(result_of(["a"]), recorded_at=recorded_at), stream)
        properties = docx.Document(stream).core_properties
        assert earliest <= properties.created.replace(tzinfo=None) <= earliest + timedelta(minutes=5)
        assert properties.modified.replace(tzinfo=None) >= began


def judged() -> AnalysisResult:
    return result_of(["one", "two"]).model_copy(
        update={
            "judgements": [
                Judgement(target="utt_1", score="emotion", verdict="correct", value="anger", judged="joy", t_start=3.0),
                Judgement(target="utt_1", score="valence", verdict="disagree", judged=0.4, note="irony", t_start=3.0),
                Judgement(target="", score="quality", verdict="agree"),
            ]
        }
    )


def test_judgements_stand_in_reports_and_tables() -> None:
    text = text_of("md", judged())
    assert "\n## Judgements\n" in text
    assert "| 00:03 | emotion | joy | corrected to anger |  |" in text
    assert "| 00:03 | valence | 0\\.40 | disagrees | irony |" in text
    rows = list(csv.DictReader(io.StringIO(text_of("csv", judged()), newline="")))
    assert [row["judgements"] for row in rows] == ["", "emotion: correct = anger; valence: disagree (irony)"]
    assert "Judgements" not in text_of("md", result_of(["one"]))
    assert "judgements" not in text_of("csv", result_of(["one"])).splitlines()[0]
    hidden = text_of("csv", judged(), pseudonymise=True, hide=("irony",))
    assert "irony" not in hidden and "anger" in hidden
