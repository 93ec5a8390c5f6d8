"""Names are gone from every byte of every format; what was said otherwise stays."""

from __future__ import annotations

import base64
import io
import json
import re
import zipfile
from pathlib import Path

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from illodesk.schema import AnalysisResult, Annotation, Marker, MarkerHit, Moment, SpeakerProfile, Tier
from illodesk.store.exports import FORMATS, ExportOptions, Material, export
from illodesk.store.exports.pseudonym import pseudonymised
from tests.store.samples import full_result, result_of, sound_file, utterance

SECRETS = ["Quirina", "Zoë Żółć", "Vandelay Xu-Prentiss", "ZEBEDEE", "Каролина", "Straßnitz", "q_vex", "李小龙"]
FRAMES = ["{}", "Hello {}, hi", "{}'s car", "({})", "said {}.", "a\n{}\nb", "<{}>", '"{}"', "re-{}-ed {}"]


def bytes_of(name: str, material: Material) -> list[bytes]:
    """An export, and what is packed inside it."""
    stream = io.BytesIO()
    export(name, material, stream)
    found = [stream.getvalue()]
    if found[0].startswith(b"PK"):
        with zipfile.ZipFile(stream) as archive:
            found += [archive.read(each) for each in archive.namelist()]
            found.append("\n".join(archive.namelist()).encode())
    if name == "pdf":
        reader = pypdf.PdfReader(stream)
        found.append("\n".join(page.extract_text() for page in reader.pages).encode())
        found.append(repr(reader.metadata).encode())
    found += [base64.b64decode(each) for each in re.findall(rb"base64,([A-Za-z0-9+/=]+)", found[0])]
    return found


def told(secret: str, frames: list[str]) -> AnalysisResult:
    """A conversation that has the secret in every place that a person fills, and in what is made of them."""
    texts = [frame.format(secret, secret.upper()) for frame in frames]
    result = result_of(texts)
    full = full_result()
    summary = full.summary.model_copy(update={"overview": f"{secret} talks.", "key_insights": [f"[00:01] {secret}: x"]})
    moment = full.moments[0]
    return result.model_copy(
        update={
            "speaker_names": {"Speaker_1": secret},
            "speakers": [SpeakerProfile(speaker="Speaker_0"), SpeakerProfile(speaker="Speaker_1")],
            "summary": summary.model_copy(update={"speaker_dynamics": {"names": {secret: {"about": secret}}}}),
            "moments": [Moment(**{**moment.model_dump(), "summary": f"“{secret}”", "labels": [secret]})],
            "markers": [Marker(marker_id="m", t=1.0, key=secret, note=f"ask {secret}")],
            "tiers": [
                Tier(
                    name=f"about {secret}",
                    vocabulary=[secret],
                    annotations=[Annotation(annotation_id="a", t_start=1, t_end=2, value=secret)],
                )
            ],
            "media": result.media.model_copy(update={"name": f"{secret}.wav", "warnings": [f"{secret}.wav is cut"]}),
            "agent_results": [{"text": secret}],
            "context": f"how {secret} does",
            "upload_path": f"/home/{secret}/call.wav",
        }
    )


@pytest.mark.parametrize("name", list(FORMATS))
@settings(max_examples=6)
@given(secret=st.sampled_from(SECRETS), frames=st.lists(st.sampled_from(FRAMES), min_size=2, max_size=4))
def test_no_format_tells_a_name(
    name: str, tmp_path_factory: pytest.TempPathFactory, secret: str, frames: list[str]
) -> None:
    media = sound_file(tmp_path_factory.mktemp("m"), f"{secret}.wav", 0.5 if name == "html" else 12.0)
    options = ExportOptions(pseudonymise=True, audio=True)
    material = Material(told(secret, frames), title=f"Talk with {secret}", media=media, options=options)
    for data in bytes_of(name, material):
        text = data.decode("utf-8", errors="ignore")
        for part in [secret, *secret.split()]:
            assert part.casefold() not in text.casefold()
            assert json.dumps(part).strip('"') not in text
        assert str(media.parent) not in text


def test_speakers_get_letters_in_the_order_they_speak() -> None:
    names = {"Speaker_1": "Anna Lind", "Speaker_0": "Bert Lind"}
    timeline = [utterance(0, "I am Anna, a Lind", "Speaker_1"), utterance(1, "and speaker_1 knows bert", "Speaker_0")]
    result = result_of([]).model_copy(update={"timeline": timeline, "speaker_names": names})
    found = pseudonymised(Material(result, options=ExportOptions(pseudonymise=True))).result
    assert [(u.speaker, u.text) for u in found.timeline] == [
        ("Speaker A", "I am Speaker A, a […]"),
        ("Speaker B", "and Speaker A knows Speaker B"),
    ]
    assert found.speaker_names == {}


def test_parts_of_other_words_titles_and_codes_stay() -> None:
    texts = ["Joyful joy is von Dr. Joyce", "Joy"]
    result = result_of(texts).model_copy(update={"speaker_names": {"Speaker_0": "Dr. Joy von der Heide"}})
    found = pseudonymised(Material(result)).result
    assert found.timeline[0].text == "Joyful Speaker A is von Dr. Joyce"
    assert found.timeline[1].text == "Speaker A"
    assert found.timeline[0].emotion.dominant == "joy"
    assert AnalysisResult.model_validate_json(found.model_dump_json()) == found


def test_further_words_go_and_words_keep_their_times() -> None:
    result = result_of(["we met in Bad Tölz today"])
    found = pseudonymised(Material(result, options=ExportOptions(pseudonymise=True, hide=("Bad Tölz", "")))).result
    assert found.timeline[0].text == "we met in […] today"
    before, after = result.timeline[0].words, found.timeline[0].words
    assert [word.text for word in after] == ["we", "met", "in", "[…]", "today"]
    assert (after[3].t_start, after[3].t_end) == (before[3].t_start, before[4].t_end)
    assert after[4].t_start == before[5].t_start


def test_markers_of_the_text_stand_where_they_stood() -> None:
    entry = utterance(0, "maybe Anna will come maybe")
    hits = [
        MarkerHit(kind="hedge", text="maybe", start=0, end=5),
        MarkerHit(kind="hedge", text="maybe", start=21, end=26),
    ]
    entry = entry.model_copy(update={"lexical_markers": entry.lexical_markers.model_copy(update={"hits": hits})})
    result = result_of([]).model_copy(update={"timeline": [entry], "speaker_names": {"Speaker_0": "Anna"}})
    found = pseudonymised(Material(result)).result.timeline[0]
    assert [found.text[hit.start : hit.end] for hit in found.lexical_markers.hits] == ["maybe", "maybe"]


def test_the_voice_stays_out_unless_it_is_asked_for(tmp_path: Path) -> None:
    media = sound_file(tmp_path, seconds=0.5)
    for audio, expected in ((None, False), (True, True)):
        stream = io.BytesIO()
        export(
            "html",
            Material(result_of(["a"]), media=media, options=ExportOptions(pseudonymise=True, audio=audio)),
            stream,
        )
        assert (b"<audio" in stream.getvalue()) is expected
