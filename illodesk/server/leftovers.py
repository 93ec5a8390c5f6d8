"""What earlier processes left unfinished: sessions that are taken up, analyses that are done again, and partial uploads
that nobody will finish."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable
from pathlib import Path

from illodesk.desk import Desk, DeskError, Run
from illodesk.process import Owner

UPLOADS = "uploads"

log = logging.getLogger(__name__)


def own_folder(data_dir: Path) -> Path:
    """Where this process puts uploads while they come; named so that others can tell whether it still lives."""
    return data_dir / UPLOADS / str(Owner.this_process())


def remove_partial_uploads(data_dir: Path) -> None:
    """Remove what came in to processes that are gone. Their senders were never told that it arrived."""
    for folder in (data_dir / UPLOADS).glob("*"):
        owner = Owner.parse(folder.name)
        if owner is None or not owner.alive():
            shutil.rmtree(folder, ignore_errors=True)


def recover(desk: Desk) -> list[str]:
    """Take up sessions that were cut off, and return their ids. What a living process or recorder works on is left
    alone. A session that cannot be taken up stays as it is: its sound is kept, and the next start tries again."""
    taken = []
    for left in desk.unfinished():
        try:
            if left.running or desk.conversation(left.conversation_id).state == "analysing":
                continue
            desk.resume(left.conversation_id)
        except DeskError as error:
            log.error("A session could not be taken up.", extra={"fields": {"code": error.code}})
        else:
            taken.append(left.conversation_id)
    return taken


def cut_off(desk: Desk) -> list[Run]:
    """Analyses of whole recordings that ended with their process, where the recording was kept. Sessions are no such
    analyses: ``recover`` takes them up."""
    found = []
    for run in desk.interrupted():
        try:
            kept = desk.media_path(run.conversation_id) is not None
        except DeskError:
            continue  # its conversation was deleted meanwhile
        if kept and run.state == "failed" and desk.event_log(run.conversation_id) is None:
            found.append(run)
    return found


def analyse_again(desk: Desk, runs: list[Run], cancelled: Callable[[], bool]) -> None:
    """Do analyses again, one after the other. Once ``cancelled()`` is true the rest is left to who asks for it."""
    for run in runs:
        if cancelled():
            return
        try:
            limit_s = desk.settings.analysis_time_limit_s
            desk.reanalyse(run.conversation_id, run.options, cancelled=cancelled, time_limit_s=limit_s)
        except DeskError as error:
            log.error("An analysis that was cut off could not be done again.", extra={"fields": {"code": error.code}})
