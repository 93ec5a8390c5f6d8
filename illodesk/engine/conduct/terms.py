"""Terms of a score, and how they add up to a value that says why and how sure."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from illodesk.engine import figures
from illodesk.schema import Basis, Contribution, Score

SHOWN = 6
"""Contributions kept in a score."""


_BASES = tuple(Basis)


@dataclass(frozen=True)
class Term:
    """One summand: ``weight`` times the measured ``amount``, in logits. ``detail`` says the measurement in words."""

    name: str
    weight: float
    amount: float
    detail: str
    basis: Basis

    @property
    def share(self) -> float:
        """Signed contribution before squashing."""
        return self.weight * self.amount


def logistic(x: float) -> float:
    """1 / (1 + exp(-x)), without overflow."""
    if x >= 0.0:
        return 1.0 / (1.0 + math.exp(-x))
    e = math.exp(x)
    return e / (1.0 + e)


def add_up(terms: Iterable[Term | None], confidence: float, bias: float = 0.0) -> Score:
    """Squash the sum of the terms. ``None`` stands for a term without evidence; no term at all gives no value."""
    present = [term for term in terms if term is not None]
    if not present or confidence <= 0.0:
        return Score.unknown()
    return Score(
        value=figures.score_of(logistic(bias + sum(term.share for term in present))),
        confidence=figures.score_of(min(1.0, confidence)),
        basis=bases_of(present),
        contributions=[
            Contribution(name=t.name, weight=figures.score_of(t.share), detail=t.detail, basis=t.basis)
            for t in largest(present, SHOWN)
        ],
    )


def largest(terms: Sequence[Term], count: int) -> list[Term]:
    """The terms that moved the score most, largest first; terms that did not move it are left out."""
    moving = [term for term in terms if abs(term.share) >= 0.005]
    return sorted(moving, key=lambda term: (-abs(term.share), term.name))[:count]


def bases_of(terms: Iterable[Term]) -> list[Basis]:
    """Bases of the terms, in the order of the vocabulary."""
    found = {term.basis for term in terms}
    return [basis for basis in _BASES if basis in found]
