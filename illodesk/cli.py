"""The command line: ``illodesk``. Everything heavy is imported by the command that needs it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from illodesk import __version__

OK, FAILED, USAGE, CANCELLED = 0, 1, 2, 130

EXPORT_FORMATS = tuple("json srt vtt txt csv words frames md docx html pdf eaf textgrid flac wav clips".split())


def parser() -> argparse.ArgumentParser:
    """All commands and their options."""
    top = argparse.ArgumentParser(
        prog="illodesk",
        description="Transcribe and analyse conversations, entirely on this machine. Without a command: open the app.",
    )
    top.add_argument("--version", action="version", version=f"illodesk {__version__}")
    commands = top.add_subparsers(dest="command", metavar="COMMAND")

    analyze = commands.add_parser("analyze", help="analyse recordings, or all recordings in folders")
    analyze.add_argument("files", nargs="+", type=Path, metavar="FILE", help="recording or folder")
    analyze.add_argument("--speakers", type=int, metavar="N", help="number of speakers, if you know it (1 to 20)")
    analyze.add_argument("--channels", choices=("auto", "separate", "mix"), default="auto", help="channels to speakers")
    policy_options(analyze)
    analyze.add_argument("--json", action="store_true", help="print each result as one line of JSON")
    analyze.add_argument("--out", type=Path, metavar="DIR", help="also write the results into this folder")
    analyze.add_argument(
        "--format", action="append", choices=EXPORT_FORMATS, metavar="FORMAT", help="with --out: formats (default json)"
    )
    analyze.add_argument("--overwrite", action="store_true", help="with --out: replace files that exist")

    record = commands.add_parser("record", help="record and analyse what is said now")
    record.add_argument("--mic", metavar="DEVICE", help="microphone, by id or part of its name")
    record.add_argument("--no-mic", action="store_true", help="leave the microphone out")
    record.add_argument("--system", nargs="?", const="", metavar="DEVICE", help="system audio too, as its own channel")
    record.add_argument("--file", type=Path, metavar="FILE", help="play a file in place of devices")
    record.add_argument("--title", default="", metavar="TEXT")
    record.add_argument("--consent", default="", metavar="TEXT", help="who agreed to be recorded, and how")
    record.add_argument("--seconds", type=float, metavar="N", help="stop after N seconds; default: until Ctrl+C")
    record.add_argument("--list", action="store_true", help="list the devices and record nothing")
    record.add_argument("--resume", nargs="?", const="", metavar="ID", help="take up a recording that was cut off")
    policy_options(record)

    listing = commands.add_parser("list", help="list conversations")
    listing.add_argument("--limit", type=int, default=50, metavar="N")
    listing.add_argument("--json", action="store_true")

    show = commands.add_parser("show", help="show one conversation")
    show.add_argument("id", help="id or the beginning of it")
    show.add_argument("--run", type=int, metavar="N", help="an earlier analysis of it")
    show.add_argument("--json", action="store_true")

    search = commands.add_parser("search", help="search all transcripts")
    search.add_argument("words", nargs="+", metavar="WORD")
    search.add_argument("--limit", type=int, default=20, metavar="N")
    search.add_argument("--json", action="store_true")

    export_options(commands.add_parser("export", help="write a conversation to a file"))

    delete_options(commands.add_parser("delete", help="delete conversations and every trace of them"))

    demo = commands.add_parser("demo", help="analyse the demo interview and open it")
    demo.add_argument("--headless", action="store_true", help="print what was found beside the truth, open no window")

    serve_options(commands.add_parser("serve", help="run the API server"))
    key_options(commands.add_parser("keys", help="keys that let clients use the server"))

    doctor = commands.add_parser("doctor", help="check versions, devices, models and sound")
    doctor.add_argument("--json", action="store_true")
    return top


def export_options(command: argparse.ArgumentParser) -> None:
    """What to write, and where."""
    command.add_argument("id")
    formats = ", ".join(EXPORT_FORMATS)
    command.add_argument("--format", choices=EXPORT_FORMATS, default="json", metavar="FORMAT", help=formats)
    command.add_argument("--out", type=Path, metavar="FILE", help="file or folder; default: a name in this folder")
    command.add_argument("--run", type=int, metavar="N")
    command.add_argument("--overwrite", action="store_true")
    command.add_argument("--pseudonymise", action="store_true", help="Speaker A, Speaker B, … in place of names")
    command.add_argument("--hide", nargs="+", default=[], metavar="WORD", help="with --pseudonymise: more to take out")
    command.add_argument("--from", dest="start_s", type=float, metavar="S", help="flac, wav: where the clip begins, s")
    command.add_argument("--to", dest="end_s", type=float, metavar="S", help="flac, wav: where the clip ends, s")
    command.add_argument("--audio", action=argparse.BooleanOptionalAction, help="html: the sound, too")
    command.add_argument("--no-words", dest="words", action="store_false", help="eaf, textgrid: no tiers of words")
    command.add_argument("--no-names", dest="names", action="store_false", help="srt, vtt: do not say who speaks")
    command.add_argument("--line-length", type=int, default=42, metavar="N", help="srt, vtt: characters in a line")
    command.add_argument("--lines", type=int, default=2, metavar="N", help="srt, vtt: lines of one subtitle")
    command.add_argument("--word-times", action="store_true", help="vtt: times of the words")
    command.add_argument("--no-times", dest="times", action="store_false", help="txt, md, docx: do not say when")
    command.add_argument("--scores", action=argparse.BooleanOptionalAction, help="txt, md, docx: the scores, too")
    command.add_argument("--delimiter", choices=("comma", "semicolon", "tab"), default="comma", help="tables: of cells")
    command.add_argument("--decimal-comma", action="store_true", help="tables: numbers with a decimal comma")
    command.add_argument("--compact", action="store_true", help="json: without indentation")
    command.add_argument("--paper", choices=("a4", "letter"), default="a4", help="pdf: size of the pages")


def key_options(command: argparse.ArgumentParser) -> None:
    """What can be done with keys."""
    actions = command.add_subparsers(dest="action", metavar="ACTION", required=True)
    listing = actions.add_parser("list", help="list the keys; nobody can list their secrets")
    listing.add_argument("--json", action="store_true")
    make = actions.add_parser("make", help="make a key and print its secret, this once")
    make.add_argument("name", metavar="NAME", help="whose key it is, for you")
    rotate = actions.add_parser("rotate", help="print a new secret; the old one works for 24 hours more")
    rotate.add_argument("id", metavar="ID")
    rotate.add_argument("--now", action="store_true", help="end the old secret at once")
    revoke = actions.add_parser("revoke", help="end a key for good, at once")
    revoke.add_argument("id", metavar="ID")


def delete_options(command: argparse.ArgumentParser) -> None:
    """What to delete."""
    command.add_argument("ids", nargs="+", metavar="ID")
    command.add_argument("--yes", action="store_true", help="do not ask")


def serve_options(command: argparse.ArgumentParser) -> None:
    """Where the server listens, and for whom; what is not named is as the settings say."""
    command.add_argument("--host", metavar="ADDRESS", help="address to listen at; default: this machine only")
    command.add_argument("--port", type=int, metavar="N", help="port to listen at; default 8755, 0 takes a free one")
    command.add_argument("--lan", action="store_true", help="let other machines in; needs a key")
    command.add_argument("--tls-cert", type=Path, metavar="FILE", help="certificate with its chain, PEM")
    command.add_argument("--tls-key", type=Path, metavar="FILE", help="private key of the certificate, PEM")
    command.add_argument("--cors", nargs="+", metavar="ORIGIN", help="web pages that may call it; default: any")


def policy_options(command: argparse.ArgumentParser) -> None:
    """Options of every command that analyses."""
    command.add_argument("--purpose", choices=("customer", "research", "coaching", "medical", "workplace"))
    command.add_argument("--region", choices=("eu", "us", "other"), help="whose law applies")
    command.add_argument("--text-only", action="store_true", help="infer nothing from the voice")
    command.add_argument("--language", metavar="TAG", help="language of the speech, e.g. en")
    command.add_argument("--context", default="", metavar="TEXT", help="what the analysis should focus on")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status: 0 done, 1 failed, 2 wrong usage, 130 stopped with Ctrl+C."""
    options = parser().parse_args(arguments)
    if options.command is None:
        return open_app()
    from pydantic import ValidationError

    from illodesk import commands
    from illodesk.desk import DeskError
    from illodesk.settings import what_is_wrong

    try:
        return int(getattr(commands, f"run_{options.command}")(options))
    except DeskError as error:
        print(f"illodesk: {error}", file=sys.stderr)
        return FAILED
    except ValidationError as error:
        print(f"illodesk: {what_is_wrong(error)}", file=sys.stderr)
        return USAGE
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return CANCELLED
    except BrokenPipeError:  # the reader of our output went away, as with `| head`
        sys.stderr.close()
        return OK


def open_app(conversation_id: str | None = None) -> int:
    """Open the window, with a conversation selected when one is named."""
    from illodesk.lasting import making_many

    with making_many():  # a sixth of the start would go into searching what is imported
        from illodesk.app_server import AppServer
        from illodesk.ui.app import run

    return int(run(conversation_id, AppServer))


if __name__ == "__main__":
    sys.exit(main())
