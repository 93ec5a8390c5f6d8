"""Corrections laid over a result: the one place that says what an operation does. Pure; nothing is read or written.

A result is shared by whoever reads it and never changed: what differs is copied.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import singledispatchmethod
from typing import Any

from illodesk.operations import (
    AddAnnotation,
    AddMarker,
    AddTier,
    AssignTier,
    DivideUtterance,
    EditAnnotation,
    EditMarker,
    EditText,
    Judge,
    MergeSpeakers,
    Operation,
    ReassignUtterances,
    RemoveAnnotation,
    RemoveMarker,
    RemoveTier,
    RenameSpeaker,
    SetDetails,
)
from illodesk.schema import AnalysisResult, Annotation, Judgement, Marker, Moment, Summary, Tier, Utterance
from illodesk.store.clean import clean_text, one_line
from illodesk.store.dividing import divided
from illodesk.store.errors import InvalidError, NotFoundError, StoreError
from illodesk.store.realign import realign, relocated

SAME_TIME = 0.5
"""What was judged in one run is found in another where at least this share of its time is."""

LONGEST_S = 60.0
"""No utterance is longer than this."""

_NUMBERED = re.compile(r"Speaker_(\d+)")


def apply_edits(result: AnalysisResult, operations: Iterable[Operation]) -> AnalysisResult:
    """``result`` as it is after ``operations``, in their order; ``result`` itself where there are none.

    An operation that has nothing to act on is passed over: one that took part in what another one, undone since, did.
    """
    overlay = None
    for operation in operations:
        overlay = overlay or Overlay(result)
        overlay.replay(operation)
    return overlay.build() if overlay else result


class Overlay:
    """A result and what was done to it so far."""

    def __init__(self, result: AnalysisResult) -> None:
        self._raw = result
        self._timeline = result.timeline
        """As analysed; what was divided as its parts, the later ones at the end."""
        self._parts: dict[str, str] = {}
        """Ids of later parts, to the ids of what they were divided from."""
        self._place: dict[str, int] = {}
        self._speaker: list[str] = []
        for index, utterance in enumerate(result.timeline):
            self._place[utterance.utterance_id] = index
            self._speaker.append(utterance.speaker)
        self._moved: set[int] = set()
        self._members: dict[str, set[int]] = {}
        for index, label in enumerate(self._speaker):
            self._members.setdefault(label, set()).add(index)
        self._used = set(self._members)
        self._texts: dict[int, str] = {}
        self._names: dict[str, str] = {}
        self._into: dict[str, str] = {}
        self._markers: dict[str, Marker] = {}
        self._tiers: dict[str, Tier] = {}
        self._annotations: dict[str, tuple[str, Annotation]] = {}
        self._judgements: dict[tuple[str, str], Judge] = {}

    def apply(self, operation: Operation) -> Operation:
        """Do what ``operation`` says; return it with what it lacked.

        Raises NotFoundError or InvalidError, in the user's words, before anything is changed.
        """
        if isinstance(operation, Judge):
            operation = self._grounded(operation)
        elif isinstance(operation, AddTier) and operation.speaker is not None and self._members:
            self._known(operation.speaker)
        self._do(operation)
        return operation

    def replay(self, operation: Operation) -> None:
        """Do again what was done before, as far as it still can be."""
        try:
            self._do(operation)
        except StoreError:
            return

    @singledispatchmethod
    def _do(self, operation: Any) -> None:
        raise NotImplementedError(operation.kind)

    # --- speakers and text ------------------------------------------------------------------------------------------

    @_do.register
    def _rename(self, operation: RenameSpeaker) -> None:
        self._known(operation.label)
        name = one_line(operation.name)
        if name and name != operation.label:
            self._names[operation.label] = name
        else:
            self._names.pop(operation.label, None)

    @_do.register
    def _merge(self, operation: MergeSpeakers) -> None:
        self._known(operation.into)
        labels = [label for label in dict.fromkeys(operation.labels) if label != operation.into]
        for label in labels:
            self._known(label)
        if not labels:
            raise InvalidError("To merge speakers takes at least two.")
        names = [name for label in labels if (name := self._names.pop(label, ""))]
        if len(names) == 1:
            self._names.setdefault(operation.into, names[0])
        for label in labels:
            self._move(self._members[label], operation.into)
            self._into[label] = operation.into

    @_do.register
    def _reassign(self, operation: ReassignUtterances) -> None:
        places = {self._found(utterance_id) for utterance_id in operation.ids}
        if operation.speaker is not None:
            self._known(operation.speaker)
        self._move(places, operation.speaker or self._new_label())

    @_do.register
    def _edit_text(self, operation: EditText) -> None:
        self._texts[self._found(operation.utterance_id)] = one_line(operation.text)

    @_do.register
    def _divide(self, operation: DivideUtterance) -> None:
        place = self._found(operation.utterance_id)
        if operation.part_id in self._place:
            raise InvalidError("There is such a part already.")
        whole, text = self._timeline[place], self._texts.get(place)
        if text is not None and text != whole.text:
            whole = _corrected(whole, whole.speaker, text)
        first, second = divided(whole, operation.word, operation.part_id)
        self._texts.pop(place, None)
        later = len(self._timeline)
        self._timeline = [*self._timeline[:place], first, *self._timeline[place + 1 :], second]
        self._place[operation.part_id] = later
        self._parts[operation.part_id] = operation.utterance_id
        self._speaker.append(self._speaker[place])
        self._members[self._speaker[place]].add(later)
        if place in self._moved:
            self._moved.add(later)

    def _found(self, utterance_id: str) -> int:
        if utterance_id not in self._place:
            raise NotFoundError(f"There is no utterance {utterance_id[:40]!r} in this analysis.")
        return self._place[utterance_id]

    def _known(self, label: str) -> None:
        if label not in self._members:
            raise NotFoundError(f"There is no speaker {label[:40]!r} in this analysis.")

    def _new_label(self) -> str:
        numbers = [int(found[1]) for label in self._used if (found := _NUMBERED.fullmatch(label))]
        return f"Speaker_{max(numbers, default=-1) + 1}"

    def _move(self, places: set[int], label: str) -> None:
        self._used.add(label)
        self._into.pop(label, None)
        for place in list(places):
            own = self._members[self._speaker[place]]
            own.discard(place)
            if not own:
                del self._members[self._speaker[place]]
            self._speaker[place] = label
            self._moved.add(place)
            self._members.setdefault(label, set()).add(place)

    # --- markers ----------------------------------------------------------------------------------------------------

    @_do.register
    def _add_marker(self, operation: AddMarker) -> None:
        if operation.marker_id in self._markers:
            raise InvalidError("This marker is there already.")
        self._markers[operation.marker_id] = Marker(
            marker_id=operation.marker_id,
            t=operation.t,
            key=one_line(operation.key),
            note=clean_text(operation.note),
        )

    @_do.register
    def _edit_marker(self, operation: EditMarker) -> None:
        marker = self._marker(operation.marker_id)
        new = {
            "t": marker.t if operation.t is None else operation.t,
            "key": marker.key if operation.key is None else one_line(operation.key),
            "note": marker.note if operation.note is None else clean_text(operation.note),
        }
        self._markers[operation.marker_id] = marker.model_copy(update=new)

    @_do.register
    def _remove_marker(self, operation: RemoveMarker) -> None:
        del self._markers[self._marker(operation.marker_id).marker_id]

    def _marker(self, marker_id: str) -> Marker:
        if marker_id not in self._markers:
            raise NotFoundError("There is no such marker; it may have been removed.")
        return self._markers[marker_id]

    # --- annotation -------------------------------------------------------------------------------------------------

    @_do.register
    def _add_tier(self, operation: AddTier) -> None:
        name = one_line(operation.name)
        if not name:
            raise InvalidError("A tier needs a name.")
        if name in self._tiers:
            raise InvalidError(f"There is a tier {name!r} already.")
        vocabulary = [word for text in operation.vocabulary if (word := one_line(text))]
        self._tiers[name] = Tier(name=name, vocabulary=list(dict.fromkeys(vocabulary)), speaker=operation.speaker)

    @_do.register
    def _assign_tier(self, operation: AssignTier) -> None:
        tier = self._tier(operation.name)
        if operation.speaker is not None:
            self._known(operation.speaker)
        self._tiers[tier.name] = tier.model_copy(update={"speaker": operation.speaker})

    @_do.register
    def _remove_tier(self, operation: RemoveTier) -> None:
        tier = self._tier(operation.name)
        del self._tiers[tier.name]
        self._annotations = {key: kept for key, kept in self._annotations.items() if kept[0] != tier.name}

    @_do.register
    def _add_annotation(self, operation: AddAnnotation) -> None:
        if operation.annotation_id in self._annotations:
            raise InvalidError("This annotation is there already.")
        tier = self._tier(operation.tier)
        new = Annotation(
            annotation_id=operation.annotation_id,
            t_start=operation.t_start,
            t_end=operation.t_end,
            value=one_line(operation.value),
        )
        self._put(tier, new)

    @_do.register
    def _edit_annotation(self, operation: EditAnnotation) -> None:
        name, old = self._annotation(operation.annotation_id)
        tier = self._tier(name if operation.tier is None else operation.tier)
        new = {
            "t_start": old.t_start if operation.t_start is None else operation.t_start,
            "t_end": old.t_end if operation.t_end is None else operation.t_end,
            "value": old.value if operation.value is None else one_line(operation.value),
        }
        self._put(tier, old.model_copy(update=new))

    @_do.register
    def _remove_annotation(self, operation: RemoveAnnotation) -> None:
        self._annotation(operation.annotation_id)
        del self._annotations[operation.annotation_id]

    def _tier(self, name: str) -> Tier:
        name = one_line(name)
        if name not in self._tiers:
            raise NotFoundError(f"There is no tier {name[:40]!r}.")
        return self._tiers[name]

    def _annotation(self, annotation_id: str) -> tuple[str, Annotation]:
        if annotation_id not in self._annotations:
            raise NotFoundError("There is no such annotation; it may have been removed.")
        return self._annotations[annotation_id]

    def _put(self, tier: Tier, new: Annotation) -> None:
        if new.t_end <= new.t_start:
            raise InvalidError("An annotation must end after it begins.")
        if tier.vocabulary and new.value not in tier.vocabulary:
            raise InvalidError(f"{new.value!r} is not a value of {tier.name!r}: {', '.join(tier.vocabulary)}.")
        for name, other in self._annotations.values():
            at_once = other.t_start < new.t_end and new.t_start < other.t_end
            if at_once and name == tier.name and other.annotation_id != new.annotation_id:
                raise InvalidError(f"There is an annotation at this time on {tier.name!r} already.")
        self._annotations[new.annotation_id] = (tier.name, new)

    # --- judgements and details -------------------------------------------------------------------------------------

    @_do.register
    def _judge(self, operation: Judge) -> None:
        key = (operation.target, operation.score)
        if operation.verdict is None:
            self._judgements.pop(key, None)
        else:
            self._judgements[key] = operation

    @_do.register
    def _set_details(self, operation: SetDetails) -> None:
        """Kept with the conversation, not in its result."""
        if operation.title is not None and not one_line(operation.title):
            raise InvalidError("A title cannot be empty.")

    def _grounded(self, judge: Judge) -> Judge:
        """A judgement with what it judges: when that was, and what it said."""
        if not judge.target:
            return judge.model_copy(update={"run": self._raw.run})
        about, start, end, judged = self._judged(judge.target, judge.score)
        found = {"run": self._raw.run, "about": about, "t_start": start, "t_end": end, "judged": judged}
        return judge.model_copy(update=found)

    def _judged(self, target: str, score: str) -> tuple[str, float, float, float | str | None]:
        if target in self._place:
            utterance = self._timeline[self._place[target]]
            evidence = utterance.evidence.get(score)
            said = {"emotion": utterance.emotion.dominant, "sentiment": utterance.sentiment.label}
            value = evidence.value if evidence else said.get(score)
            return "utterance", utterance.t_start, utterance.t_end, value
        for moment in self._raw.moments:
            if moment.moment_id == target:
                return "moment", moment.start_ms / 1000, moment.end_ms / 1000, moment.category
        for transition in self._raw.transitions:
            if transition.transition_id == target:
                return "transition", transition.at_ms / 1000, transition.at_ms / 1000, None
        for phase in self._raw.segmentation.phases:
            if phase.phase_id == target:
                return "phase", phase.start_timestamp, phase.end_timestamp, phase.phase_name
        raise NotFoundError(f"There is nothing {target[:40]!r} in this analysis that could be judged.")

    # --- the result -------------------------------------------------------------------------------------------------

    def build(self) -> AnalysisResult:
        """The result with everything that was done."""
        raw, base = self._raw, self._timeline
        speakers = {i for i in self._moved if base[i].speaker != self._speaker[i]}
        texts = {i: text for i, text in self._texts.items() if base[i].text != text}
        update: dict[str, Any] = {
            "speaker_names": {label: name for label, name in self._names.items() if label in self._members},
            "markers": sorted(self._markers.values(), key=lambda marker: marker.t),
            "tiers": self._tiers_now(),
            "judgements": self._judgements_now(),
            "outdated": ["text"] * bool(texts or self._parts) + ["speakers"] * bool(speakers),
        }
        if texts or speakers or self._parts:
            timeline = list(base)
            for i in speakers | texts.keys():
                timeline[i] = _corrected(timeline[i], self._speaker[i], texts.get(i))
            touched = {label for i in speakers | texts.keys() for label in (base[i].speaker, self._speaker[i])}
            touched |= {self._speaker[self._place[part]] for pair in self._parts.items() for part in pair}
            if self._parts:
                timeline.sort(key=lambda utterance: utterance.t_start)
                update |= self._with_parts()
            update["timeline"] = timeline
            if speakers or self._parts:
                update |= self._with_speakers(timeline, touched)
        return _told_by_name(raw.model_copy(update=update), self._into)

    def _with_parts(self) -> dict[str, Any]:
        """What tells of every utterance, and phases, which end with the last part of what they ended with."""
        raw = self._raw
        said = {each.get("utterance_id"): each for each in raw.agent_results}
        parts_of: dict[str, list[str]] = {}
        for part, earlier in self._parts.items():
            if earlier in said:
                said[part] = {**said[earlier], "utterance_id": part}
            parts_of.setdefault(_end_of(self._parts, part), []).append(part)
        phases = []
        for phase in raw.segmentation.phases:
            first, last = (self._place.get(id, -1) for id in (phase.start_utterance_id, phase.end_utterance_id))
            count = sum(len(parts) for whole, parts in parts_of.items() if first <= self._place[whole] <= last)
            ends = [self._timeline[self._place[part]] for part in parts_of.get(phase.end_utterance_id, ())]
            end = max(ends, key=lambda utterance: utterance.t_start, default=None)
            new = {
                "utterance_count": phase.utterance_count + count,
                "end_utterance_id": end.utterance_id if end else phase.end_utterance_id,
            }
            phases.append(phase.model_copy(update=new))
        return {
            "utterances": len(self._timeline),
            "agent_results": [*raw.agent_results, *(said[part] for part in self._parts if part in said)],
            "segmentation": raw.segmentation.model_copy(update={"phases": phases}),
        }

    def _with_speakers(self, timeline: list[Utterance], touched: set[str]) -> dict[str, Any]:
        """What follows from who spoke: profiles, and whose the findings are."""
        # Here and not on top: only corrected speakers need it.
        from illodesk.engine.conduct.profiles import speaker_profiles

        raw = self._raw
        profiles = speaker_profiles(timeline, [p for p in raw.speakers if p.speaker not in touched])
        moments = [m.model_copy(update={"speaker_id": self._whose(m.speaker_id, m.utterance_ids)}) for m in raw.moments]
        by_id = {moment.moment_id: moment for moment in moments}
        transitions = [
            t.model_copy(update={"speaker_id": self._whose(t.speaker_id, t.evidence_utterance_ids)})
            for t in raw.transitions
        ]
        signals = [
            s.model_copy(update={"speaker": self._whose(s.speaker, s.utterance_ids)}) for s in raw.insights.signals
        ]
        key_moments: list[Moment] = [by_id.get(m.moment_id, m) for m in raw.insights.key_moments]
        insights = raw.insights.model_copy(
            update={
                "speaker_profiles": {p.speaker: p for p in profiles},
                "key_moments": key_moments,
                "signals": signals,
            }
        )
        return {"speakers": profiles, "moments": moments, "transitions": transitions, "insights": insights}

    def _whose(self, label: str, utterance_ids: Sequence[str]) -> str:
        """Who said what a finding of ``label`` rests on, as it is now."""
        for utterance_id in utterance_ids:
            place = self._place.get(utterance_id)
            if place is not None and self._timeline[place].speaker == label:
                return self._speaker[place]
        return _end_of(self._into, label)

    def _tiers_now(self) -> list[Tier]:
        by_tier: dict[str, list[Annotation]] = {name: [] for name in self._tiers}
        for name, annotation in self._annotations.values():
            by_tier[name].append(annotation)
        found: list[Tier] = []
        for name, tier in self._tiers.items():
            speaker = None if tier.speaker is None else _end_of(self._into, tier.speaker)
            own = sorted(by_tier[name], key=lambda annotation: annotation.t_start)
            # Without a result, while it is still recorded, nobody has a label yet.
            known = speaker if speaker in self._members or not self._members else None
            found.append(tier.model_copy(update={"speaker": known, "annotations": own}))
        return found

    def _judgements_now(self) -> list[Judgement]:
        found: list[Judgement] = []
        for judge in self._judgements.values():
            fields = judge.model_dump(exclude={"kind", "about"})
            if judge.target and judge.run != self._raw.run:
                fields["target"] = self._again(judge)
            found.append(Judgement(**fields))
        return found

    def _again(self, judge: Judge) -> str:
        """The id, in this run, of what was judged in another one; empty where it is not found."""
        start, end = judge.t_start or 0.0, judge.t_end or 0.0
        spans: list[tuple[float, float, str]] = []
        if judge.about == "utterance":
            timeline = sorted(self._timeline, key=lambda u: u.t_start) if self._parts else self._timeline
            near = bisect_left(timeline, start - LONGEST_S, key=lambda u: u.t_start)
            until = bisect_left(timeline, end, key=lambda u: u.t_start)
            spans = [(u.t_start, u.t_end, u.utterance_id) for u in timeline[near:until]]
        elif judge.about == "moment":
            alike = [m for m in self._raw.moments if m.category == judge.judged]
            spans = [(m.start_ms / 1000, m.end_ms / 1000, m.moment_id) for m in alike]
        shared = [(min(end, b) - max(start, a), found) for a, b, found in spans]
        most, best = max(shared, default=(0.0, ""))
        return best if most > 0 and most >= SAME_TIME * (end - start) else ""


def _end_of(into: dict[str, str], label: str) -> str:
    """Where a label went, by one merge after another."""
    while label in into:
        label = into[label]
    return label


def _corrected(utterance: Utterance, speaker: str, text: str | None) -> Utterance:
    """An utterance with its speaker and text of now."""
    update: dict[str, Any] = {}
    if speaker != utterance.speaker:
        update |= {"speaker": speaker, "speaker_confidence": 1.0}
    if text is not None:
        markers = utterance.lexical_markers
        update |= {
            "text": text,
            "words": realign(utterance.words, text, utterance.t_start, utterance.t_end),
            "edited": True,
            "original_text": utterance.text if utterance.original_text is None else utterance.original_text,
            "lexical_markers": markers.model_copy(update={"hits": relocated(markers.hits, utterance.text, text)}),
        }
    return utterance.model_copy(update=update)


# --- labels in sentences --------------------------------------------------------------------------------------------


def _told_by_name(result: AnalysisResult, into: dict[str, str]) -> AnalysisResult:
    """The result with names in place of labels in everything that is written for people to read."""
    shown = {label: result.name_of(_end_of(into, label)) for label in (*into, *result.speaker_names)}
    if not shown:
        return result
    labels = re.compile(rf"\b({'|'.join(map(re.escape, sorted(shown)))})\b")

    def told(text: str) -> str:
        return labels.sub(lambda found: shown[found[1]], text)

    moments = [m.model_copy(update={"summary": told(m.summary)}) for m in result.moments]
    by_id = {moment.moment_id: moment for moment in moments}
    insights = result.insights
    phases = [
        p.model_copy(
            update={
                "summary": told(p.summary),
                "transition_signal": None if p.transition_signal is None else told(p.transition_signal),
            }
        )
        for p in result.segmentation.phases
    ]
    return result.model_copy(
        update={
            "summary": _summary_told(result.summary, told),
            "moments": moments,
            "transitions": [t.model_copy(update={"summary": told(t.summary)}) for t in result.transitions],
            "insights": insights.model_copy(
                update={
                    "key_moments": [by_id.get(m.moment_id, m) for m in insights.key_moments],
                    "signals": [s.model_copy(update={"rationale": told(s.rationale)}) for s in insights.signals],
                }
            ),
            "segmentation": result.segmentation.model_copy(
                update={
                    "phases": phases,
                    "segmentation_rationale": told(result.segmentation.segmentation_rationale),
                    "key_transitions": [
                        c.model_copy(update={"trigger": told(c.trigger)}) for c in result.segmentation.key_transitions
                    ],
                }
            ),
        }
    )


def _summary_told(summary: Summary, told: Any) -> Summary:
    """Every sentence of the summary through ``told``; ``speaker_dynamics`` is data and keeps its labels."""
    update: dict[str, Any] = {}
    for name, value in summary:
        if isinstance(value, list):
            update[name] = [told(line) for line in value]
        elif isinstance(value, str):
            update[name] = told(value)
    return summary.model_copy(update=update)
