"""The guards of conftest bite."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest
from hypothesis import settings

from illodesk.settings import default_data_dir

pytest_plugins = ["pytester"]


def run(pytester: pytest.Pytester, body: str) -> pytest.RunResult:
    pytester.makeconftest(Path(__file__).with_name("conftest.py").read_text(encoding="utf-8"))
    pytester.makeini("[pytest]\nmarkers = expects_log: logs on purpose\n")
    pytester.makepyfile(textwrap.dedent(body))
    return pytester.runpytest_inprocess("-p", "no:pytest-qt", "-p", "no:timeout")


def test_a_connection_to_elsewhere_fails_the_test_even_if_swallowed(pytester: pytest.Pytester) -> None:
    outcome = run(
        pytester,
        """
        import contextlib, socket

        def test_by_address():
            with contextlib.suppress(BaseException), socket.socket() as s:
                s.connect(("192.0.2.1", 80))

        def test_by_name():
            with contextlib.suppress(BaseException):
                socket.create_connection(("example.org", 80))
        """,
    )
    outcome.assert_outcomes(passed=2, errors=2)
    outcome.stdout.fnmatch_lines(["*the network was used: connect to*", "*the network was used: name example.org*"])


def test_this_machine_may_be_talked_to(pytester: pytest.Pytester) -> None:
    outcome = run(
        pytester,
        """
        import socket

        def test_loopback():
            with socket.create_server(("127.0.0.1", 0)) as server:
                socket.create_connection(("localhost", server.getsockname()[1])).close()
        """,
    )
    outcome.assert_outcomes(passed=1)


@pytest.mark.expects_log
def test_a_logged_warning_fails_the_test_unless_expected(pytester: pytest.Pytester) -> None:
    outcome = run(
        pytester,
        """
        import logging
        import pytest

        def test_warns():
            logging.getLogger("a.b").warning("model %s is missing", "x")

        @pytest.mark.expects_log
        def test_warns_on_purpose():
            logging.getLogger("a.b").error("no")

        def test_informs():
            logging.getLogger("a.b").info("fine")
        """,
    )
    outcome.assert_outcomes(passed=3, errors=1)
    outcome.stdout.fnmatch_lines(["*a.b: WARNING: model x is missing*"])


def test_each_test_has_an_empty_data_folder_of_its_own() -> None:
    assert not list(default_data_dir().iterdir())
    (default_data_dir() / "left").touch()


def test_what_another_test_kept_is_not_seen() -> None:
    assert not list(default_data_dir().iterdir())


def test_examples_are_the_same_on_every_run() -> None:
    assert settings().derandomize
