"""What the contract leaves open or says in two ways, and what this server does. Printed in docs/server.md."""

from __future__ import annotations

from typing import NamedTuple


class Decision(NamedTuple):
    """One open point. ``here`` is what can be relied on."""

    point: str
    here: str


DECISIONS: tuple[Decision, ...] = (
    Decision(
        "Who needs a key",
        "Everything but /health, /samples/*, /openapi.json and the documentation pages; on loopback, too. /metrics "
        "needs none from the machine itself. The header X-API-Key goes before the query parameter api_key, also "
        "when it is wrong.",
    ),
    Decision(
        "Limits that are reached",
        "429 with Retry-After: requests per minute, live sessions per key, and a batch analysis that found no "
        "place within batch_wait_s. Chunks are not counted: no limit may cost sound.",
    ),
    Decision(
        "Too large an upload",
        "400, as the contract says, not 413; refused while it comes, whatever its headers say.",
    ),
    Decision(
        "Validation errors",
        "422 with a readable sentence as detail; what the contract names as 400 is 400: a missing file, an empty "
        "or malformed upload, an empty chunk, a missing timeline.",
    ),
    Decision(
        "Name of the focus field",
        "goal; context is taken as another name for it. The result returns it as context.",
    ),
    Decision(
        "A recording without speech",
        "400 with 'No utterances detected in uploaded media' and the conversation_id under which the sound is "
        "kept; on a stream an error event with code NO_UTTERANCES before done.",
    ),
    Decision(
        "Client that goes away",
        "A batch analysis stops, and what was analysed until then is kept as a partial result. A replay or live "
        "session goes on without a consumer.",
    ),
    Decision("Addresses of a live session", "Absolute URLs, made from the base URL of the request."),
    Decision("status of a live session", "ingesting, processing, completed, cancelled or failed."),
    Decision(
        "Phases of the status event",
        "starting (first event of a replay, without an id), ingesting, processing, completed.",
    ),
    Decision("Time to live", "Each chunk and each keepalive sets expires_at to now plus ttl_seconds."),
    Decision(
        "A session that expires",
        "An error event with code SESSION_EXPIRED; what was heard is analysed and kept, and done follows.",
    ),
    Decision(
        "Chunk sent again",
        "The last chunk with the same bytes is answered as before. Any other number than the next is 409 with "
        "next_chunk_seq in the body.",
    ),
    Decision("Finalize sent again", "200 while the rest is analysed; 409 once the session is over, as keepalive then."),
    Decision("Cancel", "An error event with code CANCELLED and the reason; the sound is kept without an analysis."),
    Decision(
        "Live streaming switched off",
        "start, chunk and control answer 403. Replays and their events are not live and go on working.",
    ),
    Decision(
        "One consumer",
        "A second simultaneous consumer of a session gets 409. After the first has gone, another one may come, "
        "with Last-Event-ID after the last event it saw; without, from the first event.",
    ),
    Decision(
        "Events of sessions that are over",
        "Told again from the beginning, also after a restart. Who saw the last one gets 204, which tells "
        "EventSource not to come back.",
    ),
    Decision(
        "Ids of events",
        "Numbers from 1, without gaps, per session. A comment keeps the stream alive every 15 s.",
    ),
    Decision(
        "Emotion scores",
        "Flat under emotion and once more nested under emotion.emotions, so that both readers work.",
    ),
    Decision("Seven emotions", "anger, disgust, fear, joy, neutral, sadness, surprise."),
    Decision(
        "Events beyond the contract",
        "engagement and speakers_changed; a client that ignores them loses nothing.",
    ),
    Decision(
        "Artifacts named by done",
        "conversation_id, artifact_dir, agent_outputs_path as POST /analyze names them, and library_url where all "
        "can be fetched.",
    ),
    Decision(
        "Fields whose inside is not public",
        "As the vocabulary (reference/schema.md) defines them; scores go from 0 to 1, signed ones from -1 to 1. "
        "null means that there is not enough evidence or that it is not allowed.",
    ),
    Decision(
        "Health and metrics",
        "/health needs no key and answers 503 while the server stops or when the library cannot be read. /metrics "
        "is JSON, or Prometheus text where Accept names text/plain or application/openmetrics-text and no JSON. "
        "agent_latency_ms.utterance is the average time between utterances of whole files, live_utterance how much "
        "sound came after the end of an utterance of a live session until it was told.",
    ),
    Decision(
        "Version headers",
        "X-API-Version and X-API-Title on every answer; the version in /health and /metrics, too.",
    ),
    Decision(
        "Request ids",
        "X-Request-Id of the request where it is 1 to 64 letters, digits, dots, dashes or underscores; else a new "
        "one. Log lines carry it.",
    ),
    Decision(
        "Analysing again",
        "POST /library/conversations/{id}/runs answers 201 when the new run is done and counts as a batch analysis.",
    ),
    Decision(
        "Too long a recording",
        "400 with code TOO_LONG in a stream: sound beyond max_media_hours, promised by a header or decoded. An "
        "analysis beyond analysis_time_limit_s is a 400 as well.",
    ),
    Decision(
        "Stopping",
        "Streams end at once, without done, and can be resumed after the restart; other requests may go on for "
        "drain_s. What is cut off then gets 503 with Retry-After, as new requests do.",
    ),
    Decision(
        "After a crash",
        "The next start finishes sessions and replays that were cut off, and analyses whole recordings that were cut "
        "off anew; what was still being uploaded is removed.",
    ),
    Decision("Revoked keys", "Refused at once; streams that are open with one end within 20 s, without done."),
    Decision("WebM, Ogg and the like", "Everything that can be decoded is taken, not only the formats that are named."),
)
