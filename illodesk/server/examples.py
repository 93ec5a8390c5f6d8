"""Examples of the documentation pages: what a client sends and gets."""

from __future__ import annotations

from typing import Any

SESSION = "analysis_f38de2c0c1"

START: dict[str, Any] = {"filename": "call.wav", "goal": "Coach for confidence", "ttl_seconds": 900}

SEGMENT: dict[str, Any] = {
    "timeline": [
        {"speaker": "Speaker_0", "t_start": 0.4, "t_end": 2.9, "text": "Thanks for taking the time today."},
        {"speaker": "Speaker_1", "t_start": 3.2, "t_end": 5.0, "text": "Happy to. What would you like to know?"},
    ],
    "context": "Discovery call",
}

STREAM = (
    'event: status\ndata: {"phase":"ingesting","progress":0.0,"stage":"","position_s":0.0,"behind_s":0.0}\nid: 1\n\n'
    'event: final_transcript\ndata: {"utterance_id":"utt_0000","speaker":"Speaker_0","t_start":0.4,"t_end":2.9,'
    '"text":"Thanks for taking the time today.","confidence":0.81,"words":[],"channel":0}\nid: 2\n\n'
    'event: done\ndata: {"conversation_id":"analysis_f38de2c0c1","complete":true,"artifact_dir":"analysis_f38de2c0c1",'
    '"agent_outputs_path":"analysis_f38de2c0c1/agent_outputs.json",'
    '"library_url":"http://127.0.0.1:8000/library/conversations/analysis_f38de2c0c1"}\nid: 3\n\n'
)
