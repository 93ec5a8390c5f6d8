"""API keys: made, rotated, revoked and checked. Of a secret nothing is kept but its SHA-256.

A secret has 256 random bits, so a fast hash of it is as good as a slow one: there is nothing to guess from. Every check
reads the database, so that what another process changes holds at once.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import secrets
from datetime import UTC, datetime, timedelta

from sqlmodel import Session, col, select, update

from illodesk.store.clean import one_line
from illodesk.store.database import Database
from illodesk.store.errors import EndedError, InvalidError, NotFoundError, StoreError
from illodesk.store.records import KeyRecord
from illodesk.store.tables import ApiKeyRow

GRACE_S = 24 * 3600.0
"""How long a replaced secret goes on working, unless told otherwise."""

USE_NOTED_EVERY = timedelta(minutes=1)
"""How often the use of a key is written down; in between a check only reads."""

_NO_HASH = "0" * 64
"""Stands where there is no hash to compare with; no secret is known that has it."""


class Keys:
    """The keys of one library. Thread-safe, and open to several processes, as the database is."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._noted: dict[str, datetime] = {}

    def all(self) -> list[KeyRecord]:
        """Every key that was ever made, oldest first."""
        with self._database.read() as session:
            query = select(ApiKeyRow).order_by(col(ApiKeyRow.created_at), col(ApiKeyRow.id))
            return [_record(row) for row in session.exec(query)]

    def make(self, name: str) -> tuple[KeyRecord, str]:
        """A new key and its secret, which cannot be had again. Raises InvalidError for an empty name."""
        name = one_line(name)
        if not name:
            msg = "A key needs a name, so that you know later whose it is."
            raise InvalidError(msg)
        with self._database.write() as session:
            row = ApiKeyRow(id=_free_id(session), name=name, created_at=datetime.now(UTC), hash="")
            secret = _give_secret(row)
            session.add(row)
            return _record(row), secret

    def rotate(self, key_id: str, grace_s: float = GRACE_S) -> tuple[KeyRecord, str]:
        """Give a key a new secret, which works at once; the one before works for ``grace_s`` seconds more.

        A secret that was replaced earlier ends now. Raises NotFoundError, EndedError for a key that was revoked.
        """
        with self._database.write() as session:
            row = _find(session, key_id)
            if row.revoked_at is not None:
                msg = f"The key {row.id} ({row.name}) was revoked and cannot be rotated. Make a new one."
                raise EndedError(msg)
            row.rotated_at = datetime.now(UTC)
            row.previous_hash = row.hash if grace_s > 0 else None
            row.previous_until = row.rotated_at + timedelta(seconds=grace_s) if grace_s > 0 else None
            secret = _give_secret(row)
            return _record(row), secret

    def revoke(self, key_id: str) -> KeyRecord:
        """End a key for good; of one that was revoked before nothing changes. Raises NotFoundError."""
        with self._database.write() as session:
            row = _find(session, key_id)
            row.revoked_at = row.revoked_at or datetime.now(UTC)
            row.previous_hash = row.previous_until = None
            return _record(row)

    def check(self, secret: str) -> KeyRecord | None:
        """The key whose secret this is; None when there is none, or it was revoked or replaced too long ago.

        Takes the same comparisons whether or not there is a key with the id that the secret names.
        """
        given = _hash(secret)
        with self._database.read() as session:
            row = session.get(ApiKeyRow, _named_id(secret))
            now = datetime.now(UTC)
            known = row.hash if row else _NO_HASH
            before = row.previous_hash if row and row.previous_until and now < row.previous_until else None
            is_current = hmac.compare_digest(given, known)
            is_previous = hmac.compare_digest(given, before or _NO_HASH)
            if row is None or row.revoked_at is not None or not (is_current or is_previous):
                return None
            record = _record(row)
        self._note_use(record.id, now)
        return record

    def _note_use(self, key_id: str, now: datetime) -> None:
        noted = self._noted.get(key_id)
        if noted is not None and now - noted < USE_NOTED_EVERY:
            return
        self._noted[key_id] = now  # before it is written: one request waits for a long writer, not all of them
        # A full disk or a long writer must not lock out who only wants to read.
        with contextlib.suppress(StoreError), self._database.write() as session:
            session.exec(update(ApiKeyRow).where(col(ApiKeyRow.id) == key_id).values(last_used_at=now))


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def _give_secret(row: ApiKeyRow) -> str:
    secret = f"illo_{row.id}_{secrets.token_hex(32)}"
    row.hash = _hash(secret)
    return secret


def _named_id(secret: str) -> str:
    """The id that a secret names; empty for what does not look like a secret."""
    _, _, rest = secret.partition("illo_")
    key_id = rest.partition("_")[0]
    return key_id if key_id.isascii() and key_id.isalnum() else ""


def _free_id(session: Session) -> str:
    while session.get(ApiKeyRow, key_id := secrets.token_hex(4)) is not None:
        pass
    return key_id


def _find(session: Session, key_id: str) -> ApiKeyRow:
    row = session.get(ApiKeyRow, key_id)
    if row is None:
        msg = f"There is no key {one_line(key_id)}. See: illodesk keys list"
        raise NotFoundError(msg)
    return row


def _record(row: ApiKeyRow) -> KeyRecord:
    return KeyRecord(
        id=row.id,
        name=row.name,
        created_at=row.created_at,
        rotated_at=row.rotated_at,
        previous_until=row.previous_until,
        last_used_at=row.last_used_at,
        revoked_at=row.revoked_at,
    )
