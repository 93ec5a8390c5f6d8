from __future__ import annotations

import pytest

from illodesk.engine.conduct.similarity import WordOverlap


def test_shared_content_words_count_and_small_words_do_not() -> None:
    alike = WordOverlap("en")
    assert alike("the contract is signed", "we signed the contract") == pytest.approx(1.0)
    assert alike("the contract is signed", "and the weather is fine") == 0.0
    assert alike("contracts", "a contract") == pytest.approx(1.0)
    assert alike("", "anything here") == 0.0


def test_languages_without_a_table_compare_all_words() -> None:
    assert WordOverlap("fr")("le contrat", "le contrat") == pytest.approx(1.0)
