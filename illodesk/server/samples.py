"""The demo interview as a file to try the API with, in the formats that clients send."""

from __future__ import annotations

import threading
import uuid
from pathlib import Path
from typing import Annotated, Literal

from anyio import to_thread
from fastapi import APIRouter
from fastapi import Path as InPath
from fastapi.responses import FileResponse

from illodesk.demo import load_demo
from illodesk.server.context import Context
from illodesk.server.errors import error_answers
from illodesk.server.files import FileAnswer

router = APIRouter()

CODECS = {".flac": "flac", ".wav": "pcm_s16le", ".mp3": "mp3", ".m4a": "aac", ".mp4": "aac"}
"""Formats that are offered, and how the sound is coded in each. The demo has no picture in any of them."""

MEDIA_TYPES = {
    ".flac": "audio/flac",
    ".wav": "audio/wav",
    ".mp3": "audio/mpeg",
    ".m4a": "audio/mp4",
    ".mp4": "audio/mp4",
}

_one_at_a_time = threading.Lock()


def sample_file(folder: Path, suffix: str) -> Path:
    """The demo in a format of CODECS; made once and kept in ``folder``."""
    original = load_demo()[0]
    if suffix == original.suffix:
        return original
    path = folder / f"demo_call{suffix}"
    with _one_at_a_time:
        if not path.exists():
            folder.mkdir(parents=True, exist_ok=True)
            unfinished = folder / f"{uuid.uuid4().hex}{suffix}"
            try:
                convert(original, unfinished, CODECS[suffix])
                unfinished.replace(path)
            finally:
                unfinished.unlink(missing_ok=True)
    return path


def convert(source: Path, target: Path, codec: str) -> None:
    """Write the sound of ``source`` in the container that the ending of ``target`` names."""
    import av

    with av.open(str(source)) as read, av.open(str(target), "w") as written:
        sound = read.streams.audio[0]
        stream = written.add_stream(codec, rate=sound.rate, layout=sound.layout.name)
        for frame in read.decode(sound):
            written.mux(stream.encode(frame))
        written.mux(stream.encode(None))


@router.get(
    "/samples/demo_call.{format}",
    operation_id="demo_call",
    tags=["samples"],
    summary="A recording to try the API with",
    response_class=FileResponse,
    responses={
        200: {
            "description": "The demo interview, two speakers, 136 s; sound only, also as .mp4",
            "content": {kind: {"schema": {"type": "string", "format": "binary"}} for kind in MEDIA_TYPES.values()},
        },
        206: {"description": "The part that Range asked for"},
        **error_answers(400, 404, 416, 422),
    },
)
async def demo_call(
    context: Context, format: Annotated[Literal["flac", "wav", "mp3", "m4a", "mp4"], InPath(description="Format")]
) -> FileAnswer:
    """Needs no key: it is the same for everybody."""
    suffix = f".{format}"
    folder = context.desk.settings.data_dir / "samples"
    path = await to_thread.run_sync(sample_file, folder, suffix)
    return FileAnswer(path, media_type=MEDIA_TYPES[suffix], filename=f"demo_call{suffix}")
