"""Fetching, against a server on the loopback."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from underlabel import fetch
from underlabel.model import InputError

OPEN = fetch.Bounds(seconds=5, most=10_000, private=True)


class Pages(BaseHTTPRequestHandler):
    """A server with one page of each kind."""

    def do_GET(self) -> None:
        """Answer by path."""
        if self.path == "/loop":
            self._send(302, b"", location="/loop")
        elif self.path == "/moved":
            self._send(301, b"", location="/list")
        elif self.path == "/bomb":
            self._send(200, gzip.compress(b"0" * 5_000_000), encoding="gzip")
        elif self.path == "/list":
            self._send(200, b"name\nA\n")
        else:
            self._send(500, b"")

    def _send(self, status: int, body: bytes, *, location: str = "", encoding: str = "") -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Type", "text/csv")
        if location:
            self.send_header("Location", location)
        if encoding:
            self.send_header("Content-Encoding", encoding)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it
        """Say nothing."""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """Serve on a free port of the loopback."""
    serving = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    thread = threading.Thread(target=serving.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{serving.server_port}"
    serving.shutdown()
    serving.server_close()
    thread.join()


def test_a_page_comes_back_with_its_address_and_type(server: str) -> None:
    found = fetch.get(f"{server}/moved", OPEN)
    assert (found.content, found.url, found.content_type) == (b"name\nA\n", f"{server}/list", "text/csv")


@pytest.mark.parametrize(
    ("path", "what"), [("/loop", "redirects"), ("/bomb", "more than 10000 bytes"), ("/broken", "answered 500")]
)
def test_what_goes_wrong_is_said(server: str, path: str, what: str) -> None:
    with pytest.raises(InputError, match=what):
        fetch.get(server + path, OPEN)


def test_a_loopback_address_is_refused_unless_allowed(server: str) -> None:
    with pytest.raises(InputError, match="not a public address"):
        fetch.get(f"{server}/list")


@pytest.mark.parametrize("url", ["file:///etc/hostname", "ftp://127.0.0.1/x", "https://", "javascript:alert(1)"])
def test_only_web_addresses_are_fetched(url: str) -> None:
    with pytest.raises(InputError, match="only http and https"):
        fetch.get(url, OPEN)


PRIVATE = st.one_of(
    st.ip_addresses(v=4, network="10.0.0.0/8"),
    st.ip_addresses(v=4, network="172.16.0.0/12"),
    st.ip_addresses(v=4, network="192.168.0.0/16"),
    st.ip_addresses(v=4, network="169.254.0.0/16"),
    st.ip_addresses(v=4, network="127.0.0.0/8"),
).map(str)


@given(PRIVATE)
@settings(max_examples=60, deadline=None)
def test_no_private_address_is_ever_fetched(address: str) -> None:
    for host in (address, f"[::ffff:{address}]"):
        with pytest.raises(InputError, match="not a public address"):
            fetch.get(f"http://{host}/")
