"""What earlier processes left unfinished: sessions that are taken up, and partial uploads that nobody will finish."""

from __future__ import annotations

import logging
import shutil
from pathlib import Path

from illodesk.desk import Desk, DeskError
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
