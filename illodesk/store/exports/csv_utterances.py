"""CSV of utterances: who, when, what, and every score. Times in s, scores 0..1 or -1..1 as in the schema."""

from __future__ import annotations

from typing import BinaryIO

from illodesk.schema import EMOTIONS, Utterance
from illodesk.store.exports.material import Material
from illodesk.store.exports.table import Cell, write_table


def write(material: Material, out: BinaryIO) -> None:
    """Write one row per utterance."""
    result = material.result
    header = list(_row(0, "", Utterance(utterance_id="", speaker="", t_start=0.0, t_end=0.0)))
    rows = (_row(index, result.name_of(entry.speaker), entry) for index, entry in enumerate(result.timeline))
    write_table(out, header, (list(row.values()) for row in rows))


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
