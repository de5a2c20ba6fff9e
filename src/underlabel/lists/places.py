"""Country names of official lists as ISO 3166-1 alpha-2 codes."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from rigour.territories import lookup_territory

_SPOKEN: Final = {
    "crimea region of ukraine": "ua",
    "region: crimea": "ua",
    "north korea (dprk)": "kp",
    "north korean entity in china": "cn",
    "turkey (turkiye)": "tr",
    "turkish individual": "tr",
    "serbia and montenegro": "",
    "middle east region": "",
    "fishing vessels": "",
    "undetermined": "",
    "none identified": "",
    "region: kafia kingi": "",
}
"""Labels of the lists that are no country's name; empty: none is meant."""

_HONG_KONG: Final = re.compile(r"\bHong Kong\b", re.IGNORECASE)
_ALPHA_2: Final = 2


@cache
def country(label: str) -> str | None:
    """The code of a country as a list writes it; "" where it names none, None where it is not understood."""
    label = " ".join(label.split())
    spoken = _SPOKEN.get(label.casefold())
    if spoken is not None:
        return spoken
    territory = lookup_territory(label)
    return territory.code if territory is not None and len(territory.code) == _ALPHA_2 else None


def with_hong_kong(code: str, addresses: tuple[str, ...]) -> tuple[str, ...]:
    """A country and, where an entry under China has an address in Hong Kong, Hong Kong too.

    The Entity List has no heading of its own for Hong Kong since 23 December 2020 (85 FR 83765).
    """
    if not code:
        return ()
    if code == "cn" and any(_HONG_KONG.search(address) for address in addresses):
        return ("cn", "hk")
    return (code,)
