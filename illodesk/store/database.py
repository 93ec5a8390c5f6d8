"""Opens the library's database: pragmas, checks, migrations. Nothing here knows what is in the tables."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from illodesk.store.errors import BusyError, DamagedError, NewerError, StoreError, UnavailableError

HEAD = "0007"
"""The newest migration; known here so that an up-to-date start needs no Alembic."""

BUSY_TIMEOUT_S = 15.0
MIGRATIONS = Path(__file__).parent / "migrations"


class Database:
    """One SQLite file, open to several threads here and to other processes."""

    def __init__(self, path: Path) -> None:
        """Open or create the file and bring it to :data:`HEAD`.

        Raises DamagedError and NewerError without having changed anything, UnavailableError when the folder cannot
        be used.
        """
        self.path = path
        self._engine = _engine(path)
        try:
            with explained(path):
                self._prepare()
        except BaseException:
            self._engine.dispose()
            raise

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that sees one state of the database."""
        with explained(self.path), Session(self._engine) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A session that holds the write lock from its start and commits at its end.

        Taking the lock first matters: a reader that turns writer while another one wrote fails at once in WAL mode,
        whatever the busy timeout.
        """
        engine = self._engine.execution_options(write=True)
        with explained(self.path), Session(engine, expire_on_commit=False) as session, session.begin():
            yield session

    def checkpoint(self) -> None:
        """Write the log back into the database and empty it; does what it can while others read."""
        with explained(self.path), self._raw() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    @contextmanager
    def versions(self) -> Iterator[Callable[[], int]]:
        """A number to ask for that is another one after another connection has written, here or in another process."""

        def version() -> int:
            with explained(self.path):
                return int(connection.exec_driver_sql("PRAGMA data_version").scalar_one())

        with self._raw() as connection:
            yield version

    def problems(self) -> list[str]:
        """What SQLite's own check of the whole file finds; reads all of it."""
        with explained(self.path), self._raw() as connection:
            rows = connection.exec_driver_sql("PRAGMA quick_check").all()
        return [str(row[0]) for row in rows if row[0] != "ok"]

    @contextmanager
    def _raw(self) -> Iterator[Connection]:
        """A connection outside any transaction."""
        with self._engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            yield connection

    def _prepare(self) -> None:
        with self._raw() as connection:
            version = _version(connection, self.path)
            _use_wal(connection)
        if version != HEAD:
            self._migrate()

    def _migrate(self) -> None:
        # Here and not on top: 0.4 s that only a migration needs.
        from alembic import command
        from alembic.config import Config
        from alembic.script import ScriptDirectory

        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
        config.set_main_option("path_separator", "os")
        known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
        with self._raw() as connection:
            # Batch migrations rebuild tables that others point at. SQLite ignores this inside a transaction.
            connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
            # The write lock of the database is the lock between processes that start at once.
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            try:
                version = _version(connection, self.path)
                if version is not None and version not in known:
                    msg = (
                        f"This library was written by a newer version of IlloDesk (its database is at {version}, "
                        f"this version knows {HEAD}). Update IlloDesk, or choose another data folder: {self.path}"
                    )
                    raise NewerError(msg)
                config.attributes["connection"] = connection
                command.upgrade(config, "head")
                broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
                if broken is not None:
                    msg = f"The library could not be brought to this version; it was left as it was: {self.path}"
                    raise DamagedError(msg)
                connection.exec_driver_sql("COMMIT")
            except BaseException:
                connection.exec_driver_sql("ROLLBACK")
                raise
            finally:
                connection.exec_driver_sql("PRAGMA foreign_keys = ON")


def _engine(path: Path) -> Engine:
    engine = create_engine(URL.create("sqlite", database=str(path)), connect_args={"timeout": BUSY_TIMEOUT_S})

    @event.listens_for(engine, "connect")
    def set_up(connection: sqlite3.Connection, _record: Any) -> None:
        connection.isolation_level = None  # the driver starts no transactions of its own; "begin" below does
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA secure_delete = ON")  # what is deleted is overwritten, not just unlinked

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        if options.get("isolation_level") != "AUTOCOMMIT":
            connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("write") else "BEGIN")

    return engine


def _version(connection: Connection, path: Path) -> str | None:
    """The migration that the database is at; None when it is empty. Reads only."""
    tables = {row[0] for row in connection.exec_driver_sql("SELECT name FROM sqlite_master").all()}
    if not tables:
        return None
    rows = (
        connection.exec_driver_sql("SELECT version_num FROM alembic_version").all()
        if "alembic_version" in tables
        else []
    )
    if len(rows) != 1:
        msg = f"This database is not a library of IlloDesk; nothing was changed: {path}"
        raise DamagedError(msg)
    return str(rows[0][0])


def _use_wal(connection: Connection) -> None:
    """Switch to write-ahead logging; the switch does not wait for locks by itself."""
    deadline = time.monotonic() + BUSY_TIMEOUT_S
    while True:
        try:
            connection.exec_driver_sql("PRAGMA journal_mode = WAL")
        except DBAPIError as error:
            if "locked" not in str(error.orig) or time.monotonic() > deadline:
                raise
            time.sleep(0.02)
        else:
            return


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn the database's own errors into the store's."""
    try:
        yield
    except DBAPIError as error:
        explanation = _explain(error.orig, path)
        if explanation is None:
            raise
        raise explanation from error


def _explain(error: BaseException | None, path: Path) -> StoreError | None:
    code = getattr(error, "sqlite_errorcode", None)
    match code if code is None else code & 0xFF:
        case sqlite3.SQLITE_NOTADB | sqlite3.SQLITE_CORRUPT:
            return DamagedError(
                f"The library's database is damaged and was left as it is: {path}. Restore it from a backup; "
                "the recordings beside it are untouched."
            )
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return BusyError("Another program is writing to the library; try again in a moment.")
        case sqlite3.SQLITE_FULL:
            return UnavailableError(f"The disk is full; the library could not be written: {path}")
        case sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_READONLY | sqlite3.SQLITE_IOERR | sqlite3.SQLITE_PERM:
            return UnavailableError(f"The library cannot be read or written ({error}): {path}")
        case _:
            return None
