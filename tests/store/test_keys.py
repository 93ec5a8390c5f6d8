from __future__ import annotations

import hashlib
import json
import re
import sqlite3
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from illodesk.store import EndedError, NotFoundError, Store, database, keys
from illodesk.store.errors import InvalidError


def test_a_secret_opens_its_key_and_no_other(store: Store) -> None:
    mine, my_secret = store.keys.make("Lab laptop")
    yours, your_secret = store.keys.make("Dashboard")
    for record, secret in ((mine, my_secret), (yours, your_secret)):
        found = store.keys.check(secret)
        assert found is not None
        assert (found.id, found.name) == (record.id, record.name)
    assert [key.name for key in store.keys.all()] == ["Lab laptop", "Dashboard"]


def test_a_secret_is_long_and_safe_in_an_address(store: Store) -> None:
    secrets = [store.keys.make("x")[1] for _ in range(5)]
    assert all(re.fullmatch(r"illo_[0-9a-f]{8}_[0-9a-f]{64}", secret) for secret in secrets)
    assert len({secret.rpartition("_")[2] for secret in secrets}) == 5


@pytest.mark.parametrize(("name", "kept"), [("  Dr. Weiß\n\tLab ", "Dr. Weiß Lab"), ("a\x00b", "a b")])
def test_a_name_is_kept_on_one_line(store: Store, name: str, kept: str) -> None:
    assert store.keys.make(name)[0].name == kept


@pytest.mark.parametrize("name", ["", "  \n "])
def test_a_key_needs_a_name(store: Store, name: str) -> None:
    with pytest.raises(InvalidError, match="name"):
        store.keys.make(name)
    assert store.keys.all() == []


def test_only_the_hash_of_a_secret_is_on_disk(store: Store) -> None:
    secret = store.keys.make("x")[1]
    new = store.keys.rotate(store.keys.all()[0].id)[1]
    store.keys.check(new)
    kept = b"".join(path.read_bytes() for path in store.data_dir.glob("library.db*"))
    for told in (secret, new):
        assert told.rpartition("_")[2].encode() not in kept
        assert hashlib.sha256(told.encode()).hexdigest().encode() in kept
        assert told.rpartition("_")[2] not in json.dumps([key.model_dump(mode="json") for key in store.keys.all()])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(position=st.integers(0, 77), character=st.characters())
def test_a_secret_that_differs_anywhere_is_refused(store: Store, position: int, character: str) -> None:
    secret = store.keys.make("x")[1]
    other = secret[:position] + character + secret[position + 1 :]
    found = store.keys.check(other)
    assert (found is not None) == (other == secret)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(secret=st.text(st.characters(codec=None)) | st.from_regex(r"illo_.*_.*"))
def test_any_nonsense_is_refused_quietly(store: Store, secret: str) -> None:
    assert store.keys.check(secret) is None


def test_the_id_alone_or_half_a_secret_is_refused(store: Store) -> None:
    key, secret = store.keys.make("x")
    for other in (key.id, f"illo_{key.id}_", f"illo_{key.id}", secret[:-1], secret + "0", secret.upper(), f" {secret}"):
        assert store.keys.check(other) is None


def test_after_a_rotation_both_secrets_work_until_the_grace_is_over(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, old = store.keys.make("x")
    rotated, new = store.keys.rotate(key.id)
    assert rotated.id == key.id
    assert rotated.rotated_at is not None
    assert rotated.previous_until == rotated.rotated_at + timedelta(hours=24)
    assert store.keys.check(old)
    assert store.keys.check(new)

    class Tomorrow(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            return datetime.now(UTC) + timedelta(hours=24, seconds=1)

    monkeypatch.setattr(keys, "datetime", Tomorrow)
    assert store.keys.check(old) is None
    assert store.keys.check(new)


def test_a_rotation_may_end_the_old_secret_at_once(store: Store) -> None:
    key, old = store.keys.make("x")
    rotated, new = store.keys.rotate(key.id, grace_s=0)
    assert rotated.previous_until is None
    assert store.keys.check(old) is None
    assert store.keys.check(new)


def test_a_second_rotation_ends_the_first_secret(store: Store) -> None:
    key, first = store.keys.make("x")
    _, second = store.keys.rotate(key.id)
    _, third = store.keys.rotate(key.id)
    assert [bool(store.keys.check(secret)) for secret in (first, second, third)] == [False, True, True]


def test_a_revoked_key_is_dead_with_all_its_secrets(store: Store) -> None:
    key, old = store.keys.make("x")
    _, new = store.keys.rotate(key.id)
    revoked = store.keys.revoke(key.id)
    assert revoked.revoked_at is not None
    assert store.keys.check(old) is None
    assert store.keys.check(new) is None
    assert store.keys.revoke(key.id) == revoked
    with pytest.raises(EndedError, match="revoked"):
        store.keys.rotate(key.id)
    assert store.keys.all() == [revoked]


@pytest.mark.parametrize("key_id", ["", "00000000", "no\nsuch"])
def test_an_unknown_id_is_told(store: Store, key_id: str) -> None:
    with pytest.raises(NotFoundError, match="no key"):
        store.keys.rotate(key_id)
    with pytest.raises(NotFoundError, match="no key"):
        store.keys.revoke(key_id)


def test_what_another_process_changes_holds_at_once(store: Store) -> None:
    with Store(store.data_dir) as other:
        key, secret = other.keys.make("x")
        assert store.keys.check(secret)
        new = other.keys.rotate(key.id, grace_s=0)[1]
        assert store.keys.check(secret) is None
        assert store.keys.check(new)
        other.keys.revoke(key.id)
        assert store.keys.check(new) is None


def test_use_is_noted_once_a_minute(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    key, secret = store.keys.make("x")
    assert key.last_used_at is None
    before = datetime.now(UTC)
    store.keys.check(secret)
    used = store.keys.all()[0].last_used_at
    assert used is not None
    assert before <= used <= datetime.now(UTC)
    store.keys.check(secret)
    assert store.keys.all()[0].last_used_at == used
    monkeypatch.setattr(keys, "USE_NOTED_EVERY", timedelta())
    store.keys.check(secret)
    assert (store.keys.all()[0].last_used_at or used) > used


def test_a_wrong_secret_is_no_use(store: Store) -> None:
    secret = store.keys.make("x")[1]
    store.keys.check(secret[:-1] + ("0" if secret[-1] != "0" else "1"))
    assert store.keys.all()[0].last_used_at is None


def test_a_long_writer_locks_nobody_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "BUSY_TIMEOUT_S", 0.1)
    with Store(tmp_path) as store:
        secret = store.keys.make("x")[1]
        writer = sqlite3.connect(tmp_path / "library.db", isolation_level=None)
        try:
            writer.execute("BEGIN IMMEDIATE")
            assert store.keys.check(secret)
            began = time.monotonic()
            assert store.keys.check(secret)  # only the first one waited to note it
            assert time.monotonic() - began < 0.1
            writer.execute("ROLLBACK")
        finally:
            writer.close()
