from __future__ import annotations

import pytest

from illodesk.engine.conduct.terms import Term, add_up, logistic
from illodesk.schema import Basis


def term(name: str, weight: float, amount: float = 1.0, basis: Basis = Basis.TEXT) -> Term:
    return Term(name, weight, amount, f"{name} {amount}", basis)


def test_value_is_the_squashed_sum_and_contributions_are_its_parts() -> None:
    score = add_up([term("a", 0.5, 2.0), term("b", -0.3, basis=Basis.VOICE), None], 0.7)
    assert score.value == pytest.approx(logistic(0.7), abs=1e-4)
    assert [c.name for c in score.contributions] == ["a", "b"]
    assert sum(c.weight for c in score.contributions) == pytest.approx(0.7)
    assert score.basis == [Basis.TEXT, Basis.VOICE]


def test_no_terms_or_no_confidence_is_unknown() -> None:
    assert add_up([None], 1.0).value is None
    assert add_up([term("a", 1.0)], 0.0).note == "not enough evidence"


def test_six_largest_are_kept() -> None:
    score = add_up([term(f"t{i}", i / 10.0) for i in range(10)], 0.5)
    assert [c.name for c in score.contributions] == ["t9", "t8", "t7", "t6", "t5", "t4"]


def test_logistic_at_the_ends() -> None:
    assert logistic(-1000.0) == 0.0
    assert logistic(1000.0) == 1.0
