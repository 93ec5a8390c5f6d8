"""What can go wrong with what is kept, in words for the user and a code for programs."""

from __future__ import annotations


class StoreError(Exception):
    """Base of the store's errors. ``str()`` is worded for the user; ``code`` is stable."""

    code = "STORE_ERROR"


class NotFoundError(StoreError):
    """No such conversation, run or bundle."""

    code = "NOT_FOUND"


class InvalidError(StoreError):
    """What was asked for cannot be: an empty name."""

    code = "INVALID"


class ChangedError(StoreError):
    """Something else was changed meanwhile than what is asked for rests on."""

    code = "CHANGED"


class BusyError(StoreError):
    """Another analysis or another program holds what is needed."""

    code = "BUSY"


class EndedError(StoreError):
    """The run has ended already and cannot end again."""

    code = "ENDED"


class UnavailableError(StoreError):
    """The data folder cannot be read or written: rights, a full disk, a missing drive."""

    code = "STORE_UNAVAILABLE"


class DamagedError(StoreError):
    """The database or a bundle is not readable. Nothing was changed."""

    code = "STORE_DAMAGED"


class NewerError(StoreError):
    """The database was written by a newer version. Nothing was changed."""

    code = "STORE_NEWER"


class ExportExistsError(StoreError):
    """The target file of an export is there already and the caller did not ask to overwrite it."""

    code = "EXPORT_EXISTS"


class ExportCancelledError(StoreError):
    """The user stopped an export. Nothing was written."""

    code = "CANCELLED"


class NoMediaError(StoreError):
    """An export needs the recording, and it was not kept."""

    code = "NO_MEDIA"
