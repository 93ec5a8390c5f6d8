"""What a document for readers says, whatever its format: title, facts, findings, tables and the transcript."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass

from illodesk.schema import AnalysisResult, Utterance, label_order
from illodesk.store.exports.material import Material
from illodesk.store.exports.wording import NOTHING, number, plain, shown_name, speakers_of, stamp, told

_CAVEAT = (
    "Scores are estimates of how the conversation sounds and reads, not of what anybody feels or thinks. "
    "A dash means that there is not enough evidence."
)
_SCORES = frozenset(("Scores rest on", "Quality", "Valence", "Arousal", "Engagement", "Tone", "Confidence"))
_PURPOSES = {
    "customer": "customer conversations",
    "research": "consented research",
    "coaching": "personal coaching",
    "medical": "medical or safety",
    "workplace": "workplace or education",
}


@dataclass(frozen=True)
class Table:
    """A table of texts; every row is as long as the header."""

    title: str
    header: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]


@dataclass(frozen=True)
class Turn:
    """One utterance as it is shown; ``speaker`` is the place of its speaker in :attr:`Report.speakers`."""

    start_s: float
    end_s: float
    speaker: int
    name: str
    text: str
    sounds: str


@dataclass(frozen=True)
class Report:
    """Everything, in the order it is shown. Texts are on one line and clean, but not escaped."""

    title: str
    facts: list[tuple[str, str]]
    warnings: list[str]
    overview: str
    findings: list[tuple[str, list[str]]]
    speakers: list[str]
    tables: list[Table]
    turns: list[Turn]
    caveat: str


def report_of(material: Material, *, scores: bool = True) -> Report:
    """The report of an export, with its scores or without."""
    result = material.result
    labels = speakers_of(result)
    tables = [_speakers(result), _phases(result), _moments(result), _markers(result), *_own(result)]
    if scores:
        tables.append(_judgements(result))
    else:
        tables = [_without(table, _SCORES) for table in tables]
    return Report(
        title=plain(material.title) or "Conversation",
        facts=[fact for fact in _facts(material) if scores or fact[0] not in _SCORES],
        warnings=_warnings(result),
        overview=told(result.summary.overview),
        findings=[(title, [told(line) for line in lines]) for title, lines in _findings(result) if lines],
        speakers=[shown_name(result, label) for label in labels],
        tables=[table for table in tables if table.rows],
        turns=[_turn(result, labels.index(u.speaker), u) for u in result.timeline if u.text.strip()],
        caveat=_CAVEAT if scores else "",
    )


def _without(table: Table, columns: Set[str]) -> Table:
    kept = [place for place, name in enumerate(table.header) if name not in columns]
    rows = [tuple(row[place] for place in kept) for row in table.rows]
    return Table(table.title, tuple(table.header[place] for place in kept), rows)


def _turn(result: AnalysisResult, speaker: int, u: Utterance) -> Turn:
    name = shown_name(result, u.speaker)
    return Turn(u.t_start, u.t_end, speaker, name, plain(u.text), u.emotion.dominant or "")


def _facts(material: Material) -> list[tuple[str, str]]:
    result = material.result
    heard = {u.speaker for u in result.timeline}
    names = [shown_name(result, label) for label in speakers_of(result) if label in heard]
    facts = [("Recorded", material.recorded_at.strftime("%Y-%m-%d %H:%M UTC") if material.recorded_at else "")]
    facts += [
        ("Length", stamp(material.duration_s)),
        ("Speakers", ", ".join(names)),
        ("Purpose", _PURPOSES[result.policy.purpose.value]),
        ("Scores rest on", ", ".join(basis.value for basis in result.inference_basis)),
        ("Quality", told(result.summary.conversation_quality)),
    ]
    models = [f"{use.stage}: {use.name}" + (f" ({use.quality})" if use.quality else "") for use in result.models]
    facts.append(("Models", "; ".join(models)))
    return [(name, plain(value)) for name, value in facts if value]


def _warnings(result: AnalysisResult) -> list[str]:
    found = [plain(text) for text in result.media.warnings]
    if not result.complete:
        found.append(f"The analysis was stopped at {stamp(result.analysed_s)}; what comes after is missing.")
    if result.outdated:
        what, were = " and ".join(result.outdated), "was" if result.outdated == ["text"] else "were"
        found.append(f"The {what} {were} corrected by hand; scores, moments and summary are of what was there before.")
    return found


def _findings(result: AnalysisResult) -> list[tuple[str, list[str]]]:
    summary = result.summary
    return [
        ("Insights", summary.key_insights),
        ("Patterns", summary.notable_patterns),
        ("What went well", summary.what_went_well),
        ("What went wrong", summary.what_went_wrong),
        ("Recommendations", summary.recommendations),
        ("Action items", summary.action_items),
    ]


def _speakers(result: AnalysisResult) -> Table:
    header = ("Speaker", "Talk", "Share", "Utterances", "Words/min", "Valence", "Arousal", "Engagement")
    rows = [
        (
            shown_name(result, profile.speaker),
            stamp(profile.talk_s),
            f"{100 * profile.talk_share:.0f} %",
            str(profile.utterances),
            NOTHING if profile.words_per_min is None else f"{profile.words_per_min:.0f}",
            number(profile.mean_valence, signed=True),
            number(profile.mean_arousal, signed=True),
            number(profile.mean_engagement),
        )
        for profile in sorted(result.speakers, key=lambda profile: label_order(profile.speaker))
    ]
    return Table("Speakers", header, rows)


def _phases(result: AnalysisResult) -> Table:
    rows = [
        (
            stamp(phase.start_timestamp),
            stamp(phase.end_timestamp),
            plain(phase.phase_name),
            plain(phase.emotional_tone),
            told(phase.summary),
        )
        for phase in result.segmentation.phases
    ]
    return Table("Phases", ("From", "To", "Phase", "Tone", "Summary"), rows)


def _moments(result: AnalysisResult) -> Table:
    rows = [
        (
            stamp(moment.start_ms / 1000),
            plain(moment.category.replace("_", " ")),
            shown_name(result, moment.speaker_id),
            told(moment.summary),
            number(moment.confidence),
        )
        for moment in result.moments
    ]
    return Table("Moments", ("Time", "Kind", "Speaker", "What", "Confidence"), rows)


def _markers(result: AnalysisResult) -> Table:
    rows = [(stamp(marker.t), plain(marker.key), plain(marker.note)) for marker in result.markers]
    return Table("Markers", ("Time", "Marker", "Note"), rows)


def _judgements(result: AnalysisResult) -> Table:
    rows = [
        (
            "" if each.t_start is None else stamp(each.t_start),
            plain(each.score.replace("_", " ")),
            _value(each.judged),
            f"corrected to {_value(each.value)}" if each.verdict == "correct" else f"{each.verdict}s",
            plain(each.note),
        )
        for each in sorted(result.judgements, key=lambda each: each.t_start or 0.0)
    ]
    return Table("Judgements", ("Time", "Score", "Value", "A person", "Note"), rows)


def _value(value: float | str | None) -> str:
    return plain(value) if isinstance(value, str) else number(value)


def _own(result: AnalysisResult) -> list[Table]:
    return [
        Table(
            plain(tier.name),
            ("From", "To", "Value"),
            [(stamp(each.t_start), stamp(each.t_end), plain(each.value)) for each in tier.annotations],
        )
        for tier in result.tiers
    ]
