"""What each command does. Each takes the parsed options and returns an exit status."""

from __future__ import annotations

import json
import signal
import sys
import threading
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import Literal

from illodesk.cli import CANCELLED, FAILED, OK, open_app
from illodesk.desk import MEDIA_SUFFIXES, ChannelSpec, Desk, DeskError, ExportOptions, KeyRecord
from illodesk.schema import AnalysisOptions
from illodesk.settings import Settings
from illodesk.terminal import AnalysisProgress, clock, console, errors, print_result, table


def run_analyze(options: Namespace) -> int:
    """Analyse files and folders one after another; a bad file does not stop the rest."""
    files = list(sources(options.files))
    if not files:
        raise DeskError("There are no recordings in what you named.")
    failed = 0
    with Desk.open() as desk, ctrl_c() as stop, AnalysisProgress(quiet=options.json) as progress:
        wanted = analysis_options(desk, options)
        for file in files:
            if stop.is_set():
                break
            with progress.job(file.name) as line:
                try:
                    key = desk.analyse(file, wanted, on_event=line.event, cancelled=stop.is_set)
                except DeskError as error:
                    failed += 1
                    line.end("failed")
                    errors.print(f"{file}: {error}", soft_wrap=True)
                    continue
                result = desk.result(key)
                line.end("done" if result.complete else "stopped early, kept")
            if options.json:
                print(result.model_dump_json(), flush=True)
            elif len(files) == 1:
                console.print(f"{key}  {file.name}")
                print_result(result)
            else:
                console.print(f"{key}  {clock(result.analysed_s)}  {result.utterances} utterances  {file.name}")
            for format_ in (options.format or ["json"]) if options.out else []:
                errors.print(f"wrote {desk.export(key, format_, options.out, overwrite=options.overwrite)}")
    if stop.is_set():
        errors.print("Stopped. What was analysed is kept.")
        return CANCELLED
    if failed and len(files) > 1:
        errors.print(f"{failed} of {len(files)} could not be analysed.")
    return FAILED if failed else OK


def sources(paths: list[Path]) -> Iterator[Path]:
    """Files as named, and what looks like a recording inside folders, in order of name."""
    for path in paths:
        if path.is_dir():
            found = (p for p in sorted(path.rglob("*")) if p.suffix.lower() in MEDIA_SUFFIXES and p.is_file())
            yield from (p for p in found if not p.name.startswith("."))
        else:
            yield path


def analysis_options(desk: Desk, options: Namespace) -> AnalysisOptions:
    """Options of the command line over those of the settings."""
    named = {"purpose": options.purpose, "region": options.region, "language": options.language}
    return desk.default_options(
        **{key: value for key, value in named.items() if value is not None},
        speakers=getattr(options, "speakers", None),
        channels=getattr(options, "channels", "auto"),
        context=options.context,
        **({"text_only": True} if options.text_only else {}),
    )


KEEPING = "Stopping; what was analysed will be kept. Press Ctrl+C again to stop at once."


@contextmanager
def ctrl_c(words: str = KEEPING) -> Iterator[threading.Event]:
    """The first Ctrl+C asks to stop and keep what was done; the second stops at once."""
    stop = threading.Event()

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()
        errors.print(words)

    before = signal.signal(signal.SIGINT, interrupt)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, before)


def run_record(options: Namespace) -> int:
    """Record and analyse until Ctrl+C; the recorder goes on by itself should this process die."""
    from illodesk.meters import follow

    with Desk.open() as desk:
        if options.list:
            devices = desk.devices()
            rows = [[d.kind, d.name + (" (default)" if d.default else ""), d.id] for d in devices]
            console.print(table(["kind", "name", "id"], rows))
            return OK
        if options.resume is None:
            for left in desk.unfinished():
                state = "is still being recorded" if left.running else "was cut off"
                errors.print(f"{left.conversation_id} {state}. Take it up with: illodesk record --resume")
            channels = channels_of(desk, options)
            wanted = analysis_options(desk, options)
            session = desk.record(
                channels,
                wanted.model_copy(update={"channels": "separate"}) if len(channels) > 1 else wanted,
                title=options.title,
                consent=options.consent,
            )
        else:
            session = desk.resume(options.resume or oldest_unfinished(desk))
        with ctrl_c("Stopping; the rest is analysed and kept. Press Ctrl+C again to leave at once.") as stop:
            follow(session, stop, options.seconds)
        if session.state != "completed":
            raise DeskError("The recording could not be analysed. It is kept; see: illodesk list")
        console.print(f"\n{session.id}")
        print_result(desk.result(session.id))
    return OK


def oldest_unfinished(desk: Desk) -> str:
    """The recording that waits longest."""
    left = desk.unfinished()
    if not left:
        raise DeskError("No recording was cut off.")
    return left[0].conversation_id


def channels_of(desk: Desk, options: Namespace) -> list[ChannelSpec]:
    """What to record, as the options say."""
    if options.file is not None:
        if not options.file.is_file():
            raise DeskError(f"There is no file {options.file}.", "NOT_FOUND")
        return [ChannelSpec(name=options.file.name, kind="file", device=str(options.file.absolute()))]
    wanted: list[tuple[Literal["microphone", "system"], str]] = []
    if not options.no_mic:
        wanted.append(("microphone", options.mic or ""))
    if options.system is not None:
        wanted.append(("system", options.system))
    if not wanted:
        raise DeskError("There is nothing to record: name a source.")
    names = {"microphone": "mine", "system": "theirs"}
    return [
        ChannelSpec(name=names[kind], kind=kind, device=device_id(desk, kind, name) if name else "")
        for kind, name in wanted
    ]


def device_id(desk: Desk, kind: str, name: str) -> str:
    """Id of the one device of a kind that is called so."""
    devices = [d for d in desk.devices() if d.kind == kind]
    found = [d for d in devices if d.id == name] or [d for d in devices if name.lower() in d.name.lower()]
    if len(found) != 1:
        there = ", ".join(d.name for d in devices) or "none"
        raise DeskError(f"{'Several devices are' if found else 'No device is'} called {name}. There are: {there}.")
    return found[0].id


def run_list(options: Namespace) -> int:
    """Conversations, newest first."""
    with Desk.open() as desk:
        rows = desk.conversations(limit=options.limit)
    if options.json:
        print(json.dumps([row.model_dump(mode="json") for row in rows], indent=1))
    elif not rows:
        console.print("No conversations yet. Try: illodesk demo")
    else:
        console.print(
            table(
                ["id", "date", "length", "state", "title"],
                [
                    [row.id, f"{row.created_at:%Y-%m-%d %H:%M}", clock(row.duration_s or 0), row.state, row.title]
                    for row in rows
                ],
            )
        )
    return OK


def run_show(options: Namespace) -> int:
    """One conversation for reading, or as JSON."""
    with Desk.open() as desk:
        result = desk.result(desk.find(options.id), options.run)
    if options.json:
        print(result.model_dump_json(indent=1))
    else:
        print_result(result)
    return OK


def run_search(options: Namespace) -> int:
    """Utterances that hold all the words."""
    with Desk.open() as desk:
        hits = desk.search(" ".join(options.words), limit=options.limit)
    if options.json:
        print(json.dumps([hit.model_dump(mode="json") for hit in hits], indent=1))
    elif not hits:
        console.print("Nothing found.")
    else:
        rows = [[h.conversation_id, clock(h.t_start), h.speaker, h.snippet] for h in hits]
        console.print(table(["conversation", "time", "speaker", "text"], rows))
    return OK if hits else FAILED


def run_export(options: Namespace) -> int:
    """Write one conversation in one format."""
    with Desk.open() as desk:
        key = desk.find(options.id)
        wanted = ExportOptions(**{name: getattr(options, name) for name in ExportOptions.model_fields})
        with ctrl_c("Stopping …") as stop:
            written = desk.export(
                key,
                options.format,
                options.out or Path(),
                run=options.run,
                overwrite=options.overwrite,
                options=wanted,
                cancelled=stop.is_set,
            )
    console.print(f"wrote {written}", soft_wrap=True)
    return OK


def run_delete(options: Namespace) -> int:
    """Delete for good, after a question."""
    with Desk.open() as desk:
        found = [desk.conversation(desk.find(each)) for each in options.ids]
        for row in found:
            console.print(f"{row.id}  {row.title}")
        if not options.yes:
            if not sys.stdin.isatty():
                raise DeskError("Deleting cannot be undone. Say --yes if you mean it.")
            answer = input("Delete with recording and all analyses? This cannot be undone. [y/N] ")
            if answer.lower() not in ("y", "yes"):
                return CANCELLED
        count = desk.delete(*(row.id for row in found))
    console.print(f"Deleted {count}.")
    return OK


def run_demo(options: Namespace) -> int:
    """Analyse the demo interview for real; print it beside its truth, or open it."""
    from illodesk.demo import load_demo
    from illodesk.demo_check import compare

    path, truth = load_demo()
    with Desk.open() as desk, ctrl_c() as stop, AnalysisProgress() as progress, progress.job("demo interview") as line:
        wanted = desk.default_options()
        key = desk.analyse(path, wanted, title="Demo interview", on_event=line.event, cancelled=stop.is_set)
        result = desk.result(key)
        line.end("done")
    if stop.is_set():
        return CANCELLED
    print_result(result)
    console.print("\nThe demo's script beside what was found", style="bold")
    console.print(compare(truth, result), soft_wrap=True)
    if not options.headless and has_display():
        return open_app(key)
    return OK


def has_display() -> bool:
    """Whether a window can be shown."""
    import os

    return sys.platform in ("win32", "darwin") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def run_serve(options: Namespace) -> int:
    """Serve the API until Ctrl+C or SIGTERM. The first lets running requests end, the second stops at once."""
    from illodesk.server.leftovers import analyse_again, cut_off, recover
    from illodesk.server.logs import log_to
    from illodesk.server.serving import Server

    settings = serve_settings(options)
    log_to()
    with Desk.open(settings) as desk:
        server = Server(desk)
        with stop_signals(server.hurry) as stop:
            recovered, runs = recover(desk), cut_off(desk)
            server.start()
            desk.warm_up()
            if not any(key.revoked_at is None for key in desk.keys()):  # noqa: SIM118
                _, secret = desk.make_key("first key")
                print(f"Made a first key, which is shown only now: {secret}")
            if recovered or runs:
                taken_up = [*recovered, *(run.conversation_id for run in runs)]
                print(f"Taken up after an interruption: {', '.join(taken_up)}")
            again = threading.Thread(target=analyse_again, args=(desk, runs, stop.is_set))
            again.start()
            print(f"IlloDesk serves at {', '.join([server.address, *server.lan_addresses()])}")
            print(f"How to use it: {server.address}/docs", flush=True)
            while not stop.wait(1.0):
                pass
            server.stop(settings.drain_s)
            again.join()
    return OK


def serve_settings(options: Namespace) -> Settings:
    """The settings with what the command line names instead. Raises pydantic's ValidationError."""
    named = {
        "server_host": options.host or ("0.0.0.0" if options.lan else None),  # noqa: S104
        "server_port": options.port,
        "allow_lan": options.lan or None,
        "tls_cert": options.tls_cert,
        "tls_key": options.tls_key,
        "cors_origins": options.cors,
    }
    return Settings(**{name: value for name, value in named.items() if value is not None})


@contextmanager
def stop_signals(hurry: Callable[[], None]) -> Iterator[threading.Event]:
    """The first SIGINT or SIGTERM asks to stop; each further one calls ``hurry``."""
    stop = threading.Event()

    def told(_number: int, _frame: FrameType | None) -> None:
        if stop.is_set():
            hurry()
        stop.set()

    before = {number: signal.signal(number, told) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def run_keys(options: Namespace) -> int:
    """Make, list, rotate and revoke keys; what changes holds in a running server at once."""
    with Desk.open() as desk:
        if options.action == "list":
            print_keys(desk.keys(), as_json=options.json)
        elif options.action == "make":
            key, secret = desk.make_key(options.name)
            errors.print(f"Key {key.id} for {key.name}. Its secret is shown this once; keep it safe:", soft_wrap=True)
            print(secret)
        elif options.action == "rotate":
            key, secret = desk.rotate_key(options.id, 0.0) if options.now else desk.rotate_key(options.id)
            until = f"until {local(key.previous_until)}" if key.previous_until else "no longer"
            errors.print(f"Key {key.id} for {key.name}. The old secret works {until}. The new one:", soft_wrap=True)
            print(secret)
        else:
            key = desk.revoke_key(options.id)
            errors.print(f"Revoked: key {key.id} for {key.name}.", soft_wrap=True)
    return OK


def print_keys(keys: list[KeyRecord], *, as_json: bool) -> None:
    """All keys with what became of them."""
    if as_json:
        print(json.dumps([key.model_dump(mode="json") for key in keys], indent=1))
    elif not keys:
        console.print("No keys yet. Make one with: illodesk keys make NAME")
    else:
        rows = [[key.id, local(key.created_at), local(key.last_used_at), key_state(key), key.name] for key in keys]
        console.print(table(["id", "made", "last used", "state", "name"], rows))


def key_state(key: KeyRecord) -> str:
    """Whether a key is good, in words."""
    if key.revoked_at is not None:
        return f"revoked {local(key.revoked_at)}"
    if key.previous_until is not None and key.previous_until > datetime.now(UTC):
        return f"good; old secret until {local(key.previous_until)}"
    return "good"


def local(time: datetime | None) -> str:
    """A time by the clock on the wall; a dash where there is none."""
    return "–" if time is None else f"{time.astimezone():%Y-%m-%d %H:%M}"


def run_doctor(options: Namespace) -> int:
    """What is there, what is missing, and how to get it."""
    from illodesk.doctor import examine

    findings = examine()
    if options.json:
        print(json.dumps([finding.__dict__ for finding in findings], indent=1))
    else:
        for finding in findings:
            console.print(f"{finding.status:<8} {finding.topic}: {finding.text}", soft_wrap=True)
            if finding.remedy:
                console.print(f"{'':<8} {finding.remedy}", soft_wrap=True)
    return FAILED if any(finding.status == "problem" for finding in findings) else OK
