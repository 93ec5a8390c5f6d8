"""The picture beside the transcript: there with a video, at the second of the playhead, gone without one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from illodesk.schema import MediaInfo
from illodesk.ui.review.page import ReviewPage
from tests.ui.review.conftest import LENGTH_S, Library, result_of

Opener = Callable[..., ReviewPage]


@pytest.fixture
def filmed(library: Library, tmp_path: Path) -> str:
    """A conversation with a picture that gets brighter by ten every second."""
    path = tmp_path / "talk.mkv"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("mpeg4", rate=2)
        stream.width, stream.height, stream.pix_fmt = 64, 36, "yuv420p"
        for i in range(round(2 * LENGTH_S)):
            frame = av.VideoFrame.from_ndarray(np.full((36, 64, 3), 40 + 5 * i, np.uint8), format="rgb24")
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    store = library.desk._store
    conversation = store.add_conversation("Filmed", media=path)
    media = MediaInfo(duration_s=LENGTH_S, has_video=True)
    store.finish_run(store.start_run(conversation.id).id, result_of().model_copy(update={"media": media}))
    return conversation.id


def test_the_picture_follows_the_playhead(qtbot: QtBot, open_page: Opener, filmed: str, library: Library) -> None:
    page = open_page(filmed)
    assert page.picture.isVisible()
    qtbot.waitUntil(lambda: page.picture.shown_s == 0.0)
    page.playhead.seek(7.2)
    qtbot.waitUntil(lambda: page.picture.shown_s == 7.0)
    assert page.picture.image is not None
    assert abs(page.picture.image.pixelColor(30, 18).lightness() - 110) <= 4
    page.context.open_page("settings")
    assert page.picture.image is None
    page.context.open_page("review")
    qtbot.waitUntil(lambda: page.picture.shown_s == 7.0)
    page.context.open_page("review", conversation_id=library.talk)
    qtbot.waitUntil(lambda: not page.picture.isVisible())
