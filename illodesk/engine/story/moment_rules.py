"""The rules behind moments: each looks at one utterance, what came before it and its speaker's own level."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from illodesk.engine.story.levels import RunningLevel
from illodesk.engine.story.phrasing import clock, listed, plural, quote
from illodesk.schema import Basis, Utterance

OBJECTIONS = {
    "objection_price": "price",
    "objection_authority": "who decides",
    "objection_need": "need",
    "objection_timing": "timing",
    "objection_trust": "trust",
    "objection_concern": "a concern",
}
DELIVERABLE = frozenset(
    {"send", "schedule", "book", "deliver", "sign", "submit", "arrange", "call", "email", "prepare"}
)


NEAR_CHARS = 40
"""Characters between a promise and its date, at most: about eight words."""


@dataclass(frozen=True)
class Finding:
    """What a rule found. ``earlier`` are further utterances it rests on; ``worded`` says whether it rests on words."""

    category: str
    summary: str
    confidence: float
    values: dict[str, float]
    labels: tuple[str, ...] = ()
    earlier: tuple[Utterance, ...] = ()
    worded: bool = True


@dataclass
class SpeakerLevels:
    """Running levels of one speaker, and the utterances that may become a drop with the next."""

    commitment: RunningLevel = field(default_factory=RunningLevel)
    fear: RunningLevel = field(default_factory=RunningLevel)
    arousal: RunningLevel = field(default_factory=RunningLevel)
    valence: RunningLevel = field(default_factory=RunningLevel)
    engagement: RunningLevel = field(default_factory=RunningLevel)
    low_commitment: list[Utterance] = field(default_factory=list)
    low_engagement: list[Utterance] = field(default_factory=list)

    def learn(self, utterance: Utterance) -> None:
        """Take the values of an utterance into the levels, after the rules have looked at it."""
        at = utterance.t_start
        self.commitment.add(at, utterance.commitment_score)
        self.fear.add(at, utterance.emotion.fear)
        self.arousal.add(at, utterance.emotion.arousal)
        self.valence.add(at, utterance.emotion.valence)
        self.engagement.add(at, utterance.cognitive.engagement)


@dataclass(frozen=True)
class Scene:
    """What a rule may look at."""

    utterance: Utterance
    before: Sequence[Utterance]
    speaker: SpeakerLevels


def _objection(scene: Scene) -> Finding | None:
    """An objection phrase, backed by disagreement, a contrast, negative sentiment or a slow start.

    Two kinds of objection at once, or a phrase that names a problem outright, need no backing.
    """
    utterance = scene.utterance
    kinds = {kind: count for kind in OBJECTIONS if (count := _count(utterance, kind)) > 0}
    if not kinds:
        return None
    gap, polarity = utterance.timing.gap_s, utterance.polarity
    support = {
        "contrast": _count(utterance, "contrast"),
        "disagreement": max(
            _count(utterance, "disagreement"), _count(utterance, "refusal"), _signal(utterance, "disagreement")
        ),
        "negative polarity": -polarity if polarity is not None and polarity < -0.15 else 0.0,
        "slow start (s)": gap if gap is not None and gap > 0.7 else 0.0,
    }
    backed = {name: value for name, value in support.items() if value > 0.0}
    if not backed and sum(kinds.values()) < 2 and "objection_concern" not in kinds and _count(utterance, "hedge") == 0:
        if max(kinds.values()) < 1.0 or utterance.lexical_markers.questions:
            return None
        confidence = 0.4
    else:
        confidence = 0.5 + 0.12 * min(3, len(backed)) + 0.08 * (sum(kinds.values()) >= 2)
    subjects = [OBJECTIONS[kind] for kind in kinds]
    return Finding(
        "objection",
        f"{utterance.speaker} objects, on {listed(subjects)}: “{quote(utterance.text, 90)}”",
        confidence,
        kinds | backed,
        tuple(kinds),
    )


def _cta_commit(scene: Scene) -> Finding | None:
    """A promise with a date or a deliverable, or a firm answer to another's call to action two turns back at most."""
    utterance, before = scene.utterance, scene.before
    strong, date = _count(utterance, "commit_strong"), _count(utterance, "commit_date")
    weak = _count(utterance, "commit_weak")
    dated = date > 0 and _near(utterance, "commit_strong", "commit_date")
    deliverable = any(
        hit.kind == "commit_strong" and not hit.negated and DELIVERABLE & set(hit.text.lower().split())
        for hit in utterance.lexical_markers.hits
    )
    commitment = utterance.commitment_score
    values = {"commit_strong": strong, "commit_date": date}
    if commitment is not None:
        values["commitment"] = commitment
    if strong > 0 and weak == 0 and (dated or deliverable) and (commitment is None or commitment >= 0.5):
        what = "with a date" if dated else "with a deliverable"
        return Finding(
            "cta_commit",
            f"{utterance.speaker} commits {what}: “{quote(utterance.text, 90)}”",
            0.6 + 0.15 * dated + 0.15 * (commitment is not None and commitment >= 0.7),
            values,
            ("explicit",),
        )
    call = _last_of_others(utterance, before, "cta", turns=2)
    if call is None or commitment is None or commitment < 0.7 or weak > 0 or utterance.lexical_markers.questions:
        return None
    return Finding(
        "cta_commit",
        f"{utterance.speaker} commits after {call.speaker}'s call to action: “{quote(utterance.text, 90)}”",
        0.5 + 0.5 * (commitment - 0.5),
        values | {"cta": _count(call, "cta")},
        ("answer",),
        (call,),
    )


def _commitment_drop(scene: Scene) -> Finding | None:
    """Commitment 0.3 below the own level and under .45 in two utterances running, or a promise taken back."""
    utterance, before, speaker = scene.utterance, scene.before, scene.speaker
    value, level = utterance.commitment_score, speaker.commitment.mean
    if value is None:
        return None
    if level is not None and speaker.commitment.count >= 3 and level - value >= 0.30 and value < 0.45:
        speaker.low_commitment.append(utterance)
        if len(speaker.low_commitment) == 2:
            first = speaker.low_commitment[0]
            return Finding(
                "commitment_drop",
                f"{utterance.speaker} sounds less committed than before: “{quote(utterance.text, 90)}”",
                min(0.9, 0.4 + (level - value)),
                {"commitment": value, "own level": level},
                ("level",),
                (first,),
            )
        return None
    speaker.low_commitment.clear()
    if _count(utterance, "commit_weak") > 0 and _count(utterance, "commit_strong") == 0:
        promise = next(
            (u for u in reversed(before) if u.speaker == utterance.speaker and _count(u, "commit_strong") > 0), None
        )
        if promise is not None and promise.commitment_score is not None and promise.commitment_score - value >= 0.2:
            return Finding(
                "commitment_drop",
                f"{utterance.speaker} promised at {clock(promise.t_start)} and now only says "
                f"“{quote(utterance.text, 90)}”",
                0.55,
                {"commitment": value, "earlier": promise.commitment_score},
                ("weakened promise",),
                (promise,),
            )
    return None


def _fear_spike(scene: Scene) -> Finding | None:
    """Fear at least .3, 2.5 own standard deviations up, and arousal up; without voice, text alone must be clearer."""
    utterance, speaker = scene.utterance, scene.speaker
    fear, arousal = utterance.emotion.fear, utterance.emotion.arousal
    z = speaker.fear.z(fear, start=0.05)
    if fear is None or z is None or fear < 0.30 or z < 2.5:
        return None
    if (arousal is None and fear < 0.45) or (arousal is not None and arousal < 0.2):
        return None
    values = {"fear": fear, "above own level (sd)": z}
    if arousal is not None:
        values["arousal"] = arousal
    return Finding(
        "fear_spike",
        f"{utterance.speaker} sounds afraid or worried: “{quote(utterance.text, 90)}”",
        fear * (1.0 if arousal is not None else 0.7),
        values,
    )


def _low_confidence_answer(scene: Scene) -> Finding | None:
    """An answer to a question that sounds unsure: low certainty, and hedges, fillers or a long wait."""
    utterance, before = scene.utterance, scene.before
    certainty, gap = utterance.cognitive.certainty, utterance.timing.gap_s
    question = _last_floor_of_other(utterance, before)
    asked = utterance.timing.response_to_question or (question is not None and question.lexical_markers.questions > 0)
    if not asked or certainty is None or certainty > 0.35 or utterance.timing.backchannel:
        return None
    markers = utterance.lexical_markers
    signs: dict[str, float] = {}
    if markers.hedges >= 2:
        signs["hedges"] = markers.hedges
    if markers.fillers >= 2:
        signs["fillers"] = markers.fillers
    if gap is not None and gap > 1.2:
        signs["gap (s)"] = gap
    if _count(utterance, "no_knowledge") > 0:
        signs["does not know"] = _count(utterance, "no_knowledge")
    if not signs:
        return None
    return Finding(
        "low_confidence_answer",
        f"{utterance.speaker} answers without sounding sure ({_worded(signs)}): “{quote(utterance.text, 90)}”",
        0.45 + 0.1 * len(signs) + (0.35 - certainty),
        signs | {"certainty": certainty},
        earlier=(question,) if question is not None else (),
    )


def _emotional_peak(scene: Scene) -> Finding | None:
    """Arousal, or the strength of valence, far above what is usual for the speaker."""
    utterance, speaker = scene.utterance, scene.speaker
    arousal, valence = utterance.emotion.arousal, utterance.emotion.valence
    if utterance.emotion.confidence < 0.15:
        return None
    up = speaker.arousal.z(arousal)
    turn = speaker.valence.z(valence)
    if arousal is not None and up is not None and arousal >= 0.5 and up >= 2.0:
        tone = "" if valence is None or abs(valence) < 0.2 else ", positively" if valence > 0 else ", negatively"
        values = {"arousal": arousal, "above own level (sd)": up}
        if valence is not None:
            values["valence"] = valence
        words = f"{utterance.speaker} sounds strongly aroused{tone}"
        strength = up
        worded = Basis.VOICE not in utterance.emotion.basis
    elif valence is not None and turn is not None and abs(valence) >= 0.55 and abs(turn) >= 2.0 and valence * turn > 0:
        words = f"{utterance.speaker} expresses strong {'positive' if valence > 0 else 'negative'} feeling"
        values = {"valence": valence, "from own level (sd)": turn}
        strength = abs(turn)
        worded = True
    else:
        return None
    label = (utterance.emotion.dominant,) if utterance.emotion.dominant else ()
    return Finding(
        "emotional_peak",
        f"{words}: “{quote(utterance.text, 90)}”" if utterance.text else words,
        (0.4 + 0.1 * min(strength, 4.0)) * (0.6 + 0.4 * utterance.emotion.confidence),
        values,
        label,
        worded=worded,
    )


def _engagement_drop(scene: Scene) -> Finding | None:
    """Engagement .2 and two own standard deviations below the speaker's level in two utterances running."""
    utterance, speaker = scene.utterance, scene.speaker
    value, level = utterance.cognitive.engagement, speaker.engagement.mean
    z = speaker.engagement.z(value)
    if value is None or utterance.timing.backchannel:
        return None
    if level is None or z is None or level - value < 0.2 or z > -2.0 or value > 0.45:
        speaker.low_engagement.clear()
        return None
    speaker.low_engagement.append(utterance)
    if len(speaker.low_engagement) != 2:
        return None
    return Finding(
        "engagement_drop",
        f"{utterance.speaker} sounds less engaged than before",
        min(0.9, 0.4 + (level - value)),
        {"engagement": value, "own level": level},
        earlier=(speaker.low_engagement[0],),
        worded=False,
    )


def _interruption_burst(scene: Scene) -> Finding | None:
    """The third interruption within 30 s, whoever made the others."""
    utterance, before = scene.utterance, scene.before
    if not utterance.timing.interruption:
        return None
    others = [u for u in before if u.timing.interruption and utterance.t_start - u.t_start <= 30.0]
    if len(others) < 2:
        return None
    names = sorted({u.speaker for u in [*others, utterance]})
    count = len(others) + 1
    return Finding(
        "interruption_burst",
        f"{plural(count, 'interruption')} within 30 s, by {listed(names)}",
        min(0.9, 0.4 + 0.1 * count),
        {"interruptions": float(count)},
        earlier=tuple(others),
        worded=False,
    )


RULES: tuple[Callable[[Scene], Finding | None], ...] = (
    _objection,
    _cta_commit,
    _commitment_drop,
    _fear_spike,
    _low_confidence_answer,
    _emotional_peak,
    _engagement_drop,
    _interruption_burst,
)


def _count(utterance: Utterance, kind: str) -> float:
    return utterance.lexical_markers.counts.get(kind, 0.0)


def _near(utterance: Utterance, first: str, second: str) -> bool:
    """Whether two markers stand so close together that one may belong to the other."""
    hits = [hit for hit in utterance.lexical_markers.hits if not hit.negated]
    return any(
        a.kind == first and b.kind == second and max(b.start - a.end, a.start - b.end) <= NEAR_CHARS
        for a in hits
        for b in hits
    )


def _signal(utterance: Utterance, kind: str) -> float:
    return max((s.probability for s in utterance.cognitive.signals if s.type == kind), default=0.0)


def _worded(signs: dict[str, float]) -> str:
    words = []
    for name, value in signs.items():
        if name == "gap (s)":
            words.append(f"{value:.1f} s before the answer")
        elif name == "does not know":
            words.append("says not to know")
        else:
            words.append(f"{value:.0f} {name}")
    return listed(words)


def _last_floor_of_other(utterance: Utterance, before: Sequence[Utterance]) -> Utterance | None:
    """The utterance of another speaker that this one answers; None where the speaker already had the floor."""
    for earlier in reversed(before):
        if earlier.timing.backchannel:
            continue
        return earlier if earlier.speaker != utterance.speaker else None
    return None


def _last_of_others(utterance: Utterance, before: Sequence[Utterance], kind: str, turns: int) -> Utterance | None:
    """The latest utterance of another speaker with a marker, at most ``turns`` changes of speaker back."""
    holder, changes = utterance.speaker, 0
    for earlier in reversed(before):
        if earlier.speaker != holder:
            holder, changes = earlier.speaker, changes + 1
        if changes > turns or utterance.t_start - earlier.t_end > 60.0:
            return None
        if earlier.speaker != utterance.speaker and _count(earlier, kind) > 0:
            return earlier
    return None
