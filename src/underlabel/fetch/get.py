"""One polite GET: bounded in time, size and redirects, and refused where an address is not public."""

from __future__ import annotations

import ipaddress
import socket
from typing import Final
from urllib.parse import urljoin, urlsplit

import httpx
import msgspec

from underlabel.model import InputError

_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_HOPS: Final = 5
_OK: Final = 200


class Fetched(msgspec.Struct, frozen=True):
    """What came back: the bytes, the address they came from in the end, and their stated type."""

    content: bytes
    url: str
    content_type: str


class Bounds(msgspec.Struct, frozen=True, kw_only=True):
    """How far a fetch may go: seconds to wait, decoded bytes to take, and whether private addresses are allowed."""

    seconds: float = 30.0
    most: int = 256 * 1024 * 1024
    private: bool = False


def get(url: str, bounds: Bounds | None = None) -> Fetched:
    """Fetch an http(s) address.

    Every host, after each redirect too, is resolved once and must be public; the connection goes to
    the address that was checked. A body is counted after decompression and refused past the bound. Errors:
    `InputError` with what happened, the address, and what to do.
    """
    limits = bounds or Bounds()
    with httpx.Client(timeout=limits.seconds, follow_redirects=False, trust_env=False) as client:
        for _ in range(_HOPS):
            answer = _once(client, url, limits)
            if isinstance(answer, Fetched):
                return answer
            url = answer
    raise InputError(f"more than {_HOPS} redirects", where=url, hint="name the final address")


def _once(client: httpx.Client, url: str, limits: Bounds) -> Fetched | str:
    """Fetch without following: what came back, or the address it points to."""
    host, pinned = _pinned(url, limits)
    request = client.build_request(
        "GET", pinned, headers={"Host": host}, extensions={"sni_hostname": host.split(":")[0]}
    )
    try:
        answer = client.send(request, stream=True)
        try:
            if answer.status_code in _REDIRECTS and "location" in answer.headers:
                return urljoin(url, answer.headers["location"])
            if answer.status_code != _OK:
                raise InputError(f"the server answered {answer.status_code}", where=url, hint="try again later")
            return Fetched(_body(answer, url, limits), url, answer.headers.get("content-type", ""))
        finally:
            answer.close()
    except httpx.HTTPError as error:
        what = str(error) or type(error).__name__
        raise InputError(f"cannot be fetched: {what}", where=url, hint="check the address and the network") from error


def _body(answer: httpx.Response, url: str, limits: Bounds) -> bytes:
    parts, size = [], 0
    for part in answer.iter_bytes(1024 * 1024):
        size += len(part)
        if size > limits.most:
            raise InputError(f"more than {limits.most} bytes", where=url, hint="raise the bound, or check the address")
        parts.append(part)
    return b"".join(parts)


def _pinned(url: str, limits: Bounds) -> tuple[str, httpx.URL]:
    """The host as named, and the address to connect to: the one that was checked."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise InputError("only http and https addresses are fetched", where=url, hint="write https://…")
    port = parts.port or (443 if parts.scheme == "https" else 80)
    try:
        found = socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise InputError(
            f"no address for {parts.hostname}", where=url, hint="check the name and the network"
        ) from error
    addresses = [str(one[4][0]) for one in found]
    if not limits.private:
        for address in addresses:
            _refuse_private(address, url)
    host = parts.hostname if parts.port is None else f"{parts.hostname}:{parts.port}"
    return host, httpx.URL(url).copy_with(host=addresses[0])


def _refuse_private(address: str, url: str) -> None:
    number = ipaddress.ip_address(address.partition("%")[0])
    mapped = getattr(number, "ipv4_mapped", None)
    if not (mapped or number).is_global or number.is_multicast:
        raise InputError(
            f"{address} is not a public address", where=url, hint="allow private addresses only for servers you trust"
        )
