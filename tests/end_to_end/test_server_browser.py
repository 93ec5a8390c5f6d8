"""EventSource in a page of a real browser follows a replay, from another origin, to its end."""

from __future__ import annotations

import json
import os
import queue
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.end_to_end.served import Served, told
from tests.excerpt import write_excerpt

PAGE = """<!doctype html><meta charset="utf-8"><title>replay</title><script>
const server = %(server)s, key = %(key)s;
const report = seen => fetch("/seen", {method: "POST", body: JSON.stringify(seen)});
const step = words => fetch("/step", {method: "POST", body: JSON.stringify(words)});
async function main() {
  const form = new FormData();
  form.append("file", await (await fetch("/talk.wav")).blob(), "talk.wav");
  step("uploading");
  const upload = await fetch(server + "/analyze/stream", {method: "POST", headers: {"X-API-Key": key}, body: form});
  const session = upload.headers.get("X-Session-Id");
  step(`upload answered ${upload.status}, session ${session}`);
  if (!session) return report({error: `upload answered ${upload.status}: ${await upload.text()}`});
  await upload.body.cancel();
  const events = [];
  const url = server + "/analyze/live/" + session + "/events?api_key=" + key;
  let again = 0;
  const attach = () => {
    const source = new EventSource(url);
    const take = event => {
      events.push({event: event.type, id: event.lastEventId, data: JSON.parse(event.data)});
      if (event.type === "final_transcript") step(`event ${event.lastEventId}`);
      if (event.type === "done") { source.close(); report({session, events, again}); }
    };
    for (const name of %(names)s) source.addEventListener(name, take);
    // 409 until the server has noticed that the first stream was dropped: EventSource gives up, so ask anew.
    source.onerror = event => {
      if (source.readyState !== EventSource.CLOSED) return;  // it connects again by itself
      if (again++ < 300) setTimeout(attach, 200); else report({error: "refused again and again", session, events});
    };
  };
  attach();
}
main().catch(error => report({error: String(error)}));
</script>"""
NAMES = (
    "status partial_transcript final_transcript emotion cognitive transition moment summary_update done "
    "engagement speakers_changed"
)


PATIENCE_S = 300.0
"""A browser that starts on a busy machine takes its time."""


class Site:
    """Another origin: serves the page and the recording, and takes what the page saw. ``steps`` is how far it came."""

    def __init__(self, page: str, recording: bytes) -> None:
        self.seen: queue.Queue[dict[str, Any]] = queue.Queue()
        self.steps: list[str] = []
        seen, steps, answers = (
            self.seen,
            self.steps,
            {"/": ("text/html", page.encode()), "/talk.wav": ("audio/wav", recording)},
        )

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                kind, body = answers.get(self.path, ("", b""))
                steps.append(f"GET {self.path}")
                self.send_response(200 if kind else 404)
                self.send_header("Content-Type", kind or "text/plain")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def do_POST(self) -> None:
                told = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                if self.path == "/seen":
                    seen.put(told)
                else:
                    steps.append(told)
                self.send_response(204)
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/"
        self._thread = threading.Thread(target=self._server.serve_forever)
        self._thread.start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[Callable[[str], subprocess.Popen[bytes]]]:
    """Opens a page in headless Chromium and returns its process."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("no Chromium is installed")
    running: list[subprocess.Popen[bytes]] = []
    folder = tempfile.mkdtemp()  # its sockets lie in it, and their paths must be short: tmp_path is too long for them

    def open_page(url: str) -> subprocess.Popen[bytes]:
        # A sandbox is not to be had as root; every name but the loopback's is unknown, so that nothing goes out.
        flags = (
            "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --no-proxy-server --disable-sync "
            "--disable-background-networking --disable-component-update --disable-default-apps --disable-dev-shm-usage"
        )
        command = [
            chromium,
            *flags.split(),
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
            f"--user-data-dir={folder}",
            "--remote-debugging-port=0",
            url,
        ]
        places = ("HOME", "TMPDIR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR")
        environment = {**os.environ, **dict.fromkeys(places, folder)}
        with (tmp_path / "browser.log").open("wb") as log:
            running.append(subprocess.Popen(command, stdout=log, stderr=log, env=environment))
        return running[-1]

    yield open_page
    for process in running:
        process.terminate()
        try:
            process.wait(30.0)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(30.0)
    shutil.rmtree(folder, ignore_errors=True)  # what the browser started may still write for a moment


def what_it_saw(site: Site, process: subprocess.Popen[bytes]) -> dict[str, Any]:
    """What the page tells at its end. Raises TimeoutError that says how far it came."""
    deadline = time.monotonic() + PATIENCE_S
    while True:
        try:
            return site.seen.get(timeout=1.0)
        except queue.Empty:
            if process.poll() is not None:
                why = f"The browser ended with status {process.returncode}"
            elif time.monotonic() > deadline:
                why = f"The page was not through after {PATIENCE_S:g} s"
            else:
                continue
        raise TimeoutError(f"{why}; it came so far: {'; '.join(site.steps) or 'it never asked for the page'}")


@pytest.mark.skipif(sys.platform == "win32", reason="a server ended by signals of POSIX")
@pytest.mark.timeout(PATIENCE_S + 120.0)
def test_a_page_of_another_origin_follows_a_replay_with_eventsource(
    browser: Callable[[str], subprocess.Popen[bytes]], tmp_path: Path
) -> None:
    recording = write_excerpt(tmp_path / "talk.wav").read_bytes()
    with Served(tmp_path / "home") as served:
        names = json.dumps(NAMES.split())
        page = PAGE % {"server": json.dumps(served.url), "key": json.dumps(served.key), "names": names}
        site = Site(page, recording)
        try:
            seen = what_it_saw(site, browser(site.url))
        except TimeoutError as error:
            logs = [f"{log}:\n{log.read_text(errors='replace')}" for log in (tmp_path / "browser.log", served.log)]
            pytest.fail("\n".join([str(error), *logs]))
        finally:
            site.close()
        assert "error" not in seen, seen
        with served.client() as client:
            again = told(client, f"/analyze/live/{seen['session']}/events")
        assert [(event["event"], int(event["id"]), event["data"]) for event in seen["events"]] == [
            (frame.event, frame.number, dict(frame)) for frame in again
        ]
        assert seen["events"][-1]["event"] == "done"
        assert sum(event["event"] == "final_transcript" for event in seen["events"]) >= 4
        assert served.uploads == []
