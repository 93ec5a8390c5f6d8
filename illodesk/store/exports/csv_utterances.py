"""CSV of utterances: who, when, what, every score, and what people think of them where they said so.

Times in s, scores 0..1 or -1..1 as in the schema.
"""

from __future__ import annotations

from typing import BinaryIO

from illodesk.schema import EMOTIONS, AnalysisResult, Utterance
from illodesk.store.clean import one_line
from illodesk.store.exports.material import Material
from illodesk.store.exports.table import Cell, write_table


def write(material: Material, out: BinaryIO) -> None:
    """Write one row per utterance."""
    result = material.result
    header = list(_row(0, "", Utterance(utterance_id="", speaker="", t_start=0.0, t_end=0.0)))
    rows = (list(_row(at, result.name_of(entry.speaker), entry).values()) for at, entry in enumerate(result.timeline))
    judged = _judged(result)
    if judged:
        header.append("judgements")
        rows = ([*row, judged.get(entry.utterance_id)] for row, entry in zip(rows, result.timeline, strict=True))
    write_table(out, header, rows, material.options)


def _judged(result: AnalysisResult) -> dict[str, str]:
    """What people think of the scores of each utterance, as ``valence: disagree; emotion: correct = joy``."""
    known, found = {entry.utterance_id for entry in result.timeline}, dict[str, list[str]]()
    for each in result.judgements:
        if each.target in known:
            value = f" = {each.value}" if each.verdict == "correct" else ""
            note = f" ({one_line(each.note)})" if each.note else ""
            found.setdefault(each.target, []).append(f"{each.score}: {each.verdict}{value}{note}")
    return {target: "; ".join(told) for target, told in found.items()}


def _row(index: int, name: str, utterance: Utterance) -> dict[str, Cell]:
    emotion, cognitive, prosody = utterance.emotion, utterance.cognitive, utterance.prosody
    return {
        "index": index,
        "utterance_id": utterance.utterance_id,
        "speaker": name,
        "channel": utterance.channel,
        "t_start": utterance.t_start,
        "t_end": utterance.t_end,
        "text": utterance.text,
        "asr_confidence": utterance.asr_confidence,
        "speaker_confidence": utterance.speaker_confidence,
        "overlap": utterance.overlap,
        "emotion": emotion.dominant,
        **{name: getattr(emotion, name) for name in EMOTIONS},
        "valence": emotion.valence,
        "arousal": emotion.arousal,
        "dominance": emotion.dominance,
        "emotion_confidence": emotion.confidence,
        "emotion_basis": " ".join(emotion.basis),
        "polarity": utterance.polarity,
        "subjectivity": utterance.subjectivity,
        "engagement": cognitive.engagement,
        "focus": cognitive.focus,
        "cognitive_load": cognitive.cognitive_load,
        "certainty": cognitive.certainty,
        "commitment_score": utterance.commitment_score,
        "passion_score": utterance.passion_score,
        "conviction_score": utterance.conviction_score,
        "f0_median_hz": prosody.f0_median_hz,
        "f0_range_st": prosody.f0_range_st,
        "words_per_min": prosody.words_per_min,
        "articulation_rate_sps": prosody.articulation_rate_sps,
        "pause_ratio": prosody.pause_ratio,
        "gap_s": utterance.timing.gap_s,
        "interruption": utterance.timing.interruption,
        "backchannel": utterance.timing.backchannel,
        "confidence": utterance.confidence,
    }
