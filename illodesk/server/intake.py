"""The chunks of a live session: taken one after the other, in the order of their numbers, each once."""

from __future__ import annotations

import asyncio
import hashlib
from datetime import datetime
from typing import Protocol, cast

from anyio import to_thread
from pydantic import Field

from illodesk.desk import Desk, LiveSession
from illodesk.schema import Model


class ChunkAck(Model):
    """What is there after a chunk was taken."""

    session_id: str
    chunk_seq: int = Field(description="Number of the chunk that this answers")
    received_bytes: int = Field(description="Bytes of all chunks so far")
    next_chunk_seq: int = Field(description="Number that the next chunk must have")
    status: str = Field(description="ingesting")
    expires_at: datetime | None = Field(description="When the session ends by itself; each chunk puts it off")


class ChunkError(Exception):
    """A chunk that cannot be taken now. ``next_chunk_seq`` is the number that could."""

    def __init__(self, message: str, next_chunk_seq: int) -> None:
        super().__init__(message)
        self.next_chunk_seq = next_chunk_seq


class FullError(Exception):
    """The session would grow beyond the largest upload."""


class ByteDoor(Protocol):
    """The door of a session that was begun for chunks."""

    received_bytes: int

    def push(self, data: bytes) -> None: ...


class Intake:
    """Where a session's chunks come in. Used in the server's loop only; chunks that come at once wait for each other.

    ``lock`` is also held by who ends the session, so that no chunk is cut in two.
    """

    def __init__(self, session: LiveSession, limit_bytes: int) -> None:
        self.session = session
        self.lock = asyncio.Lock()
        self.next_chunk_seq = 0
        self._door = cast(ByteDoor, session.door)
        self._limit_bytes = limit_bytes
        self._last_digest = b""

    async def take(self, chunk_seq: int, data: bytes) -> ChunkAck:
        """Append a chunk; the last one may come again. Raises ChunkError and FullError; OSError when the disk does."""
        digest = hashlib.sha256(data).digest()
        async with self.lock:
            if self.session.state != "ingesting":
                raise self._over()
            if chunk_seq == self.next_chunk_seq - 1 and digest == self._last_digest:
                return self._ack(chunk_seq)
            if chunk_seq == self.next_chunk_seq - 1:
                raise ChunkError(f"Chunk {chunk_seq} was taken already, with other bytes", self.next_chunk_seq)
            if chunk_seq != self.next_chunk_seq:
                msg = f"Expected chunk_seq {self.next_chunk_seq}, got {chunk_seq}"
                raise ChunkError(msg, self.next_chunk_seq)
            if self._door.received_bytes + len(data) > self._limit_bytes:
                raise FullError
            try:
                await to_thread.run_sync(self._door.push, data)
            except ValueError as error:  # its time to live was over just now, and the door is closed
                raise self._over() from error
            self.next_chunk_seq += 1
            self._last_digest = digest
            self.session.keepalive()
            return self._ack(chunk_seq)

    def _over(self) -> ChunkError:
        return ChunkError("The session takes no more chunks: it was finalized or is over", self.next_chunk_seq)

    def _ack(self, chunk_seq: int) -> ChunkAck:
        return ChunkAck(
            session_id=self.session.id,
            chunk_seq=chunk_seq,
            received_bytes=self._door.received_bytes,
            next_chunk_seq=self.next_chunk_seq,
            status=self.session.state,
            expires_at=self.session.expires_at,
        )


class Intakes:
    """The intakes of the sessions that were begun here. Those of sessions that the Desk let go of go with them."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._intakes: dict[str, Intake] = {}

    def open(self, session: LiveSession, limit_bytes: int) -> Intake:
        """Begin to take chunks for a session."""
        self._intakes = {key: intake for key, intake in self._intakes.items() if self._desk.session(key) is not None}
        self._intakes[session.id] = Intake(session, limit_bytes)
        return self._intakes[session.id]

    def get(self, session_id: str) -> Intake | None:
        """None for a session of which nothing is known, or none any more."""
        return self._intakes.get(session_id) if self._desk.session(session_id) is not None else None
