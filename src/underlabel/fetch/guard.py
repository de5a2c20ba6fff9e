"""Which addresses may be fetched: checked before every connection, and pinned to what was checked."""

from __future__ import annotations

import re
import socket
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Final

import httpx

from underlabel.fetch.errand import AddressFailedError, PassingError

_SCHEMES: Final = frozenset({"http", "https", "file"})
_CREDENTIALS: Final = re.compile(r"(?<=//)[^/?#]*@")
# https://www.iana.org/assignments/ipv6-address-space: the only space given out for the public net
_PUBLIC_SIX: Final = IPv6Network("2000::/3")
_NAT64: Final = IPv6Network("64:ff9b::/96")  # RFC 6052: the last four bytes are an IPv4 address
_SIX_TO_FOUR: Final = IPv6Network("2002::/16")  # RFC 3056: bytes 2 to 5 are
_LAST_PORT: Final = 65535
_CLOSED: Final = (
    IPv4Network("192.0.0.0/24"),  # RFC 6890: for protocols
    IPv4Network("192.88.99.0/24"),  # RFC 7526: relays of 6to4, given up
    IPv6Network("3fff::/20"),  # RFC 9637: for documents
)


def shown(url: str) -> str:
    """An address as it may be printed: without name and password."""
    return _CREDENTIALS.sub("***@", url)


def checked(url: str) -> httpx.URL:
    """An address read once, by the parser that connects.

    Errors: `AddressFailedError` unless it is http, https or file, names a host (a file: none), and holds no password.
    """
    try:
        parsed = httpx.URL(url)
    except httpx.InvalidURL as error:
        raise AddressFailedError("this is no address", "write https://…") from error
    if parsed.port is not None and parsed.port > _LAST_PORT:
        raise AddressFailedError("this is no address: there is no such port", "write https://…")
    local = parsed.scheme == "file"
    if parsed.scheme not in _SCHEMES or (parsed.host not in {"", "localhost"} if local else not parsed.host):
        raise AddressFailedError("only http, https and file addresses are fetched", "write https://… or file:///…")
    if parsed.userinfo:
        raise AddressFailedError("the address holds a name or password", "take it out: it would end up in logs")
    return parsed


def followed(url: str, location: str) -> str:
    """Where a redirect leads. Errors: `AddressFailedError` to anything but http(s), and from https to http."""
    try:
        target = httpx.URL(url).join(location)
    except httpx.InvalidURL as error:
        raise AddressFailedError("redirects to what is no address") from error
    target = checked(str(target.copy_with(fragment=None)))
    if target.scheme == "file":
        raise AddressFailedError("redirects to a file")
    if url.startswith("https:") and target.scheme != "https":
        raise AddressFailedError(f"redirects from https to http, at {target.host}", "name the final https address")
    return str(target)


def host(url: httpx.URL) -> str:
    """A host's name in one spelling."""
    return url.host.lower().rstrip(".")


def pinned(url: httpx.URL, *, private: bool) -> list[httpx.URL]:
    """The address with each number its host stands on: connect to these and no other.

    Errors: `AddressFailedError` where the host is unknown or, unless `private`, any of its numbers is not public;
    `PassingError` where it cannot be looked up now.
    """
    port = url.port or (443 if url.scheme == "https" else 80)
    try:
        found = socket.getaddrinfo(url.raw_host.decode("ascii"), port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        what = f"no address is known for {url.host}"
        if isinstance(error, socket.gaierror) and error.errno == socket.EAI_AGAIN:
            raise PassingError(what) from error
        raise AddressFailedError(what, "check the name and the network") from error
    numbers = list(dict.fromkeys(str(one[4][0]).partition("%")[0] for one in found))
    for number in numbers:
        if not private and not public(ip_address(number)):
            raise AddressFailedError(
                f"{url.host} stands on {number}, which is not a public address"
                if url.host != number
                else f"{number} is not a public address",
                "allow private addresses only for servers you trust",
            )
    return [url.copy_with(host=number) for number in numbers]


def public(number: IPv4Address | IPv6Address) -> bool:
    """Whether a number belongs to the public net; one that wraps an IPv4 number is judged by that."""
    if isinstance(number, IPv6Address):
        inner = _inner(number)
        if inner is not None:
            return public(inner)
        if number not in _PUBLIC_SIX:
            return False
    closed = any(number in network for network in _CLOSED if network.version == number.version)
    return number.is_global and not number.is_multicast and not number.is_reserved and not closed


def _inner(number: IPv6Address) -> IPv4Address | None:
    if number.ipv4_mapped is not None:
        return number.ipv4_mapped
    if number in _NAT64:
        return IPv4Address(number.packed[12:])
    return IPv4Address(number.packed[2:6]) if number in _SIX_TO_FOUR else None
