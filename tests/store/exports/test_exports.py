from __future__ import annotations

import base64
import csv
import html
import io
import json
import re
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
import srt
import webvtt
from hypothesis import given, settings
from hypothesis import strategies as st

from illodesk.operations import DivideUtterance, ReassignUtterances, RenameSpeaker
from illodesk.schema import AnalysisResult
from illodesk.store import ExportExistsError, Track, TrackInfo, UnavailableError
from illodesk.store.clean import one_line
from illodesk.store.exports import FORMATS, Material, export
from illodesk.store.overlay import apply_edits
from tests.store.samples import annotated_result, full_result, result_of, sound_file, utterance

GOLDEN = Path(__file__).parents[1] / "golden"
TRACKS = {
    "prosody_0": Track(
        "prosody_0",
        TrackInfo(columns=["f0_hz", "level_db"], hop_s=0.01),
        np.array([[180.5, -20.25], [np.nan, -60.0]], dtype=np.float32),
    ),
    "engagement": Track(
        "engagement",
        TrackInfo(columns=["t", "value"]),
        np.array([[0.0, 0.5], [0.5, np.nan]], dtype=np.float32),
    ),
}
ODD = st.lists(
    st.text(max_size=40)
    | st.text(alphabet="ab <>&-\n\r\t\x00\u2028\x85:,0123.", max_size=80)
    | st.sampled_from(
        [
            "00:00:01,000 --> 00:00:02,000",
            "1\n00:00:01,000 --> 00:00:02,000\nhidden",
            "a\n\nb",
            "WEBVTT",
            "NOTE x\n\nSTYLE",
            "</v><v Eve>gone",
            "--->",
            "- >",
        ]
    ),
    max_size=5,
)


def text_of(name: str, result: AnalysisResult) -> str:
    stream = io.BytesIO()
    export(name, Material(result, TRACKS), stream)
    return stream.getvalue().decode()


def rows_of(name: str, result: AnalysisResult) -> list[dict[str, str]]:
    text = text_of(name, result)
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:], newline="")))


def material_for(name: str, folder: Path) -> Material:
    """What any format can be made of; with sound for those that need it."""
    media = sound_file(folder.with_name(f"{folder.name} media")) if FORMATS[name].needs_media else None
    return Material(annotated_result(), TRACKS, "Talk", media=media)


GOLDEN_FORMATS = [name for name in FORMATS if (GOLDEN / f"talk{FORMATS[name].suffix}").exists()]


def test_what_is_plain_text_has_a_golden_file() -> None:
    assert {name for name in FORMATS if name not in GOLDEN_FORMATS} == {"docx", "pdf", "flac", "wav", "clips"}


@pytest.mark.parametrize("name", GOLDEN_FORMATS)
def test_golden_files(name: str, tmp_path: Path) -> None:
    out = tmp_path / f"talk{FORMATS[name].suffix}"
    export(name, Material(full_result(), TRACKS, "Talk"), out)
    # The colours and the style sheet of the web page belong to the design, and change with it.
    written = re.sub(rb"(?s)(?<=<style>).*(?=</style>)", b"", out.read_bytes())
    assert written == (GOLDEN / out.name).read_bytes()


@pytest.mark.parametrize("name", list(FORMATS))
def test_nothing_is_overwritten_unasked(name: str, tmp_path: Path) -> None:
    out = tmp_path / "talk"
    out.write_text("mine")
    with pytest.raises(ExportExistsError):
        export(name, material_for(name, tmp_path), out)
    assert out.read_text() == "mine"
    export(name, material_for(name, tmp_path), out, overwrite=True)
    assert out.read_bytes() != b"mine"
    assert [path.name for path in tmp_path.iterdir()] == ["talk"]


@pytest.mark.parametrize("name", [name for name in FORMATS if not FORMATS[name].needs_media])
def test_an_empty_result_can_be_exported(name: str) -> None:
    stream = io.BytesIO()
    export(name, Material(AnalysisResult()), stream)
    assert not stream.closed


def test_a_failed_export_leaves_nothing(tmp_path: Path) -> None:
    broken = TRACKS["prosody_0"]
    broken = Track("x", TrackInfo(columns=["only one"], hop_s=0.01), broken.frames[:, :0])
    out = tmp_path / "frames.csv"
    with pytest.raises(IndexError):
        export("frames", Material(full_result(), {"x": broken}), out)
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(UnavailableError):
        export("txt", Material(full_result()), tmp_path / "no folder" / "talk.txt")
    with pytest.raises(ValueError, match="unknown format"):
        export("odt", Material(full_result()), out)


def test_json_is_the_result_and_every_bit_of_the_tracks() -> None:
    text = text_of("json", full_result())
    assert AnalysisResult.model_validate_json(text) == full_result()
    for name, track in json.loads(text)["tracks"].items():
        frames = np.frombuffer(base64.b64decode(track["data"]), track["dtype"]).reshape(track["shape"])
        np.testing.assert_array_equal(frames, TRACKS[name].frames)
        assert track["columns"] == TRACKS[name].info.columns


def test_json_streams_long_tracks_whole() -> None:
    frames = np.random.default_rng(2).normal(size=(60_000, 2)).astype(np.float32)
    stream = io.BytesIO()
    export(
        "json", Material(result_of([]), {"t": Track("t", TrackInfo(columns=["a", "b"], hop_s=0.01), frames)}), stream
    )
    data = json.loads(stream.getvalue())["tracks"]["t"]["data"]
    np.testing.assert_array_equal(np.frombuffer(base64.b64decode(data), "<f4").reshape(-1, 2), frames)


@settings(max_examples=80, deadline=None)
@given(texts=ODD)
def test_srt_survives_a_parser_whatever_was_said(texts: list[str]) -> None:
    parsed = list(srt.parse(text_of("srt", result_of(texts))))
    said = [re.sub(r"-[- ]*>", "→", one_line(text)) for text in texts]
    found: dict[int, list[str]] = {}
    for cue in parsed:
        body = cue.content.replace("\n", " ").partition(": ")[2]  # a long word stands below the name
        found.setdefault(int(cue.start / timedelta(seconds=3)), []).append(body)
    heard = [" ".join(found.get(index, [])) for index in range(len(texts))]
    assert [one_line(text) for text in heard] == [one_line(text) for text in said]
    assert [cue.index for cue in parsed] == list(range(1, len(parsed) + 1))
    assert all(cue.start < cue.end for cue in parsed)


@settings(max_examples=80, deadline=None)
@given(texts=ODD, speaker=st.sampled_from(["Speaker_0", "A & B <c>", "x --> y", "two\nlines", ""]))
def test_vtt_survives_a_parser_whatever_was_said(texts: list[str], speaker: str) -> None:
    result = result_of([])
    timeline = [utterance(index, text, speaker) for index, text in enumerate(texts)]
    parsed = webvtt.from_string(text_of("vtt", result.model_copy(update={"timeline": timeline})))
    found: dict[int, list[str]] = {}
    for cue in parsed.captions:
        raw = html.unescape(re.sub(r"</?v[^>]*>", "", cue.raw_text))
        found.setdefault(int(cue.start_in_seconds // 3), []).append(raw)
        assert html.unescape(cue.voice or "") == one_line(speaker).replace("_", " ")
    assert [one_line(" ".join(found.get(i, []))) for i in range(len(texts))] == [one_line(text) for text in texts]


def test_subtitles_are_short_and_cut_where_words_begin() -> None:
    cues = list(srt.parse(text_of("srt", full_result())))
    assert all(len(line) <= 42 for cue in cues for line in cue.content.splitlines())
    starts = {timedelta(seconds=word.t_start) for entry in full_result().timeline for word in entry.words}
    assert {cue.start for cue in cues} <= starts
    assert len(cues) > 3


def test_an_utterance_without_word_times_stays_in_one_piece() -> None:
    result = full_result()
    timeline = [entry.model_copy(update={"words": []}) for entry in result.timeline]
    cues = list(srt.parse(text_of("srt", result.model_copy(update={"timeline": timeline}))))
    assert [cue.start.total_seconds() for cue in cues] == [0, 3, 9]


def test_txt_has_one_line_per_utterance() -> None:
    result = result_of([])
    timeline = [utterance(0, "a\nb", start=59.9), utterance(1, "c", start=3725.0)]
    assert text_of("txt", result.model_copy(update={"timeline": timeline})) == (
        "[00:59] Speaker 0: a b\n[1:02:05] Speaker 0: c\n"
    )


@settings(max_examples=80, deadline=None)
@given(texts=ODD | st.lists(st.text(alphabet="=+-@ \t\n'\"x,;", max_size=8), max_size=5))
def test_csv_holds_every_text_and_no_formula(texts: list[str]) -> None:
    rows = rows_of("csv", result_of(texts))
    assert len(rows) == len(texts)
    for row, text in zip(rows, texts, strict=True):
        cell = row["text"]
        assert not cell.lstrip().startswith(("=", "+", "-", "@"))
        assert not cell.startswith(("\t", "\r", "\n"))
        plain = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", " ", text)
        assert cell in (plain, f"'{plain}")


def test_csv_leaves_numbers_alone_and_unknown_values_empty() -> None:
    rows = rows_of("csv", full_result())
    assert rows[0]["arousal"] == "-0.125"
    assert rows[0]["dominance"] == ""
    assert rows[0]["overlap"] == "false"
    assert rows[0]["emotion_basis"] == "text voice"
    assert (rows[3]["t_start"], rows[3]["t_end"]) == ("9", "11.5")


def test_csv_times_are_exact_after_ten_hours() -> None:
    result = result_of([])
    late = result.model_copy(update={"timeline": [utterance(0, "late", start=36_000.123)]})
    assert rows_of("csv", late)[0]["t_start"] == "36000.123"
    assert rows_of("words", late)[0]["t_start"] == "36000.123"


def test_words_and_frames_have_a_row_each() -> None:
    result = full_result()
    assert len(rows_of("words", result)) == sum(len(entry.words) for entry in result.timeline)
    assert rows_of("frames", result) == [
        {"track": "engagement", "t": "0", "value": "0.5", "f0_hz": "", "level_db": ""},
        {"track": "engagement", "t": "0.5", "value": "", "f0_hz": "", "level_db": ""},
        {"track": "prosody_0", "t": "0", "value": "", "f0_hz": "180.5", "level_db": "-20.25"},
        {"track": "prosody_0", "t": "0.01", "value": "", "f0_hz": "", "level_db": "-60"},
    ]


def test_a_divided_turn_is_two_in_every_format(tmp_path: Path) -> None:
    """What reads tiers back is in test_tiers; here, that every format takes the parts and tells their words."""
    division = DivideUtterance(utterance_id="utt_3", word=9)
    away = ReassignUtterances(ids=[division.part_id], speaker="Speaker_0")
    result = apply_edits(annotated_result(), [RenameSpeaker(label="Speaker_0", name="Zoë"), division, away])
    utterances = rows_of("csv", result)
    assert [row["utterance_id"] for row in utterances[-2:]] == ["utt_3", division.part_id]
    assert [row["speaker"] for row in utterances[-2:]] == ["Speaker_1", "Zoë"]
    assert {row["utterance_id"] for row in rows_of("words", result)} >= {"utt_3", division.part_id}
    for name, format in FORMATS.items():
        if not format.needs_media:
            out = tmp_path / f"talk{format.suffix}"
            export(name, Material(result, TRACKS, "Talk"), out)
            assert out.stat().st_size > 0
    assert AnalysisResult.model_validate_json((tmp_path / "talk.json").read_bytes()).timeline == result.timeline
    cues = list(srt.parse((tmp_path / "talk.srt").read_text()))
    assert sum("Zoë" in cue.content for cue in cues) > 1
    assert webvtt.read(str(tmp_path / "talk.vtt")).captions[-1].end == "00:00:11.500"
