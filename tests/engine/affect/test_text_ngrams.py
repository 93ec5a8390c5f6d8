"""N-grams of speech-like text."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from illodesk.engine.affect.ngram_head import NgramTable, checksum, ngrams, speech_form


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("Don\u2019t DO that!!!", "don't do that !"),
        ("[laughter] Really?! Yes.", "really ? yes"),
        ("  ", ""),
        ("call 555, please \U0001f600", "call please"),
        ("''", ""),
    ],
)
def test_speech_form(text: str, spoken: str) -> None:
    assert speech_form(text) == spoken


def test_speech_form_is_stable() -> None:
    once = speech_form("What?! No way...")
    assert speech_form(once) == once


def test_ngrams_count_words_pairs_and_letters() -> None:
    counts = ngrams("no no way")
    assert counts["w:no"] == 2 and counts["w:no no"] == 1 and counts["w:no way"] == 1
    assert counts["c: no "] == 2 and counts["c:way"] == 1


def test_table_scores_known_ngrams(tmp_path: Path) -> None:
    keys = np.sort(np.array([checksum("w:good"), checksum("w:bad")], np.uint32))
    good = int(np.searchsorted(keys, np.uint32(checksum("w:good"))))
    weights = np.zeros((2, 1), np.int8)
    weights[good], weights[1 - good] = 100, -100
    path = tmp_path / "table.npz"
    np.savez(path, keys=keys, idf=np.ones(2, np.float16), weights=weights, scale=np.array([0.01], np.float32))
    table = NgramTable(path)
    assert table.scores("good")[0] == pytest.approx(1.0)
    assert table.scores("bad")[0] == pytest.approx(-1.0)
    assert table.scores("good bad")[0] == pytest.approx(0.0, abs=1e-6)
    assert table.scores("zzz")[0] == 0.0
