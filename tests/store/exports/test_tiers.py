"""EAF and TextGrid, read back by pympi and praatio."""

from __future__ import annotations

import io
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from praatio import textgrid
from pympi import Elan

from illodesk.operations import DivideUtterance, ReassignUtterances, RenameSpeaker
from illodesk.schema import AnalysisResult
from illodesk.store.exports import ExportOptions, Material, export
from illodesk.store.exports.wording import plain
from illodesk.store.overlay import apply_edits
from tests.store.samples import annotated_result, result_of, utterance

ODD = st.lists(st.text(max_size=20) | st.sampled_from(['say "hi"', 'text = "x"', "<a>&]]>", "a\nb"]), max_size=4)
NAMES = st.text(max_size=12) | st.sampled_from(['"', "moments", "words", "Speaker_0 words", ""])


def written(name: str, result: AnalysisResult, folder: Path, **options: object) -> Path:
    out = folder / name
    export(name, Material(result, options=ExportOptions(**options)), out, overwrite=True)  # type: ignore[arg-type]
    return out


def grid_of(path: Path) -> textgrid.Textgrid:
    return textgrid.openTextgrid(str(path), includeEmptyIntervals=True)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("tiers")


def test_eaf_has_speakers_words_emotions_and_own_tiers(folder: Path) -> None:
    eaf = Elan.Eaf(str(written("eaf", annotated_result(), folder)))
    zoe, ivan = "Zoë Müller-Lüdenscheidt", "Ivan Жуков"
    assert set(eaf.get_tier_names()) == {
        zoe, f"{zoe} words", f"{zoe} emotion", ivan, f"{ivan} words", f"{ivan} emotion",
        "moments", "phases", "markers", "markers (2)", "gaze", "notes",
    }  # fmt: skip
    assert eaf.get_annotation_data_for_tier(zoe)[0][:3] == (0, 2500, "Guten Tag, schön dass Sie da sind.")
    words = eaf.get_annotation_data_for_tier(f"{zoe} words")
    assert [word[2] for word in words[:3]] == ["Guten", "Tag,", "schön"]
    assert eaf.get_parameters_for_tier(f"{zoe} words")["PARENT_REF"] == zoe
    assert eaf.get_ref_annotation_data_for_tier(f"{zoe} emotion")[0][2] == "joy"
    assert eaf.get_annotation_data_for_tier("gaze") == [(3000, 4500, "at camera"), (4500, 5000, "away")]
    assert eaf.get_annotation_data_for_tier("markers") == [(4250, 4350, '1 look "here"')]
    assert eaf.get_parameters_for_tier("gaze")["PARTICIPANT"] == ivan
    kind = eaf.get_parameters_for_tier("gaze")["LINGUISTIC_TYPE_REF"]
    entries = eaf.get_cv_entries(eaf.get_parameters_for_linguistic_type(kind)["CONTROLLED_VOCABULARY_REF"])
    assert [value[0] for values, *_ in entries.values() for value in values] == ["at camera", "away"]
    assert eaf.get_linked_files()[0]["RELATIVE_MEDIA_URL"] == "./call.wav"


def test_a_divided_turn_is_on_the_tiers_of_both_speakers(folder: Path) -> None:
    division = DivideUtterance(utterance_id="utt_0", word=2)
    away = ReassignUtterances(ids=[division.part_id], speaker="Speaker_1")
    names = [RenameSpeaker(label="Speaker_0", name="Zoë"), RenameSpeaker(label="Speaker_1", name="Ivan")]
    result = apply_edits(annotated_result(), [*names, division, away])
    eaf = Elan.Eaf(str(written("eaf", result, folder)))
    assert eaf.get_annotation_data_for_tier("Zoë")[0][:3] == (0, 714, "Guten Tag,")
    assert eaf.get_annotation_data_for_tier("Ivan")[0][:3] == (714, 2500, "schön dass Sie da sind.")
    grid = grid_of(written("textgrid", result, folder))
    assert "schön dass Sie da sind." in [entry.label for entry in grid.getTier("Ivan").entries]


def test_eaf_words_lie_within_their_utterance_and_do_not_overlap(folder: Path) -> None:
    early = utterance(0, "a b c d", start=1.0)
    times = [(0.9, 1.2), (1.1, 1.3), (3.4, 3.6), (3.6, 3.9)]
    words = [w.model_copy(update={"t_start": a, "t_end": b}) for w, (a, b) in zip(early.words, times, strict=True)]
    result = result_of([]).model_copy(update={"timeline": [early.model_copy(update={"words": words})]})
    eaf = Elan.Eaf(str(written("eaf", result, folder)))
    assert eaf.get_annotation_data_for_tier("Speaker_0 words") == [
        (1000, 1200, "a"), (1200, 1300, "b"), (3400, 3500, "c"),
    ]  # fmt: skip


@settings(max_examples=40)
@given(texts=ODD, name=NAMES)
def test_eaf_survives_whatever_was_said(folder: Path, texts: list[str], name: str) -> None:
    result = result_of(texts).model_copy(update={"speaker_names": {"Speaker_0": name, "Speaker_1": name}})
    path = written("eaf", result, folder)
    eaf = Elan.Eaf(str(path))
    labels = [
        tier for tier in eaf.get_tier_names() if eaf.get_parameters_for_tier(tier)["LINGUISTIC_TYPE_REF"] == "utterance"
    ]
    found = sorted(each for tier in labels for each in eaf.get_annotation_data_for_tier(tier))
    assert [text for _, _, text in found] == [plain(text) for text in texts]
    root = ElementTree.parse(path).getroot()
    order = ["HEADER", "TIME_ORDER", "TIER", "LINGUISTIC_TYPE", "LANGUAGE", "CONSTRAINT", "CONTROLLED_VOCABULARY"]
    places = [order.index(each.tag) for each in root]
    assert places == sorted(places)
    slots = [int(slot.attrib["TIME_VALUE"]) for slot in root.iter("TIME_SLOT")]
    assert slots == sorted(slots)


def test_textgrid_has_tiers_without_gaps_and_points(folder: Path) -> None:
    grid = grid_of(written("textgrid", annotated_result(), folder))
    zoe = grid.getTier("Zoë Müller-Lüdenscheidt")
    assert tuple(zoe.entries[0]) == (0.0, 2.5, "Guten Tag, schön dass Sie da sind.")
    assert tuple(grid.getTier("moments").entries[0]) == (3.0, "objection: sounds like an objection")
    # praatio leaves the doubled quotes of a point as they are; Praat does not.
    assert [tuple(point) for point in grid.getTier("markers").entries] == [(4.25, '1 look ""here"" / marker')]
    assert [entry.label for entry in grid.getTier("gaze").entries] == ["", "at camera", "away", ""]
    assert grid.maxTimestamp == 12.0
    for tier in grid.tiers:
        if isinstance(tier, textgrid.IntervalTier):
            assert tier.entries[0].start == 0.0 and tier.entries[-1].end == grid.maxTimestamp
            assert all(a.end == b.start for a, b in zip(tier.entries, tier.entries[1:], strict=False))


@settings(max_examples=40)
@given(texts=ODD, name=NAMES, overlap=st.booleans())
def test_textgrid_survives_whatever_was_said(folder: Path, texts: list[str], name: str, overlap: bool) -> None:
    timeline = [utterance(index, text, start=index * (1.0 if overlap else 3.0)) for index, text in enumerate(texts)]
    update = {"timeline": timeline, "speaker_names": {"Speaker_0": name}}
    grid = grid_of(written("textgrid", result_of(texts).model_copy(update=update), folder, words=False))
    said = [entry.label for tier in grid.tiers if "emotion" not in tier.name for entry in tier.entries if entry.label]
    assert sorted(said) == sorted(filter(None, map(plain, texts)))


def test_words_can_be_left_out(folder: Path) -> None:
    eaf = Elan.Eaf(str(written("eaf", annotated_result(), folder, words=False)))
    assert not [name for name in eaf.get_tier_names() if name.endswith(" words")]
    stream = io.BytesIO()
    export("textgrid", Material(annotated_result(), options=ExportOptions(words=False)), stream)
    assert b' words"' not in stream.getvalue()
