from __future__ import annotations

import numpy as np
import pytest

from illodesk.engine.affect.scorer import AffectScorer
from illodesk.engine.policy import policy_for
from illodesk.engine.prosody import measure
from illodesk.schema import EMOTIONS, AnalysisOptions, Basis, Policy, Prosody, Purpose, Score, TextReading, Utterance
from tests.engine.voices import voice

JOY = TextReading(
    words=7,
    emotion={name: 0.76 if name == "joy" else 0.04 for name in EMOTIONS},
    talk={name: 0.76 if name == "joy" else 0.04 for name in EMOTIONS},
    valence=0.7,
    arousal=0.4,
    dominance=0.3,
    compound=0.8,
    subjectivity=0.6,
)


@pytest.fixture(scope="module")
def voices() -> list[Prosody]:
    settings = [(120.0, 14.0, 1.0), (125.0, 13.0, 0.8), (230.0, 6.0, 3.0), (118.0, 14.0, 1.2), (122.0, 13.0, 1.0)]
    return [measure(voice(f0, tilt=tilt, vibrato=vibrato))[0] for f0, tilt, vibrato in settings]


def timeline(voices: list[Prosody], speaker: str = "Speaker_0", **rest: object) -> list[Utterance]:
    return [
        Utterance(
            utterance_id=f"u{i}",
            speaker=speaker,
            t_start=3.0 * i,
            t_end=3.0 * i + 2.0,
            prosody=prosody,
            asr_confidence=0.9,
            **rest,
        )
        for i, prosody in enumerate(voices)
    ]


def test_the_aroused_utterance_stands_out_live_and_in_batch(voices):
    scorer = AffectScorer(Policy())
    live = [scorer.live(u).emotion.arousal for u in timeline(voices)]
    batch = [u.emotion.arousal for u in AffectScorer(Policy()).batch(timeline(voices))]
    for values in (live, batch):
        assert np.argmax(values) == 2
        assert values[2] > 0.5 > max(values[:2] + values[3:]) + 0.3


def test_every_field_of_the_record_is_filled(voices):
    scored = AffectScorer(Policy()).batch(timeline(voices, reading=JOY))[2]
    assert scored.emotion.dominant == "joy"
    assert scored.emotion.basis == [Basis.TEXT, Basis.VOICE]
    assert scored.sentiment.label == "positive"
    assert scored.polarity == scored.sentiment.polarity == scored.emotion.valence
    assert scored.subjectivity == 0.6
    assert set(scored.evidence) == {"valence", "arousal", "dominance"}
    assert "high-pitched" in scored.prosody_desc


def test_other_evidence_is_kept_and_the_input_left_alone(voices):
    before = timeline(voices, evidence={"focus": Score(value=0.5)})
    copy = [u.model_copy(deep=True) for u in before]
    after = AffectScorer(Policy()).batch(before)
    assert after[0].evidence["focus"].value == 0.5
    assert before == copy


def test_names_of_speakers_change_nothing(voices):
    def scored(names: tuple[str, str]) -> list[dict]:
        mixed = [u.model_copy(update={"speaker": names[i % 2]}) for i, u in enumerate(timeline(voices, reading=JOY))]
        scorer = AffectScorer(Policy())
        results = [scorer.live(u) for u in mixed] + scorer.batch(mixed)
        return [u.model_dump(exclude={"speaker"}) for u in results]

    assert scored(("Speaker_0", "Speaker_1")) == scored(("Zoe", "Adam"))


def test_speakers_have_norms_of_their_own(voices):
    alone = AffectScorer(Policy()).batch(timeline(voices))
    other = timeline([voices[2]] * 5, speaker="Speaker_1")
    together = AffectScorer(Policy()).batch(timeline(voices) + other)
    assert together[:5] == alone
    # For someone who always speaks like that it means less.
    assert together[5].emotion.arousal < alone[2].emotion.arousal


def test_live_scores_do_not_know_the_future(voices):
    first, second = AffectScorer(Policy()), AffectScorer(Policy())
    prefix = [first.live(u) for u in timeline(voices)[:3]]
    assert [second.live(u) for u in timeline(voices)][:3] == prefix


def test_batch_is_the_same_whatever_went_before(voices):
    used = AffectScorer(Policy())
    for u in timeline(voices):
        used.live(u)
    assert used.batch(timeline(voices)) == AffectScorer(Policy()).batch(timeline(voices))


def test_a_louder_copy_scores_the_same():
    sounds = [voice(120.0 + 30 * i, level=0.05, vibrato=1.0) for i in range(3)]

    def scored(gain: float) -> list[float]:
        voices = [measure(sound * np.float32(gain))[0] for sound in sounds]
        return [u.emotion.arousal for u in AffectScorer(Policy()).batch(timeline(voices))]

    assert scored(4.0) == pytest.approx(scored(1.0), abs=1e-3)


@pytest.mark.parametrize("kind", ["silence", "noise"])
def test_silence_and_noise_are_not_enough_evidence(kind):
    sound = np.zeros(32_000, np.float32)
    if kind == "noise":
        sound = (0.1 * np.random.default_rng(0).standard_normal(32_000)).astype(np.float32)
    scored = AffectScorer(Policy()).live(timeline([measure(sound)[0]])[0])
    assert scored.emotion.dominant is None and scored.emotion.emotions == {}
    assert scored.emotion.scores == {"valence": None, "arousal": None, "dominance": None}
    assert scored.prosody_desc == "" and scored.polarity is None and scored.subjectivity is None
    assert scored.evidence["arousal"].note == "not enough evidence"


def test_in_text_only_mode_the_voice_changes_nothing(voices):
    policy = policy_for(AnalysisOptions(purpose=Purpose.WORKPLACE))
    spoken = AffectScorer(policy).batch(timeline(voices, reading=JOY))
    typed = AffectScorer(policy).batch(timeline([Prosody()] * 5, reading=JOY))
    for one, other in zip(spoken, typed, strict=True):
        assert one.emotion == other.emotion
        assert one.emotion.basis == [Basis.TEXT]
        assert one.prosody_desc == ""
    silent = AffectScorer(policy).live(timeline(voices)[2])
    assert silent.emotion.arousal is None and silent.emotion.dominant is None


def test_where_text_may_not_be_used_the_voice_goes_on(voices):
    policy = Policy(allowed_basis=[Basis.VOICE, Basis.TIMING])
    scored = AffectScorer(policy).batch(timeline(voices, reading=JOY))[2]
    assert scored.emotion.basis == [Basis.VOICE]
    assert scored.polarity is None and scored.subjectivity is None
