"""What is counted since the server started, for /metrics."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Histogram, Summary

SECONDS = (0.005, 0.02, 0.1, 0.2, 0.5, 1.0, 5.0, 30.0, 120.0, 600.0)


class Counters:
    """What is counted since the server started. Thread-safe; each app has a registry of its own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._events = Counter("illodesk_events", "Events sent to consumers", ["event"], registry=self.registry)
        self._latency = Summary(
            "illodesk_agent_latency_ms",
            "Time of the analysis, in ms, per kind of unit",
            ["kind"],
            registry=self.registry,
        )
        self._requests = Counter(
            "illodesk_requests", "Requests answered", ["method", "route", "status"], registry=self.registry
        )
        self._seconds = Histogram(
            "illodesk_request_seconds",
            "Time to answer, s",
            ["method", "route"],
            buckets=SECONDS,
            registry=self.registry,
        )

    def event(self, name: str) -> None:
        """An event went out to a consumer."""
        self._events.labels(name).inc()

    def latency(self, kind: str, ms: float) -> None:
        """Something, such as an utterance, took so long to analyse."""
        self._latency.labels(kind).observe(ms)

    def request(self, method: str, route: str, status: int, seconds: float) -> None:
        """A request was answered. ``route`` is the template, never the path."""
        self._requests.labels(method, route, str(status)).inc()
        self._seconds.labels(method, route).observe(seconds)

    def events(self) -> dict[str, int]:
        """How many events of each name went out."""
        samples = [sample for metric in self._events.collect() for sample in metric.samples]
        return {s.labels["event"]: int(s.value) for s in samples if s.name == "illodesk_events_total"}

    def mean_latency_ms(self) -> dict[str, float]:
        """Average time in ms by kind."""
        values: dict[str, dict[str, float]] = {}
        for metric in self._latency.collect():
            for sample in metric.samples:
                values.setdefault(sample.labels["kind"], {})[sample.name.rpartition("_")[2]] = sample.value
        return {kind: round(value["sum"] / value["count"], 2) for kind, value in values.items() if value["count"]}
