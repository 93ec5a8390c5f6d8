"""What the command line shows: times, tables, progress."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeRemainingColumn
from rich.table import Table

from illodesk.schema import AnalysisResult, Event, StatusEvent

console = Console(highlight=False, emoji=False, markup=False)
errors = Console(stderr=True, highlight=False, emoji=False, markup=False)


def clock(seconds: float) -> str:
    """``m:ss`` or ``h:mm:ss``."""
    whole = int(seconds)
    hours, minutes, rest = whole // 3600, whole // 60 % 60, whole % 60
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"


def table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
    """A plain table."""
    plain = Table(*columns, box=None, pad_edge=False, header_style="bold")
    for row in rows:
        plain.add_row(*row)
    return plain


class AnalysisProgress:
    """One line per analysis: stage, bar, position, time left. On a pipe it says nothing."""

    def __init__(self, quiet: bool = False) -> None:
        self._progress = Progress(
            SpinnerColumn(),
            TextColumn("{task.fields[name]}", markup=False),
            BarColumn(bar_width=28),
            TextColumn("{task.percentage:>3.0f} %"),
            TextColumn("{task.fields[stage]}", markup=False),
            TimeRemainingColumn(elapsed_when_finished=True),
            console=errors,
            disable=quiet or not errors.is_terminal,
            transient=False,
        )

    def __enter__(self) -> AnalysisProgress:
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()

    @contextmanager
    def job(self, name: str) -> Iterator[JobProgress]:
        """Follow one file; the line stays with what became of it."""
        task = self._progress.add_task(name, name=name[:40], stage="Starting", total=1.0)
        yield JobProgress(self._progress, task)


class JobProgress:
    """Turns events into the line of one file."""

    def __init__(self, progress: Progress, task: TaskID) -> None:
        self._progress = progress
        self._task = task

    def event(self, event: Event) -> None:
        """Show where a status event says the analysis is."""
        if isinstance(event, StatusEvent):
            stage = f"{event.stage} {clock(event.position_s)}" if event.position_s else event.stage
            self._progress.update(self._task, completed=event.progress, total=1.0, stage=stage)

    def end(self, words: str) -> None:
        """Leave the line with its outcome."""
        self._progress.update(self._task, completed=1.0, total=1.0, stage=words)


def number(value: float | None, digits: int = 2) -> str:
    """A value, or a dash where there is not enough evidence."""
    return "–" if value is None else f"{value:.{digits}f}"


def print_result(result: AnalysisResult) -> None:
    """A whole result for reading."""
    out = console.print
    out(result.summary.overview, soft_wrap=True)
    for warning in result.media.warnings:
        out(f"Note: {warning}", soft_wrap=True)
    if result.policy.reason:
        out(f"Note: {result.policy.reason}", soft_wrap=True)
    if not result.complete:
        out(f"Stopped early: this covers the first {clock(result.analysed_s)}.")
    draft = [model.name for model in result.models if model.quality]
    if draft:
        out(f"Note: {', '.join(draft)} gives draft quality; read the words with care.", soft_wrap=True)
    out()
    rows = [
        [
            result.name_of(p.speaker),
            clock(p.talk_s),
            f"{100 * p.talk_share:.0f} %",
            str(p.utterances),
            str(p.words),
            number(p.mean_valence),
            number(p.mean_arousal),
            number(p.mean_engagement),
        ]
        for p in result.speakers
    ]
    out(table(["speaker", "talk", "share", "utterances", "words", "valence", "arousal", "engagement"], rows))
    out()
    out("Phases", style="bold")
    for phase in result.segmentation.phases:
        span = f"{clock(phase.start_timestamp)}–{clock(phase.end_timestamp)}"
        out(f"  {span}  {phase.phase_name}: {phase.theme} ({phase.emotional_tone})", soft_wrap=True)
    out()
    out("Moments", style="bold")
    for moment in result.moments:
        when = clock(moment.start_ms / 1000)
        out(f"  {when}  {moment.category}  {result.name_of(moment.speaker_id)}: {moment.summary}", soft_wrap=True)
    for change in result.transitions:
        out(f"  {clock(change.at_ms / 1000)}  transition  {change.summary}", soft_wrap=True)
    if not result.moments and not result.transitions:
        out("  none")
    out()
    out("Transcript", style="bold")
    for u in result.timeline:
        feeling = f"  [{u.emotion.dominant}, {u.emotion.confidence_level}]" if u.emotion.dominant else ""
        who = result.name_of(u.speaker)
        out(f"  {clock(u.t_start)}  {who}: {u.text or '(not understood)'}{feeling}", soft_wrap=True)
    out()
    for title, lines in (
        ("Insights", result.summary.key_insights),
        ("What went well", result.summary.what_went_well),
        ("What went wrong", result.summary.what_went_wrong),
        ("Action items", result.summary.action_items),
        ("Recommendations", result.summary.recommendations),
    ):
        if lines:
            out(title, style="bold")
            for line in lines:
                out(f"  {line}", soft_wrap=True)
