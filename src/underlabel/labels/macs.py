"""MAC addresses as people write them, and which of them say anything about a holder."""

from __future__ import annotations

import re
from typing import Final, Literal

MacState = Literal["global", "local", "multicast", "unreadable", "empty"]

_DIGITS: Final = 12
_EUI64: Final = 16
_MULTICAST: Final = 0b01
_LOCAL: Final = 0b10
_HEX: Final = re.compile(r"[0-9A-F]+")
_SHORT: Final = re.compile(r"[0-9A-F]{1,2}(?:[:\-][0-9A-F]{1,2}){5}")


def digits(text: str) -> str:
    """The upper-case hex digits of a MAC in any usual spelling, or "" where it is none.

    Read: 44:19:B6:01:02:03, 44-19-b6-01-02-03, 4419.b601.0203, 4419b6010203, 0:1f:54:1:2:3
    (leading zeros left out, as arp prints them) and eight octets (EUI-64).
    """
    text = text.strip().upper()
    if _SHORT.fullmatch(text):
        return "".join(octet.zfill(2) for octet in re.split(r"[:\-]", text))
    bare = re.sub(r"[:\-.\s]", "", text)
    return bare if len(bare) in (_DIGITS, _EUI64) and _HEX.fullmatch(bare) else ""


def why_unsaid(text: str) -> str:
    """Why an address names no holder, to follow "the MAC address …"; empty for one that may, and for no text."""
    if text.strip() and not digits(text).strip("0"):
        return "is all zeros" if digits(text) else "cannot be read"
    return {"local": "is locally administered", "multicast": "is multicast"}.get(mac_state(text), "")


def mac_state(text: str) -> MacState:
    """What a MAC can say: only a "global" one has a registered holder.

    "local" addresses are chosen by software, "multicast" ones (broadcast among them) name groups;
    all zeros stand for an address that is not there, and are "empty".
    """
    if not text.strip():
        return "empty"
    found = digits(text)
    if not found:
        return "unreadable"
    if not found.strip("0"):
        return "empty"
    first = int(found[:2], 16)
    if first & _MULTICAST:
        return "multicast"
    return "local" if first & _LOCAL else "global"
