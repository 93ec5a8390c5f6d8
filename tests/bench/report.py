"""What every benchmark prints: a table, then one JSON object, and an exit status that follows the gates."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Literal


@dataclass
class Report:
    """Collects measures. ``at_most`` and ``at_least`` carry a gate; ``note`` only shows a figure."""

    title: str
    rows: list[tuple[str, float, float | None, bool, str]] = field(default_factory=list)

    def at_most(self, measure: str, value: float, gate: float, comment: str = "") -> None:
        self.rows.append((measure, float(value), gate, bool(value <= gate), f"<= {gate:g} {comment}".strip()))

    def at_least(self, measure: str, value: float, gate: float, comment: str = "") -> None:
        self.rows.append((measure, float(value), gate, bool(value >= gate), f">= {gate:g} {comment}".strip()))

    def note(self, measure: str, value: float, comment: str = "") -> None:
        self.rows.append((measure, float(value), None, True, comment))

    def finish(self, layout: Literal["table", "json"] = "table") -> int:
        """Print everything; return 1 when a gate fell short, else 0."""
        if layout == "table":
            width = max([len(row[0]) for row in self.rows] + [10])
            print(f"\n{self.title}")
            for measure, value, gate, ok, comment in self.rows:
                verdict = "" if gate is None else ("ok" if ok else "SHORT")
                print(f"  {measure:<{width}}  {value:>10.4g}  {verdict:<5}  {comment}")
        print(json.dumps({m: {"value": round(v, 6), "gate": g, "ok": ok} for m, v, g, ok, _ in self.rows}))
        return 0 if all(row[3] for row in self.rows) else 1
