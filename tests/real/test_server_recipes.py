"""The recipes of the live-capture cookbook, run as they stand there but for base URL, key and file."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from illodesk.demo import load_demo
from tests.end_to_end.served import Served
from tests.real import shared

COOKBOOK = "sources/001_6d50a7f0db34ca38.txt"

# Where each block of code begins and ends, and how deep each of its lines is: the page lost its indentation.
BLOCKS = {
    "attach": ("Recipe 1", "import asyncio", "Event structure", "000000122211101221122223455543434012220"),
    "chunks": ("Recipe 2", "from pathlib", "Rules of thumb", "001111011123343333333"),
    "control": ("Recipe 3", "async def finalize", "finalize stops", "011110111"),
    "runner": ("Full end-to-end", "import asyncio", "Production Notes", "00001123332222222201"),
}
RUN = "asyncio.run(main())\n"


def recipes() -> dict[str, str]:
    """The code of the page, block by block."""
    lines = shared(COOKBOOK).read_text(encoding="utf-8").splitlines()

    def place(beginning: str, after: int) -> int:
        return next(i for i in range(after, len(lines)) if lines[i].startswith(beginning))

    blocks = {}
    for name, (heading, first, next_text, depths) in BLOCKS.items():
        start = place(first, place(heading, 0))
        code = lines[start : place(next_text, start)]
        blocks[name] = "".join(f"{'    ' * int(d)}{line}\n" for d, line in zip(depths, code, strict=True))
    return blocks


def pointed_at(code: str, served: Served, file: Path) -> str:
    """The code with our base URL, key and file."""
    for theirs, ours in (
        ('"https://api.illocution.ai"', repr(served.url)),
        ('"YOUR_KEY"', repr(served.key)),
        ('"call.wav"', repr(str(file))),
    ):
        code = code.replace(theirs, ours)
    return code


def told(printed: str) -> list[tuple[str, dict[str, Any]]]:
    """The events that a recipe printed."""
    found = re.findall(r"^([a-z_]+): (\{.*\})$", printed, re.MULTILINE)
    return [(name, ast.literal_eval(data)) for name, data in found]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with Served(tmp_path_factory.mktemp("recipes")) as served:
        yield served


def check(events: list[tuple[str, dict[str, Any]]], served: Served) -> None:
    """What a client of the page relies on."""
    names = [name for name, _ in events]
    assert names[0] == "status"
    assert names[-2:] == ["status", "done"]
    assert names.count("summary_update") == 1
    assert "error" not in names
    finals = [data for name, data in events if name == "final_transcript"]
    assert len(finals) > 10
    assert all(set(data) >= {"utterance_id", "speaker", "t_start", "t_end", "text", "confidence"} for data in finals)
    emotions = [data for name, data in events if name == "emotion"]
    assert {data["utterance_id"] for data in emotions} == {data["utterance_id"] for data in finals}
    assert all(set(data["scores"]) >= {"valence", "arousal", "dominance"} for data in emotions)
    assert all({"signals", "engagement", "cognitive_load"} <= set(data) for name, data in events if name == "cognitive")
    with served.client() as client:
        kept = client.get(f"/library/conversations/{events[-1][1]['conversation_id']}/result").json()
    assert [u["text"] for u in kept["timeline"]] == [data["text"] for data in finals]


@pytest.mark.timeout(300)
@pytest.mark.parametrize("file", ["demo", "data/calls/agent3.wav"])
def test_the_runner_with_its_three_recipes_goes_from_start_to_done(served: Served, file: str, tmp_path: Path) -> None:
    code = recipes()
    path = load_demo()[0] if file == "demo" else shared(file)
    assert code["attach"].endswith(RUN)
    script = tmp_path / "recipe.py"
    whole = "\n".join([code["attach"].removesuffix(RUN), code["chunks"], code["control"], code["runner"]])
    script.write_text(pointed_at(whole, served, path), encoding="utf-8")
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, timeout=280, check=False)
    assert done.returncode == 0, done.stderr
    assert f"total bytes={path.stat().st_size}\n" in done.stdout
    assert "Finalize ack: " in done.stdout
    check(told(done.stdout), served)


@pytest.mark.timeout(300)
def test_the_first_recipe_alone_follows_what_another_client_sends(served: Served, tmp_path: Path) -> None:
    code = recipes()
    path = load_demo()[0]
    follower, sender = tmp_path / "follower.py", tmp_path / "sender.py"
    follower.write_text(pointed_at(code["attach"], served, path), encoding="utf-8")
    with subprocess.Popen([sys.executable, "-u", str(follower)], stdout=subprocess.PIPE, text=True) as following:
        assert following.stdout is not None
        first = following.stdout.readline()
        session = re.match(r"Session (\w+) started", first)
        assert session, first
        base = f"{served.url}/analyze/live/{session[1]}"
        send = f"""
async def send():
    async with httpx.AsyncClient(timeout=30.0) as client:
        await keepalive_session(client, {base + "/control"!r})
        await upload_chunks(client, {base + "/chunk"!r}, Path({str(path)!r}))
        await finalize_session(client, {base + "/control"!r})
asyncio.run(send())
"""
        own = "\n".join([code["attach"].removesuffix(RUN), code["chunks"], code["control"], send])
        sender.write_text(pointed_at(own, served, path), encoding="utf-8")
        sent = subprocess.run([sys.executable, str(sender)], capture_output=True, text=True, timeout=200, check=False)
        assert sent.returncode == 0, sent.stderr
        check(told(following.stdout.read()), served)
    assert following.returncode == 0
