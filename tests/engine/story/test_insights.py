from __future__ import annotations

from illodesk.engine.story.insights import derive_insights
from illodesk.schema import Cognitive, Emotion, Insights, Moment, Utterance
from tests.engine.story.timelines import say


def insights_of(timeline: list[Utterance], moments: list[Moment] | None = None) -> Insights:
    return derive_insights(timeline, moments or [], [], [], None, [], [])


def test_empty_and_single_claim_nothing() -> None:
    nothing = insights_of([])
    assert nothing == Insights()
    one = insights_of([say(0, "Hello.", polarity=0.4)])
    assert (one.overall_sentiment.mean, one.overall_sentiment.std, one.overall_sentiment.trend) == (
        0.4,
        None,
        "unknown",
    )
    assert one.engagement_pattern == "unknown"
    assert one.dominant_emotions == []
    assert one.cognitive_profile["engagement"] is None


def test_trends_follow_the_numbers() -> None:
    rising = insights_of(
        [say(i, polarity=-0.5 + 0.1 * i, cognitive=Cognitive(engagement=0.7 - 0.04 * i)) for i in range(10)]
    )
    assert rising.overall_sentiment.trend == "rising"
    assert rising.engagement_pattern == "decreasing"
    level = insights_of([say(i, polarity=0.1 * (-1) ** i, cognitive=Cognitive(engagement=0.5)) for i in range(10)])
    assert level.overall_sentiment.trend == "steady"
    assert level.engagement_pattern == "steady"
    waves = insights_of([say(i, cognitive=Cognitive(engagement=0.3 if i // 5 in (0, 3) else 0.7)) for i in range(20)])
    assert waves.engagement_pattern == "varying"


def test_neutral_is_named_only_when_nothing_else_is() -> None:
    calm = Emotion.from_probabilities([0.02, 0.02, 0.02, 0.1, 0.8, 0.02, 0.02], confidence=0.4)
    glad = Emotion.from_probabilities([0.02, 0.02, 0.02, 0.6, 0.3, 0.02, 0.02], confidence=0.4)
    assert insights_of([say(i, emotion=calm) for i in range(4)]).dominant_emotions == ["neutral"]
    assert insights_of([say(i, emotion=glad) for i in range(4)]).dominant_emotions == ["joy"]


def test_key_moments_are_the_surest_in_order_of_time() -> None:
    moments = [
        Moment(
            moment_id=f"m{i}",
            category="topic_shift" if i == 3 else "objection",
            speaker_id="Speaker_0",
            start_ms=1000 * i,
            end_ms=1000 * i + 500,
            utterance_ids=[],
            summary="",
            confidence=0.9 - 0.01 * i,
        )
        for i in range(14)
    ]
    chosen = insights_of([say(0)], moments).key_moments
    assert [m.moment_id for m in chosen] == [f"m{i}" for i in range(11) if i != 3]
