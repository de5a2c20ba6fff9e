"""One request on the wire: guarded at every hop, one connection at a time, ended when its time is over."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from types import TracebackType
from typing import Any, Final, Self

import httpx
import msgspec

from underlabel.fetch import guard
from underlabel.fetch.errand import AddressFailedError, Errand, PassingError, agent

HOPS: Final = 5
"""The most redirects that are followed."""

_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
# no connection is kept: one that was verified for a host must not serve another on the same number
_LIMITS: Final = httpx.Limits(max_connections=1, max_keepalive_connections=0)


class Answer(msgspec.Struct, frozen=True):
    """What a server answered, its body still on the wire, and the address it came from in the end."""

    response: httpx.Response
    url: str

    @property
    def status(self) -> int:
        """The status code."""
        return self.response.status_code

    def header(self, name: str) -> str:
        """A header, or nothing where it is not stated in plain characters."""
        value = str(self.response.headers.get(name, "")).strip()
        return value if plain(value) else ""


def plain(value: str) -> bool:
    """Whether a value may stand in a header, and be printed."""
    return value.isascii() and value.isprintable()


def line() -> httpx.HTTPTransport:
    """What to ask with: no proxy, no cookies, no passwords, and the certificates that `SSL_CERT_FILE` names."""
    return httpx.HTTPTransport(trust_env=True, limits=_LIMITS)


@contextmanager
def opened(transport: httpx.HTTPTransport, errand: Errand, headers: Mapping[str, str]) -> Iterator[Answer]:
    """Ask, and follow redirects.

    Errors: `PassingError` where the connection fails; `AddressFailedError` where it is refused, for too many redirects,
    or where the server is not the one it claims to be.
    """
    url = errand.url
    with _Watchdog(errand.left()) as dog:
        for _ in range(HOPS + 1):
            errand.left()
            response = _send(transport, url, errand, {**headers, "User-Agent": agent()}, dog)
            try:
                if response.status_code not in _REDIRECTS:
                    yield Answer(response, url)
                    return
                url = _next(url, response)
            finally:
                response.close()
    raise AddressFailedError(f"more than {HOPS} redirects", "name the final address")


def _next(url: str, response: httpx.Response) -> str:
    if "location" not in response.headers:
        raise AddressFailedError(f"the server answered {response.status_code} without saying where to go")
    return guard.followed(url, response.headers["location"])


def _send(
    transport: httpx.HTTPTransport, url: str, errand: Errand, headers: Mapping[str, str], dog: _Watchdog
) -> httpx.Response:
    """Send one request to the first number of the host that takes it."""
    named = guard.checked(url)
    bounds = errand.bounds
    waits = httpx.Timeout(bounds.read, connect=bounds.connect).as_dict()
    extensions = {"timeout": waits, "sni_hostname": named.raw_host.decode("ascii"), "trace": dog.watch}
    own = {"Host": named.netloc.decode("ascii"), "Accept": "*/*", "Connection": "close"}
    error: httpx.TransportError | None = None
    for pinned in guard.pinned(named, private=bounds.private and guard.host(named) in errand.named):
        request = httpx.Request("GET", pinned, headers={**own, **headers}, extensions=extensions)
        try:
            return transport.handle_request(request)
        except (httpx.ConnectError, httpx.ConnectTimeout) as failed:
            error = failed
        except httpx.TransportError as failed:
            raise PassingError(f"the server cannot be read: {said(failed)}") from failed
    if "CERTIFICATE_VERIFY_FAILED" in str(error):
        hint = "check the address; a wrong certificate is never accepted"
        raise AddressFailedError(f"{named.host} cannot prove who it is: {error}", hint) from error
    raise PassingError(f"cannot connect to {named.host}: {said(error)}") from error


def said(error: Exception | None) -> str:
    """What an error of the client says, or its kind."""
    if isinstance(error, httpx.TimeoutException):
        return "nothing came in time"
    return str(error) or type(error).__name__


class _Watchdog:
    """Shuts the connection when its time is over: a server that drips its headers resets every other clock."""

    def __init__(self, seconds: float) -> None:
        self._socket: socket.socket | None = None
        self._over = False
        self._timer = threading.Timer(seconds, self._shut)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._timer.cancel()
        self._timer.join()

    def watch(self, event: str, info: Mapping[str, Any]) -> None:
        """Note each new socket, as the client traces it."""
        if event.endswith(("connect_tcp.complete", "start_tls.complete")):
            self._socket = info["return_value"].get_extra_info("socket")
            if self._over:
                self._shut()

    def _shut(self) -> None:
        self._over = True
        if self._socket is not None:
            with suppress(OSError):
                # the plain socket's own: that of TLS would take its state away under the reader
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)
