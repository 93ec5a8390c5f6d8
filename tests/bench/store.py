"""How fast a large library answers: ``python -m tests.bench.store [--conversations N] [--utterances M] [--json]``.

Scaled down from the goal of two million utterances: 10,000 conversations with 200,000 utterances, unless told
otherwise. Rows are entered as the store enters them, without writing bundles, which would only make the disk busy.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path
from statistics import quantiles

import numpy as np

from illodesk.lasting import making_many
from illodesk.operations import EditText, ReassignUtterances, RenameSpeaker
from illodesk.schema import AnalysisOptions, AnalysisResult, Emotion, Utterance, Word
from illodesk.store import Filter, Store, catalogue
from illodesk.store.database import Database
from illodesk.store.overlay import apply_edits
from illodesk.store.store import DATABASE
from illodesk.store.tables import ConversationRow, RunRow, TagRow
from illodesk.store.tracks import TrackWriter, open_track
from tests.bench.report import Report

# A vocabulary with the skew of speech: few words everywhere, many words seldom (Zipf).
_SYLLABLES = ["ba", "do", "ki", "lu", "me", "no", "pa", "ri", "se", "tu", "vo", "zü"]
STREAM = 1_000_000
"""Words that are drawn once; every utterance is a piece of them from anywhere."""
_LINE = Utterance(
    utterance_id="utt", speaker="Speaker_0", t_start=0.0, t_end=1.0, text="", emotion=Emotion(valence=0.1)
)


def main() -> int:
    """Fill a library, measure, report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--conversations", type=int, default=10_000)
    parser.add_argument("--utterances", type=int, default=200_000)
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    report = Report(f"Library of {chosen.conversations} conversations, {chosen.utterances} utterances")
    with tempfile.TemporaryDirectory() as folder:
        data_dir = Path(folder)
        begun = time.perf_counter()
        words = fill(data_dir, chosen.conversations, chosen.utterances)
        report.note("fill", time.perf_counter() - begun, "s")
        report.note("database", (data_dir / DATABASE).stat().st_size / 1e6, "MB")
        opened = time.perf_counter()
        with Store(data_dir) as store:
            report.note("open", 1000 * (time.perf_counter() - opened), "ms")
            measure(store, words, chosen.conversations, report)
        measure_tracks(data_dir, report)
    return report.finish("json" if chosen.json else "table")


def measure(store: Store, words: list[str], conversations: int, report: Report) -> None:
    """List and search in every way that the library offers; then delete one conversation."""
    lists: dict[str, Callable[[], object]] = {
        "list first page": lambda: store.list_conversations(100),
        "list last page": lambda: store.list_conversations(100, conversations - 100),
        "list by title": lambda: store.list_conversations(100, sort="title", descending=False),
        "list by length": lambda: store.list_conversations(100, sort="duration_s"),
        "list by tag": lambda: store.list_conversations(100, filter=Filter(tag="tag3")),
        "list by text": lambda: store.list_conversations(100, filter=Filter(text="call 77")),
        "count": store.count,
    }
    for name, call in lists.items():
        report.at_most(f"{name} p95", slowest(call), 50, "ms")
    some = store.list_conversations(1, conversations // 2)[0].id
    searches: dict[str, Callable[[], object]] = {
        "search most common word": lambda: store.search(words[0] + " "),
        "search rare word": lambda: store.search(words[-50]),
        "search two common words": lambda: store.search(f"{words[0]} {words[1]}"),
        "search common and rare": lambda: store.search(f"{words[0]} {words[-60]}"),
        "search one letter": lambda: store.search(words[0][0]),
        "search two letters": lambda: store.search(words[5][:2]),
        "search phrase": lambda: store.search(f'"{words[0]} {words[1]}"'),
        "search nothing found": lambda: store.search(f"{words[0]} absent"),
        "search far page": lambda: store.search(words[0], offset=5000),
        "search in one conversation": lambda: store.search(words[0][0], some),
    }
    for name, call in searches.items():
        report.at_most(f"{name} p95", slowest(call), 100, "ms")
    long = AnalysisResult(timeline=[utterance(index, random.Random(index), words[:9]) for index in range(5000)])
    run = store.start_run(store.add_conversation("A long one").id)
    begun = time.perf_counter()
    store.finish_run(run.id, long)
    report.note("keep 5,000 utterances", time.perf_counter() - begun, "s")
    begun = time.perf_counter()
    store.result(run.conversation_id)
    report.note("read 5,000 utterances", time.perf_counter() - begun, "s")
    measure_edits(store, run.conversation_id, report)
    begun = time.perf_counter()
    store.trash(some)
    report.note("put one into the trash", 1000 * (time.perf_counter() - begun), "ms")
    begun = time.perf_counter()
    store.delete(some)
    report.note("delete one, every trace", time.perf_counter() - begun, "s")


def measure_edits(store: Store, conversation_id: str, report: Report) -> None:
    """Correct a long conversation: one change, and five hundred that are laid over it at each reading."""
    with making_many():  # as the window opens a conversation
        analysed = store.result(conversation_id)
    ids, labels = [u.utterance_id for u in analysed.timeline], sorted({u.speaker for u in analysed.timeline})
    some = random.Random(4)
    texts = [EditText(utterance_id=some.choice(ids), text=f"corrected {number}") for number in range(250)]
    moves = [ReassignUtterances(ids=[some.choice(ids)], speaker=some.choice(labels)) for _ in range(249)]
    begun = time.perf_counter()
    store.apply(conversation_id, RenameSpeaker(label=labels[0], name="Anna"))
    report.note("apply one edit to 5,000 utterances", 1000 * (time.perf_counter() - begun), "ms")
    store.apply(conversation_id, *texts, *moves)
    edits = [entry.operation for entry in store.history(conversation_id)]
    report.at_most("lay 500 edits over them", slowest(lambda: apply_edits(analysed, edits), 20), 50, "ms")
    report.note("read with 500 edits", slowest(lambda: store.result(conversation_id), 20), "ms")
    begun = time.perf_counter()
    store.undo(conversation_id)
    report.note("undo 499 edits at once", 1000 * (time.perf_counter() - begun), "ms")


def measure_tracks(folder: Path, report: Report) -> None:
    """Write and map ten hours of 10 ms frames."""
    block = np.zeros((100, 12), dtype=np.float32)
    begun = time.perf_counter()
    with TrackWriter(folder, "long", [f"c{i}" for i in range(12)], 0.01) as writer:
        for _ in range(36_000):
            writer.append(block)
    report.note("write 10 h of frames", time.perf_counter() - begun, "s")
    begun = time.perf_counter()
    open_track(folder / "long.npy").frames[1_800_000:1_800_100].mean()
    report.note("open and look into them", 1000 * (time.perf_counter() - begun), "ms")


def slowest(call: Callable[[], object], times: int = 60) -> float:
    """95th percentile of ``times`` calls after a first one, ms."""
    call()
    taken: list[float] = []
    for _ in range(times):
        begun = time.perf_counter()
        call()
        taken.append(1000 * (time.perf_counter() - begun))
    return quantiles(taken, n=20)[-1]


def fill(data_dir: Path, conversations: int, utterances: int) -> list[str]:
    """Make the library; return its vocabulary, most common word first."""
    rng = random.Random(7)
    words = list(dict.fromkeys("".join(rng.choices(_SYLLABLES, k=rng.randint(1, 4))) for _ in range(12_000)))
    weights = list(accumulate(1 / (rank + 1) for rank in range(len(words))))
    stream = rng.choices(words, cum_weights=weights, k=STREAM)
    Store(data_dir).close()
    database = Database(data_dir / DATABASE)
    made = datetime(2026, 1, 1, tzinfo=UTC)
    options = AnalysisOptions().model_dump(mode="json")
    try:
        for first in range(0, conversations, 200):
            with database.write() as session:
                for number in range(first, min(first + 200, conversations)):
                    conversation = ConversationRow(
                        id=f"analysis_{number:010x}",
                        title=f"Call {number} about {rng.choice(words)}",
                        folded="",
                        created_at=made + timedelta(minutes=number),
                        purpose="research",
                        region="eu",
                        duration_s=rng.uniform(60, 7200),
                        state="complete",
                    )
                    catalogue.refold(conversation)
                    session.add(conversation)
                    session.add(TagRow(conversation_id=conversation.id, name=f"tag{number % 40}"))
                    run = RunRow(
                        conversation_id=conversation.id,
                        number=1,
                        created_at=made,
                        state="complete",
                        app_version="0",
                        options=options,
                        artifact_folder="runs/1",
                        owner_pid=0,
                        owner_started="",
                    )
                    session.add(run)
                    session.flush()
                    assert run.id is not None
                    count = utterances * (number + 1) // conversations - utterances * number // conversations
                    timeline = [line(index, rng, stream) for index in range(count)]
                    catalogue.insert_result(session, run.id, AnalysisResult(timeline=timeline))
                    catalogue.make_current(session, conversation, run.id)
        database.checkpoint()
    finally:
        database.close()
    for number in range(conversations):
        (data_dir / "conversations" / f"analysis_{number:010x}").mkdir()
    return words


def line(index: int, rng: random.Random, stream: list[str]) -> Utterance:
    """One utterance of 3 to 20 words as the tables take it in: without the times of its words, and not checked anew."""
    begin = rng.randrange(len(stream) - 20)
    start = 4.0 * index
    said = {"utterance_id": f"utt_{index}", "speaker": f"Speaker_{index % 2}", "t_start": start, "t_end": start + 3.5}
    return _LINE.model_copy(update={**said, "text": " ".join(stream[begin : begin + rng.randint(3, 20)])})


def utterance(index: int, rng: random.Random, words: list[str]) -> Utterance:
    """One whole utterance of 3 to 20 words."""
    said = rng.choices(words, k=rng.randint(3, 20))
    start = 4.0 * index
    return Utterance(
        utterance_id=f"utt_{index}",
        speaker=f"Speaker_{index % 2}",
        t_start=start,
        t_end=start + 3.5,
        text=" ".join(said),
        words=[Word(text=word, t_start=start + 0.1 * i, t_end=start + 0.1 * i + 0.1) for i, word in enumerate(said)],
        emotion=Emotion(valence=rng.uniform(-1, 1)),
    )


if __name__ == "__main__":
    sys.exit(main())
