"""The vocabulary of IlloDesk: the one place where a field gets its name, unit and range.

Server, store, exports and app all speak these models. Names follow the public Illocution contract where it
names them; every key which that contract leaves open is decided here. The reference page
``docs/reference/schema.md`` is generated from this module.

Conventions: times in seconds from the start of the sound unless a name ends in ``_ms``; scores 0 to 1; valence,
arousal, dominance, polarity and contributions signed. ``None`` always means "not enough evidence" or "not allowed",
never zero.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, computed_field

EMOTIONS: tuple[str, ...] = ("anger", "disgust", "fear", "joy", "neutral", "sadness", "surprise")
"""The seven classes, in the order every probability vector uses."""

SIGNALS: tuple[str, ...] = (
    "agreement",
    "confidence",
    "confusion",
    "disagreement",
    "disengagement",
    "engagement",
    "frustration",
    "hesitation",
    "interest",
    "skepticism",
    "stress",
    "uncertainty",
)
"""The twelve social signals."""

MOMENT_CATEGORIES: tuple[str, ...] = (
    "objection",
    "cta_commit",
    "topic_shift",
    "commitment_drop",
    "fear_spike",
    "low_confidence_answer",
    "emotional_peak",
    "engagement_drop",
    "interruption_burst",
)

Level = Literal["low", "medium", "high"]
Stability = Literal["provisional", "final"]
UnitInterval = Annotated[float, Field(ge=0.0, le=1.0)]
Signed = Annotated[float, Field(ge=-1.0, le=1.0)]


def label_order(label: str) -> list[str | int]:
    """Sorts labels as people count: ``Speaker_2`` before ``Speaker_10``."""
    return [int(part) if place % 2 else part for place, part in enumerate(re.split(r"(\d+)", label))]


def level_of(value: float | None, low: float = 0.35, high: float = 0.65) -> Level | None:
    """Name a 0..1 value: below ``low`` is low, above ``high`` is high; ``None`` stays ``None``."""
    if value is None:
        return None
    return "low" if value < low else "high" if value > high else "medium"


def confidence_level_of(confidence: float) -> Level:
    """Name a confidence: low below 0.35, high from 0.6 (science.md 3.4)."""
    return "low" if confidence < 0.35 else "medium" if confidence < 0.6 else "high"


class Model(BaseModel):
    """Base of the vocabulary: unknown keys are dropped, so that newer bundles open in older builds."""

    model_config = ConfigDict(extra="ignore", validate_assignment=False, ser_json_inf_nan="null")


class Basis(StrEnum):
    """What a score rests on."""

    TEXT = "text"
    VOICE = "voice"
    TIMING = "timing"
    FACE = "face"


class Purpose(StrEnum):
    """What a workspace is for; decides, with the region, which bases may be used."""

    CUSTOMER = "customer"
    RESEARCH = "research"
    COACHING = "coaching"
    MEDICAL = "medical"
    WORKPLACE = "workplace"


class Region(StrEnum):
    """Whose law applies."""

    EU = "eu"
    US = "us"
    OTHER = "other"


class Policy(Model):
    """What the purpose gate allowed for this run; part of every result."""

    purpose: Purpose = Field(Purpose.RESEARCH, description="Purpose of the workspace")
    region: Region = Field(Region.EU, description="Region whose law applies")
    mode: Literal["full", "text_only"] = Field("full", description="text_only: no vocal or facial inference at all")
    allowed_basis: list[Basis] = Field(
        default_factory=lambda: [Basis.TEXT, Basis.VOICE, Basis.TIMING], description="Bases that inference may use"
    )
    reason: str = Field("", description="Why, in the user's words")


# --- scores ---------------------------------------------------------------------------------------------------------


class Contribution(Model):
    """One term of a score. ``weight`` is signed and in the score's own units before squashing."""

    name: str = Field(description="Feature, e.g. pause_ratio or hedge")
    weight: float = Field(description="Signed contribution before squashing")
    detail: str = Field("", description="The measured value in words, e.g. '2.1 sd above own norm'")
    basis: Basis = Field(Basis.TEXT, description="Which channel the term came from")


class Score(Model):
    """A value that says why and how sure. ``value`` is None when there is not enough evidence."""

    value: float | None = Field(None, description="0..1, or -1..1 for valence, arousal and dominance")
    confidence: UnitInterval = Field(0.0, description="0..1")
    basis: list[Basis] = Field(default_factory=list, description="Bases the value rests on")
    contributions: list[Contribution] = Field(default_factory=list, description="Largest first, at most six")
    note: str = Field("", description="Why there is no value, when there is none")

    @classmethod
    def unknown(cls, note: str = "not enough evidence") -> Score:
        return cls(note=note)


# --- words and sound ------------------------------------------------------------------------------------------------


class Word(Model):
    """One recognised word."""

    text: str
    t_start: float = Field(description="s")
    t_end: float = Field(description="s")
    confidence: UnitInterval | None = Field(None, description="0..1; None where the recogniser cannot tell")


class Prosody(Model):
    """How an utterance was said. Semitones (st) are above 27.5 Hz; levels are dB relative to full scale."""

    duration_s: float = Field(0.0, description="s; length of the utterance")
    voiced_s: float = Field(0.0, description="s; voiced speech")
    voiced_ratio: float | None = Field(None, description="0..1; voiced share of speech frames")
    f0_median_hz: float | None = Field(None, description="Hz")
    f0_p50_st: float | None = Field(None, description="st; median F0")
    f0_p80_st: float | None = Field(None, description="st; 80th percentile")
    f0_range_st: float | None = Field(None, description="st; 80th minus 20th percentile")
    f0_sd_st: float | None = Field(None, description="st; standard deviation")
    f0_slope_abs_st: float | None = Field(None, description="st per 10 ms; mean absolute step")
    final_f0_slope_st_s: float | None = Field(None, description="st/s; slope of the last 300 ms voiced")
    loudness_p80_db: float | None = Field(None, description="dBFS; within one session and device only")
    loudness_range_db: float | None = Field(None, description="dB; 80th minus 20th percentile")
    alpha_ratio_db: float | None = Field(None, description="dB; 1-5 kHz over 50 Hz-1 kHz")
    hammarberg_db: float | None = Field(None, description="dB; peak 0-2 kHz minus peak 2-5 kHz")
    slope_0_500_db_khz: float | None = Field(None, description="dB/kHz; spectral slope 0-500 Hz")
    slope_500_1500_db_khz: float | None = Field(None, description="dB/kHz; spectral slope 500-1500 Hz")
    centroid_hz: float | None = Field(None, description="Hz; power-weighted spectral centroid")
    flux: float | None = Field(None, description="mean L2 difference of square-root normalised power spectra")
    hnr_db: float | None = Field(None, description="dB; harmonics-to-noise ratio")
    jitter: float | None = Field(None, description="ratio; frame-level proxy, for display only")
    shimmer: float | None = Field(None, description="ratio; frame-level proxy, for display only")
    mfcc_mean: list[float] = Field(default_factory=list, description="MFCC 1-12, mean over speech frames")
    mfcc_sd: list[float] = Field(default_factory=list, description="MFCC 1-12, standard deviation")
    syllables: int | None = Field(None, description="count of syllable nuclei")
    speech_rate_sps: float | None = Field(None, description="syllables/s over the whole utterance")
    articulation_rate_sps: float | None = Field(None, description="syllables/s without pauses")
    words_per_min: float | None = Field(None, description="words/min")
    pause_count: int | None = Field(None, description="pauses of at least 0.25 s inside the utterance")
    pause_mean_s: float | None = Field(None, description="s; mean pause")
    pause_ratio: float | None = Field(None, description="0..1; paused share of the utterance")
    snr_db: float | None = Field(None, description="dB; speech over background")
    clipped_ratio: float | None = Field(None, description="0..1; share of samples at full scale")
    bandwidth_hz: float | None = Field(None, description="Hz; upper edge of the used band, about 3400 on telephones")
    quality_flags: list[Literal["clipping", "noisy", "telephone", "quiet", "short"]] = Field(
        default_factory=list, description="Conditions that lower confidence"
    )


# --- text -----------------------------------------------------------------------------------------------------------


class MarkerHit(Model):
    """One lexical marker found in an utterance. ``start`` and ``end`` are character offsets into its text."""

    kind: str = Field(description="Marker table entry, e.g. hedge, booster, commit_strong, objection_price")
    text: str
    start: int = Field(description="character offset")
    end: int = Field(description="character offset, exclusive")
    weight: float = Field(1.0, description="what it counts for")
    negated: bool = False


class LexicalMarkers(Model):
    """Counts, rates and evidence spans of the marker tables."""

    available: bool = Field(True, description="False where there are no tables for the language")
    language: str = Field("en", description="BCP 47 tag of the tables used")
    words: int = Field(0, description="count")
    fillers: int = Field(0, description="count of uh, um, …")
    hedges: int = Field(0, description="count")
    boosters: int = Field(0, description="count")
    questions: int = Field(0, description="count")
    self_repairs: int = Field(0, description="count of restarts and repetitions")
    disfluency_rate: float = Field(0.0, description="per 100 words; fillers and repairs")
    counts: dict[str, float] = Field(default_factory=dict, description="kind to weighted count, negated hits left out")
    rates: dict[str, float] = Field(default_factory=dict, description="kind to weighted count per 100 words")
    hits: list[MarkerHit] = Field(default_factory=list, description="Evidence spans in order of position")


class TextReading(Model):
    """What the text alone says, before fusion: the raw payload of the text agents."""

    available: bool = Field(True, description="False where there is no model for the language")
    language: str = "en"
    words: int = Field(0, description="count")
    emotion: dict[str, float] = Field(default_factory=dict, description="seven calibrated probabilities, sum 1")
    talk: dict[str, float] = Field(default_factory=dict, description="seven probabilities as of spoken words, sum 1")
    fine: dict[str, float] = Field(default_factory=dict, description="GoEmotions label to probability, those above .05")
    valence: float | None = Field(None, description="-1..1")
    arousal: float | None = Field(None, description="-1..1, from class prototypes")
    dominance: float | None = Field(None, description="-1..1, from class prototypes")
    compound: float | None = Field(None, description="-1..1, VADER compound")
    subjectivity: float | None = Field(None, description="0..1")


class Sentiment(Model):
    """Polarity of what was said."""

    label: Literal["negative", "neutral", "positive"] | None = None
    polarity: float | None = Field(None, description="-1..1")
    positive: float | None = Field(None, description="0..1, share")
    neutral: float | None = Field(None, description="0..1, share")
    negative: float | None = Field(None, description="0..1, share")
    confidence: UnitInterval = Field(0.0, description="0..1")


# --- affect and conduct ---------------------------------------------------------------------------------------------


class Emotion(Model):
    """Seven expressed-emotion probabilities and the pleasure-arousal-dominance point."""

    anger: float | None = Field(None, description="0..1, probability")
    disgust: float | None = Field(None, description="0..1, probability")
    fear: float | None = Field(None, description="0..1, probability")
    joy: float | None = Field(None, description="0..1, probability")
    neutral: float | None = Field(None, description="0..1, probability")
    sadness: float | None = Field(None, description="0..1, probability")
    surprise: float | None = Field(None, description="0..1, probability")
    valence: float | None = Field(None, description="-1..1")
    arousal: float | None = Field(None, description="-1..1, against the speaker's own norm")
    dominance: float | None = Field(None, description="-1..1, against the speaker's own norm")
    dominant: str | None = Field(None, description="Most probable class; None without evidence")
    confidence: UnitInterval = Field(0.0, description="0..1")
    confidence_level: Level = "low"
    basis: list[Basis] = Field(default_factory=list)

    @computed_field(description="The seven probabilities again, as the event catalogue nests them")  # type: ignore[prop-decorator]
    @property
    def emotions(self) -> dict[str, float]:
        values = {name: getattr(self, name) for name in EMOTIONS}
        return {name: value for name, value in values.items() if value is not None}

    @computed_field(description="valence, arousal and dominance, as the event catalogue nests them")  # type: ignore[prop-decorator]
    @property
    def scores(self) -> dict[str, float | None]:
        return {"valence": self.valence, "arousal": self.arousal, "dominance": self.dominance}

    @classmethod
    def from_probabilities(cls, probabilities: Sequence[float], **rest: Any) -> Emotion:
        """Build from seven probabilities in the order of :data:`EMOTIONS`; sets ``dominant``."""
        values = {name: float(p) for name, p in zip(EMOTIONS, probabilities, strict=True)}
        return cls(**values, dominant=max(values, key=lambda name: values[name]), **rest)


class SocialSignal(Model):
    """One social signal, emitted when at least two cue families agree."""

    type: str = Field(description="One of the twelve signals")
    t_start: float = Field(description="s")
    t_end: float = Field(description="s")
    speaker: str
    probability: UnitInterval = Field(description="0..1")
    level: Level = Field(description="low .5-.65, medium .65-.8, high above .8")
    families: list[str] = Field(default_factory=list, description="Cue families that agree")
    rationale: str = ""
    utterance_ids: list[str] = Field(default_factory=list)


class Cognitive(Model):
    """Engagement, focus, load and certainty as they sound."""

    engagement: float | None = Field(None, description="0..1")
    engagement_level: Level | None = None
    engagement_state: Literal["engaged", "neutral", "disengaged"] | None = None
    focus: float | None = Field(None, description="0..1")
    focus_level: Level | None = None
    cognitive_load: float | None = Field(None, description="0..1")
    cognitive_load_level: Level | None = None
    certainty: float | None = Field(None, description="0..1; how sure the speaker sounds")
    signals: list[SocialSignal] = Field(default_factory=list)
    confidence: UnitInterval = Field(0.0, description="0..1")
    rationale: str = ""


class Timing(Model):
    """Where an utterance stands among the others."""

    gap_s: float | None = Field(None, description="s from the end of the previous other speaker; negative: overlap")
    overlap_s: float = Field(0.0, description="s of overlap with other speakers")
    interruption: bool = Field(False, description="Started while another went on, and took the floor")
    backchannel: bool = Field(False, description="Short acknowledgement that did not take the floor")
    response_to_question: bool = Field(False, description="The previous other turn was a question")
    words_in_turn: int = Field(0, description="Words since this speaker took the floor")


class Utterance(Model):
    """One entry of the timeline (the contract's TimelineEntry)."""

    utterance_id: str
    speaker: str = Field(description="Speaker_0, Speaker_1, …; the result's speaker_names has the names given to them")
    channel: int = Field(0, description="Channel of the sound, after the layout decision")
    t_start: float = Field(description="s")
    t_end: float = Field(description="s")
    text: str = ""
    words: list[Word] = Field(default_factory=list)
    language: str = Field("en", description="BCP 47 tag")
    asr_confidence: UnitInterval = Field(0.0, description="0..1, estimated; see the methods page")
    speaker_confidence: UnitInterval = Field(1.0, description="0..1; 1 where the channel tells")
    overlap: bool = Field(False, description="Another speaker talks at the same time")
    prosody: Prosody = Field(default_factory=Prosody)
    prosody_desc: str = Field("", description="In words, e.g. 'fast, lively, long pauses'")
    reading: TextReading = Field(default_factory=TextReading)
    lexical_markers: LexicalMarkers = Field(default_factory=LexicalMarkers)
    timing: Timing = Field(default_factory=Timing)
    emotion: Emotion = Field(default_factory=Emotion)
    sentiment: Sentiment = Field(default_factory=Sentiment)
    polarity: float | None = Field(None, description="-1..1; equal to sentiment.polarity")
    subjectivity: float | None = Field(None, description="0..1")
    cognitive: Cognitive = Field(default_factory=Cognitive)
    commitment_score: float | None = Field(None, description="0..1")
    commitment_level: Level | None = None
    passion_score: float | None = Field(None, description="0..1")
    passion_level: Level | None = None
    conviction_score: float | None = Field(None, description="0..1")
    evidence: dict[str, Score] = Field(
        default_factory=dict,
        description="The whole score behind each number: valence, arousal, dominance, engagement, focus, "
        "cognitive_load, certainty, commitment, passion, conviction",
    )
    acoustic_reasoning: str = Field("", description="Rendered from the contributions")
    confidence: UnitInterval = Field(0.0, description="Mean over recognition, emotion, cognitive and speaker")
    stability: Stability = "final"
    edited: bool = Field(False, description="A person corrected the text; times of changed words are shared out")
    original_text: str | None = Field(None, description="The text as it was recognised, where it was corrected")
    part_of: str | None = Field(
        None,
        description="Id of the utterance that a person divided, of which this is a part; its voice was measured whole",
    )

    @property
    def duration_s(self) -> float:
        return self.t_end - self.t_start


# --- story ----------------------------------------------------------------------------------------------------------


class Transition(Model):
    """A lasting change of one speaker's state."""

    transition_id: str
    at_ms: int = Field(description="ms")
    speaker_id: str
    from_state: dict[str, Any] = Field(description="emotion, valence, arousal, engagement before")
    to_state: dict[str, Any] = Field(description="emotion, valence, arousal, engagement after")
    evidence_utterance_ids: list[str] = Field(default_factory=list)
    drivers: dict[str, float] = Field(default_factory=dict, description="Track name to signed change, in own sd")
    confidence: UnitInterval = Field(0.0, description="0..1")
    stability: Stability = "final"
    summary: str = ""


class Evidence(Model):
    """What a moment or a finding rests on."""

    utterance_id: str
    t_start: float = Field(description="s")
    t_end: float = Field(description="s")
    quote: str = ""
    values: dict[str, float] = Field(default_factory=dict, description="The measured values that count, by name")


class Moment(Model):
    """A point of the conversation worth looking at."""

    moment_id: str
    category: str = Field(description="One of the moment categories")
    speaker_id: str
    start_ms: int = Field(description="ms")
    end_ms: int = Field(description="ms")
    utterance_ids: list[str]
    summary: str
    labels: list[str] = Field(default_factory=list)
    confidence: UnitInterval = Field(0.0, description="0..1")
    evidence: list[Evidence] = Field(default_factory=list)
    needs_review: bool = Field(True, description="A person should look before anyone acts on it")


class Phase(Model):
    """One stretch of the conversation about one thing."""

    phase_id: str
    phase_name: str
    start_timestamp: float = Field(description="s")
    end_timestamp: float = Field(description="s")
    start_utterance_id: str
    end_utterance_id: str
    utterance_count: int = Field(description="count")
    theme: str
    summary: str
    emotional_tone: str = Field(description="optimistic, tense, subdued, neutral, mixed or unknown")
    key_moments: list[str] = Field(default_factory=list, description="Moment ids")
    transition_signal: str | None = Field(None, description="What marked its beginning")
    confidence: UnitInterval = Field(0.0, description="Strength of the boundary at its start")
    keyphrases: list[str] = Field(default_factory=list)


class PhaseChange(Model):
    timestamp: float = Field(description="s")
    from_phase: str
    to_phase: str
    trigger: str


class Segmentation(Model):
    """Phases, their order and the shape of the whole."""

    phases: list[Phase] = Field(default_factory=list)
    total_phases: int = Field(0, description="count")
    segmentation_rationale: str = ""
    narrative_arc: str = Field(
        "flat", description="rise, fall, fall-rise, rise-fall, rise-fall-rise, fall-rise-fall, flat or unknown"
    )
    key_transitions: list[PhaseChange] = Field(default_factory=list)


class QualityDimensions(Model):
    """The five dimensions of the conversation quality index, 0..100; 50 means no evidence."""

    clarity: float = Field(50.0, description="0..100; structure")
    authority: float = Field(50.0, description="0..100; credibility")
    energy: float = Field(50.0, description="0..100; presence")
    rapport: float = Field(50.0, description="0..100; relational safety")
    learning: float = Field(50.0, description="0..100; exploration")


class ConversationQuality(Model):
    quality_index: float = Field(50.0, description="0..100, mean of the five dimensions")
    band: str = Field("moderate", description="weak, below average, moderate, good or excellent")
    dimensions: QualityDimensions = Field(default_factory=QualityDimensions)
    t_start: float = Field(0.0, description="s; start of the stretch it covers")
    t_end: float = Field(0.0, description="s; end of it")


class SpeakerProfile(Model):
    """One speaker over the whole conversation."""

    speaker: str
    channel: int | None = Field(None, description="from 0; None where channels do not tell speakers")
    talk_s: float = Field(0.0, description="s")
    talk_share: float = Field(0.0, description="0..1 of all talk")
    utterances: int = Field(0, description="count")
    words: int = Field(0, description="count")
    words_per_min: float | None = Field(None, description="words/min of talk")
    turns: int = Field(0, description="count; utterances in a row are one turn")
    longest_turn_s: float = Field(0.0, description="s")
    interruptions: int = Field(0, description="count, made by this speaker")
    backchannels: int = Field(0, description="count")
    questions: int = Field(0, description="count")
    median_latency_s: float | None = Field(None, description="s; response to others")
    filler_rate: float = Field(0.0, description="per 100 words")
    hedge_rate: float = Field(0.0, description="per 100 words")
    f0_median_hz: float | None = Field(None, description="Hz, median over utterances")
    mean_valence: float | None = Field(None, description="-1..1")
    mean_arousal: float | None = Field(None, description="-1..1")
    mean_engagement: float | None = Field(None, description="0..1")
    mean_commitment: float | None = Field(None, description="0..1")
    dominant_emotion: str | None = None


class Summary(Model):
    """The contract's ConversationSummary. Times are quoted as [mm:ss]."""

    overview: str = ""
    key_insights: list[str] = Field(default_factory=list)
    notable_patterns: list[str] = Field(default_factory=list)
    recommendations: list[str] = Field(default_factory=list)
    what_went_well: list[str] = Field(default_factory=list)
    what_went_wrong: list[str] = Field(default_factory=list)
    speaker_dynamics: dict[str, Any] = Field(default_factory=dict)
    conversation_quality: str = ""
    action_items: list[str] = Field(default_factory=list)
    method: Literal["extractive", "language_model"] = "extractive"


class OverallSentiment(Model):
    mean: float | None = Field(None, description="-1..1")
    std: float | None = Field(None, description="standard deviation of polarity")
    trend: str = Field("unknown", description="rising, falling, steady or unknown")


class Insights(Model):
    overall_sentiment: OverallSentiment = Field(default_factory=OverallSentiment)
    dominant_emotions: list[str] = Field(default_factory=list)
    engagement_pattern: str = Field("unknown", description="increasing, decreasing, steady, varying or unknown")
    key_moments: list[Moment] = Field(default_factory=list)
    speaker_profiles: dict[str, SpeakerProfile] = Field(default_factory=dict)
    conversation_dynamics: dict[str, Any] = Field(default_factory=dict)
    cognitive_profile: dict[str, Any] = Field(default_factory=dict)
    conversation_quality: ConversationQuality | None = None
    quality_timeline: list[ConversationQuality] = Field(default_factory=list)
    signals: list[SocialSignal] = Field(default_factory=list)


# --- what people add ------------------------------------------------------------------------------------------------


class Marker(Model):
    """A point that somebody marked, while it was recorded or later."""

    marker_id: str
    t: float = Field(description="s")
    key: str = Field("", description="What kind of marker, e.g. the key that was pressed")
    note: str = ""


class Annotation(Model):
    """A value for a stretch of time."""

    annotation_id: str
    t_start: float = Field(description="s")
    t_end: float = Field(description="s")
    value: str = ""


class Tier(Model):
    """Annotations of one kind, in order of time; they do not overlap."""

    name: str
    vocabulary: list[str] = Field(default_factory=list, description="The values that are allowed; empty: any")
    speaker: str | None = Field(None, description="Label of whom it is about; None: everybody")
    annotations: list[Annotation] = Field(default_factory=list)


class Judgement(Model):
    """What a person thinks of a score."""

    target: str = Field(
        "", description="Id of an utterance, moment, transition or phase; empty: the whole, or not found in this run"
    )
    score: str = Field(description="E.g. valence, engagement, emotion, category")
    verdict: Literal["agree", "disagree", "correct"]
    value: float | str | None = Field(None, description="What it should be, for 'correct'")
    note: str = ""
    judged: float | str | None = Field(None, description="The value that was judged")
    run: int | None = Field(None, description="Number of the run that was judged")
    t_start: float | None = Field(None, description="s; start of what was judged")
    t_end: float | None = Field(None, description="s; its end")


# --- the whole ------------------------------------------------------------------------------------------------------


class MediaInfo(Model):
    """What was heard."""

    name: str = ""
    container: str = ""
    codec: str = ""
    duration_s: float = Field(0.0, description="s of decoded sound, not what the header says")
    channels: int = Field(0, description="Channels in the source")
    layout: Literal["mono", "separate", "mixed"] = Field("mono", description="How channels map to speakers")
    sample_rate: int = Field(0, description="Hz in the source")
    has_video: bool = False
    warnings: list[str] = Field(default_factory=list, description="E.g. that the file is cut off")


class ModelUse(Model):
    """A model or rule set that took part."""

    stage: str
    name: str
    version: str = ""
    licence: str = ""
    quality: str = Field("", description="E.g. 'draft quality'")
    device: str = "cpu"


class AnalysisOptions(Model):
    """What the caller asked for. One object through every door."""

    purpose: Purpose = Purpose.RESEARCH
    region: Region = Region.EU
    text_only: bool = Field(False, description="Ask for text-only mode even where the law allows more")
    speakers: int | None = Field(None, ge=1, le=20, description="Number of speakers, if known")
    channels: Literal["auto", "separate", "mix"] = Field("auto", description="How channels map to speakers")
    language: str = Field("en", description="BCP 47 tag of the speech")
    context: str = Field("", description="Focus of the analysis in free text (the contract's goal)")


class AnalysisResult(Model):
    """Everything about one run: the contract's answer to POST /analyze, and what the bundle keeps."""

    conversation_id: str = ""
    utterances: int = Field(0, description="Count")
    timeline: list[Utterance] = Field(default_factory=list)
    summary: Summary = Field(default_factory=Summary)
    insights: Insights = Field(default_factory=Insights)
    transitions: list[Transition] = Field(default_factory=list)
    moments: list[Moment] = Field(default_factory=list)
    segmentation: Segmentation = Field(default_factory=Segmentation)
    agent_results: list[dict[str, Any]] = Field(default_factory=list, description="Per-utterance raw agent payloads")
    artifact_dir: str = ""
    upload_path: str = ""
    agent_outputs_path: str = ""
    context: str = ""
    media: MediaInfo = Field(default_factory=MediaInfo)
    speakers: list[SpeakerProfile] = Field(default_factory=list)
    policy: Policy = Field(default_factory=Policy)
    inference_basis: list[Basis] = Field(default_factory=list, description="Bases really used")
    models: list[ModelUse] = Field(default_factory=list)
    options: AnalysisOptions = Field(default_factory=AnalysisOptions)
    complete: bool = Field(True, description="False when the run was stopped before the end of the sound")
    analysed_s: float = Field(0.0, description="s of sound that the result covers")
    run: int = Field(0, description="Number of the run, from 1; 0 before it is kept")
    speaker_names: dict[str, str] = Field(default_factory=dict, description="Label to the name that a person gave")
    markers: list[Marker] = Field(default_factory=list)
    tiers: list[Tier] = Field(default_factory=list)
    judgements: list[Judgement] = Field(default_factory=list)
    outdated: list[Literal["text", "speakers"]] = Field(
        default_factory=list,
        description="What was corrected since scores, moments and summary were computed; they are of what was there",
    )

    def name_of(self, label: str) -> str:
        """The name to show for a speaker's label."""
        return self.speaker_names.get(label, label)


# --- events ---------------------------------------------------------------------------------------------------------


class StatusEvent(Model):
    event: Literal["status"] = "status"
    phase: Literal["starting", "ingesting", "processing", "completed"]
    progress: UnitInterval | None = Field(None, description="0..1; None while the length is unknown")
    stage: str = Field("", description="What is being done, in words")
    position_s: float = Field(0.0, description="s of sound done")
    behind_s: float = Field(0.0, description="s of sound that are safe but not analysed yet")


class PartialTranscriptEvent(Model):
    event: Literal["partial_transcript"] = "partial_transcript"
    partial_id: str
    text: str
    is_final: bool = False
    confirmed_words: int = Field(0, description="Leading words that two hypotheses in a row agree on")
    channel: int = Field(0, description="from 0")
    t_start: float = Field(0.0, description="s; where the open utterance began")


class FinalTranscriptEvent(Model):
    event: Literal["final_transcript"] = "final_transcript"
    utterance_id: str
    speaker: str
    t_start: float = Field(description="s")
    t_end: float = Field(description="s")
    text: str
    confidence: float = Field(description="0..1, of recognition")
    words: list[Word] = Field(default_factory=list)
    channel: int = Field(0, description="from 0")


class EmotionEvent(Model):
    event: Literal["emotion"] = "emotion"
    utterance_id: str
    speaker_id: str
    emotion: dict[str, Any] = Field(description="Seven flat probabilities and 'emotions', the same nested")
    scores: dict[str, float | None] = Field(description="valence, arousal and dominance, -1..1")
    confidence: float = Field(description="0..1")
    stability: Stability = "provisional"
    basis: list[Basis] = Field(default_factory=list)


class CognitiveEvent(Model):
    event: Literal["cognitive"] = "cognitive"
    utterance_id: str
    speaker_id: str
    engagement: float | None = Field(description="0..1; None without evidence")
    focus: float | None = Field(description="0..1; None without evidence")
    cognitive_load: float | None = Field(description="0..1; None without evidence")
    certainty: float | None = Field(description="0..1; None without evidence")
    commitment: float | None = Field(description="0..1; None without evidence")
    passion: float | None = Field(description="0..1; None without evidence")
    signals: list[SocialSignal] = Field(default_factory=list)
    confidence: float = Field(description="0..1")
    rationale: str = ""
    stability: Stability = "provisional"


class EngagementEvent(Model):
    """The rolling engagement of everybody, twice a second of sound. No value where nothing bears on that moment."""

    event: Literal["engagement"] = "engagement"
    t: float = Field(description="s")
    value: float | None = Field(None, description="0..1")
    low: float | None = Field(None, description="0..1; lower end of the 95 % band")
    high: float | None = Field(None, description="0..1; upper end of the 95 % band")


class TransitionEvent(Model):
    event: Literal["transition"] = "transition"
    transition: Transition


class MomentEvent(Model):
    """Final ones come at the end, all of them, and stand in place of those told before; so do final transitions."""

    event: Literal["moment"] = "moment"
    moment: Moment
    stability: Stability = "provisional"


class SpeakersChangedEvent(Model):
    """The only thing that may change after a final transcript: who said it."""

    event: Literal["speakers_changed"] = "speakers_changed"
    speakers: dict[str, str] = Field(description="utterance_id to speaker, for the utterances that changed")


class SummaryUpdateEvent(Model):
    event: Literal["summary_update"] = "summary_update"
    summary: Summary


class ErrorEvent(Model):
    event: Literal["error"] = "error"
    code: str = Field(description="NO_UTTERANCES, UNREADABLE_MEDIA, ANALYSIS_FAILURE, CANCELLED, …")
    message: str
    detail: str = ""


class DoneEvent(Model):
    event: Literal["done"] = "done"
    conversation_id: str = ""
    complete: bool = True


Event = Annotated[
    StatusEvent
    | PartialTranscriptEvent
    | FinalTranscriptEvent
    | EmotionEvent
    | CognitiveEvent
    | EngagementEvent
    | TransitionEvent
    | MomentEvent
    | SpeakersChangedEvent
    | SummaryUpdateEvent
    | ErrorEvent
    | DoneEvent,
    Field(discriminator="event"),
]
