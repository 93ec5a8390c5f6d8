"""What was found in the demo beside what was put in."""

from __future__ import annotations

from illodesk.demo import TrueChange, Truth
from illodesk.schema import AnalysisResult, Utterance

EARLY_S, LATE_S = 3.0, 15.0
"""A change counts as found from a little before its turn begins until its second turn is over: a lasting change can
only be told once it has lasted."""

BOUNDARY_S = 8.0
"""A phase may begin this far from the scripted change of topic: one turn before or after."""


def changes_found(truth: Truth, result: AnalysisResult) -> list[tuple[TrueChange, bool]]:
    """Each scripted change, and whether the result shows it at its time."""
    return [(change, _found(change, truth, result)) for change in truth.changes]


def _found(change: TrueChange, truth: Truth, result: AnalysisResult) -> bool:
    end = truth.turns[change.utterance].t_end

    def near(milliseconds: int) -> bool:
        return change.t - EARLY_S <= milliseconds / 1000 <= max(change.t + LATE_S, end)

    if change.kind == "objection":
        return any(m.category == "objection" and near(m.start_ms) for m in result.moments)
    if change.kind == "commitment":
        return any(m.category == "cta_commit" and near(m.start_ms) for m in result.moments)
    if change.kind == "topic_change":
        return any(abs(p.start_timestamp - change.t) <= BOUNDARY_S for p in result.segmentation.phases[1:])
    sign = 1 if change.kind == "arousal_rise" else -1
    return any(t.drivers.get("arousal", 0.0) * sign > 0 and near(t.at_ms) for t in result.transitions)


def compare(truth: Truth, result: AnalysisResult) -> str:
    """Words, speakers and changes as found beside the script, for reading."""
    names = speaker_names(truth, result)
    lines = [""]
    for turn in truth.turns:
        heard = [u for u in result.timeline if _overlap(u, turn.t_start, turn.t_end) > 0.5 * u.duration_s]
        lines.append(f"{_clock(turn.t_start)} {turn.speaker}: {turn.text}")
        lines += [f"{'':>7}{names.get(u.speaker, u.speaker)}: {u.text}" for u in heard] or [f"{'':>7}(nothing)"]
    lines += ["", f"Speakers: {len(truth.speakers)} scripted, {len(result.speakers)} found."]
    for change, found in changes_found(truth, result):
        kind = change.kind.replace("_", " ")
        lines.append(f"{_clock(change.t)} {kind} by {change.speaker}: {'found' if found else 'missed'}")
    return "\n".join(lines)


def speaker_names(truth: Truth, result: AnalysisResult) -> dict[str, str]:
    """The scripted name of each found speaker: whom it shares most time with."""
    names: dict[str, str] = {}
    for speaker in {u.speaker for u in result.timeline}:
        shared = {
            name: sum(
                _overlap(u, turn.t_start, turn.t_end)
                for u in result.timeline
                for turn in truth.turns
                if u.speaker == speaker and turn.speaker == name
            )
            for name in truth.speakers
        }
        names[speaker] = max(shared, key=lambda name: shared[name])
    return names


def _overlap(utterance: Utterance, start: float, end: float) -> float:
    return max(0.0, min(utterance.t_end, end) - max(utterance.t_start, start))


def _clock(seconds: float) -> str:
    return f"{int(seconds) // 60:02d}:{int(seconds) % 60:02d}"
