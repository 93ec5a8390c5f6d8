"""`illodesk keys` as its user runs it: real processes beside a desk that is open, as a server has it."""

from __future__ import annotations

import json

import pytest

from illodesk.desk import Desk
from tests.end_to_end.test_command_line import illodesk


def test_keys_are_made_rotated_and_revoked_beside_an_open_desk() -> None:
    with Desk.open() as desk:
        assert "No keys yet" in illodesk("keys", "list").stdout
        assert json.loads(illodesk("keys", "list", "--json").stdout) == []

        made = illodesk("keys", "make", "Lab laptop")
        first = made.stdout.removesuffix("\n")
        assert "\n" not in first
        key = desk.check_key(first)
        assert key is not None
        assert key.name == "Lab laptop"
        assert key.id in made.stderr
        assert first not in made.stderr

        rotated = illodesk("keys", "rotate", key.id)
        second = rotated.stdout.strip()
        assert "old secret works until" in rotated.stderr
        assert desk.check_key(first)
        assert desk.check_key(second)

        third = illodesk("keys", "rotate", key.id, "--now").stdout.strip()
        assert desk.check_key(second) is None
        assert desk.check_key(third)

        assert "Revoked" in illodesk("keys", "revoke", key.id).stderr
        assert desk.check_key(third) is None

        listed = illodesk("keys", "list").stdout
        assert "Lab laptop" in listed
        assert "revoked" in listed
        as_json = illodesk("keys", "list", "--json").stdout
        [record] = json.loads(as_json)
        assert (record["id"], record["name"]) == (key.id, "Lab laptop")
        assert record["created_at"] < record["last_used_at"] < record["revoked_at"]
        for secret in (first, second, third):
            assert secret.rpartition("_")[2] not in listed + as_json


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        ([], 2, "ACTION"),
        (["make"], 2, "NAME"),
        (["make", " "], 1, "needs a name"),
        (["rotate", "0badbeef"], 1, "no key 0badbeef"),
        (["revoke", "0badbeef"], 1, "no key 0badbeef"),
    ],
)
def test_mistakes_with_keys_are_told_in_words(arguments: list[str], status: int, words: str) -> None:
    done = illodesk("keys", *arguments)
    assert (done.returncode, done.stdout) == (status, "")
    assert words in done.stderr
