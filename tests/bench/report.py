"""What every benchmark prints: a table, then one JSON object, and an exit status that follows the gates."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, Literal, TypedDict, Unpack

from tests.bench.bootstrap import Interval


class Details(TypedDict, total=False):
    """What a row may say besides its value: the set and how much of it, a baseline, a 95 % interval."""

    data: str
    size: str
    baseline: float
    interval: Interval


@dataclass(frozen=True)
class Row:
    """One measure of one set. ``sense`` says which side of the gate is good; without a gate it is only shown."""

    measure: str
    value: float
    gate: float | None = None
    sense: Literal["<=", ">=", ""] = ""
    comment: str = ""
    details: Details = field(default_factory=Details)

    @property
    def ok(self) -> bool:
        """Whether the gate is met; true where there is none."""
        if self.gate is None:
            return True
        return self.value <= self.gate if self.sense == "<=" else self.value >= self.gate

    @property
    def name(self) -> str:
        """Measure and set, unique within a report."""
        return f"{self.details['data']}: {self.measure.strip()}" if "data" in self.details else self.measure.strip()

    @property
    def verdict(self) -> str:
        return "" if self.gate is None else "ok" if self.ok else "SHORT"

    def record(self) -> dict[str, Any]:
        """The row for JSON."""
        shown = {"value": round(self.value, 6), "gate": self.gate, "ok": self.ok}
        details: dict[str, Any] = dict(self.details)
        if "baseline" in details:
            details["baseline"] = round(details["baseline"], 6)
        if "interval" in details:
            details["interval"] = [round(x, 6) for x in details["interval"]]
        return shown | details | ({"comment": self.comment} if self.comment else {})


@dataclass
class Report:
    """Collects measures. ``at_most`` and ``at_least`` carry a gate; ``note`` only shows a figure."""

    title: str
    rows: list[Row] = field(default_factory=list)

    def at_most(self, measure: str, value: float, gate: float, comment: str = "", **details: Unpack[Details]) -> None:
        self.rows.append(Row(measure, float(value), gate, "<=", comment, details))

    def at_least(self, measure: str, value: float, gate: float, comment: str = "", **details: Unpack[Details]) -> None:
        self.rows.append(Row(measure, float(value), gate, ">=", comment, details))

    def note(self, measure: str, value: float, comment: str = "", **details: Unpack[Details]) -> None:
        self.rows.append(Row(measure, float(value), comment=comment, details=details))

    @property
    def passed(self) -> bool:
        """Whether every gate is met."""
        return all(row.ok for row in self.rows)

    def finish(self, layout: Literal["table", "json"] = "table") -> int:
        """Print everything; return 1 when a gate fell short, else 0."""
        if layout == "table":
            print(f"\n{self.title}")
            print("\n".join(table(self.rows)))
        print(json.dumps({row.name: row.record() for row in self.rows}))
        return 0 if self.passed else 1


def table(rows: list[Row]) -> list[str]:
    """Rows as aligned lines under a head; columns that nobody fills are left out."""
    cells = [
        (
            row.measure,
            row.details.get("data", ""),
            row.details.get("size", ""),
            f"{row.value:.4g}",
            f"{row.details['baseline']:.4g}" if "baseline" in row.details else "",
            f"{row.sense} {row.gate:g}" if row.gate is not None else "",
            "[{:.3g}, {:.3g}]".format(*row.details["interval"]) if "interval" in row.details else "",
            row.verdict,
            row.comment,
        )
        for row in rows
    ]
    head = ("measure", "set", "size", "ours", "baseline", "gate", "95 %", "", "")
    kept = [i for i in range(len(head)) if any(line[i] for line in cells)]
    width = {i: max(len(head[i]), *(len(line[i]) for line in cells)) for i in kept}
    right = (3, 4, 5)
    return [
        "  ".join(f"{line[i]:>{width[i]}}" if i in right else f"{line[i]:<{width[i]}}" for i in kept).rstrip()
        for line in [head, *cells]
    ]
