"""A web site on the loopback that answers as told, and a clock that no one waits for."""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from pathlib import Path
from typing import Final

import msgspec

from underlabel import fetch

TEXT: Final = b"".join(b"%06d,Example Trading %d\n" % (n, n) for n in range(4000))


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """One answer. `cut`: the connection ends after so many bytes. `late`: seconds between its bytes.

    `endless`: a header that never ends, a byte each hundredth of a second. `hold`: what the second half waits for.
    """

    body: bytes = TEXT
    status: int = 200
    etag: str = ""
    modified: str = ""
    kind: str = "text/csv"
    encoding: str = ""
    cut: int | None = None
    ranges: bool = True
    sized: bool = True
    late: float = 0.0
    endless: bool = False
    hold: threading.Event | None = None
    more: dict[str, str] = {}


class Site:
    """What each address answers in turn, the last for ever, and what it was asked."""

    def __init__(self, root: str) -> None:
        self.root = root
        self.asked: dict[str, list[dict[str, str]]] = {}
        self._pages: dict[str, list[Page]] = {}
        self._numbers = count()

    def serve(self, *pages: Page) -> str:
        """Make an address of its own for these pages."""
        path = f"/{next(self._numbers)}/list"
        self._pages[path] = list(pages)
        self.asked[self.root + path] = []
        return self.root + path

    def turn(self, path: str, headers: dict[str, str]) -> Page:
        """The page whose turn it is."""
        self.asked[self.root + path].append(headers)
        pages = self._pages[path]
        return pages.pop(0) if len(pages) > 1 else pages[0]


class Server(ThreadingHTTPServer):
    """A server with its site."""

    daemon_threads = True
    site: Site

    def run(self) -> None:
        """Serve until shut down."""
        self.serve_forever(poll_interval=0.01)

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of clients that hang up: tests look at what the client says."""


class Handler(BaseHTTPRequestHandler):
    """Answers by the page."""

    server: Server

    def do_GET(self) -> None:
        """Answer by path."""
        asked = {name.lower(): value for name, value in self.headers.items()}
        with suppress(ConnectionError):
            self._answer(self.server.site.turn(self.path, asked), asked)

    def _answer(self, page: Page, asked: dict[str, str]) -> None:
        if page.status == 200 and self._same(page, asked):
            self._head(page, 304, None, {})
            return
        if page.endless:
            self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
            for _ in range(500):
                self.wfile.write(b"x")
                time.sleep(0.01)
            return
        body, status, more = page.body, page.status, {}
        edition = asked.get("if-range", page.etag or page.modified)
        if status == 200 and page.ranges and "range" in asked and edition in {page.etag, page.modified}:
            at = int(asked["range"].removeprefix("bytes=").removesuffix("-"))
            status, more = 206, {"Content-Range": f"bytes {at}-{len(body) - 1}/{len(body)}"}
            if at >= len(body):
                body, status, more = b"", 416, {"Content-Range": f"bytes */{len(body)}"}
            body = body[at:]
        self._head(page, status, len(body) if page.sized else None, more)
        self._pour(page, body if page.cut is None else body[: page.cut])

    def _same(self, page: Page, asked: dict[str, str]) -> bool:
        if "if-none-match" in asked:
            return bool(page.etag) and asked["if-none-match"] == page.etag
        return bool(page.modified) and asked.get("if-modified-since") == page.modified

    def _head(self, page: Page, status: int, length: int | None, more: dict[str, str]) -> None:
        self.send_response(status)
        stated = {
            "Content-Length": "" if length is None else str(length),
            "Content-Type": page.kind,
            "Content-Encoding": page.encoding,
            "ETag": page.etag,
            "Last-Modified": page.modified,
            **more,
            **page.more,
        }
        for name, value in stated.items():
            if value:
                self.send_header(name, value)
        self.end_headers()

    def _pour(self, page: Page, body: bytes) -> None:
        if page.hold is not None:
            half = len(body) // 2
            self.wfile.write(body[:half])
            page.hold.wait(10)
            body = body[half:]
        if page.late:
            for at in range(len(body)):
                self.wfile.write(body[at : at + 1])
                time.sleep(page.late)
            return
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it
        """Say nothing."""


class FakeTime:
    """A clock that goes on by `tick` each time it is looked at, and by what is slept."""

    def __init__(self, tick: float = 0.0) -> None:
        self.at = 0.0
        self.tick = tick
        self.slept: list[float] = []

    def now(self) -> float:
        """Look at the clock."""
        self.at += self.tick
        return self.at

    def sleep(self, seconds: float) -> None:
        """Wait in no time."""
        self.slept.append(seconds)
        self.at += seconds

    @property
    def clock(self) -> fetch.Clock:
        """It, as a fetch takes it: with the longest waits chance may give."""
        return fetch.Clock(now=self.now, today=lambda: 1_700_000_000 + self.at, sleep=self.sleep, chance=lambda: 1.0)


def whole(answer: fetch.Fetched | fetch.Unchanged) -> fetch.Fetched:
    """A file that was fetched, not one left as it is."""
    assert isinstance(answer, fetch.Fetched)
    return answer


def left(folder: Path) -> list[str]:
    """The names of what stands in a folder."""
    return sorted(path.name for path in folder.iterdir())
