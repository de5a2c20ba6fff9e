"""Country names of official lists as ISO 3166-1 alpha-2 codes."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from rigour.territories import get_territory, lookup_territory

_SPOKEN: Final = {
    "crimea region of ukraine": "ua",
    "region: crimea": "ua",
    "crimea (occupied)": "ua",
    "north korea (dprk)": "kp",
    "north korean entity in china": "cn",
    "turkey (turkiye)": "tr",
    "turkish individual": "tr",
    "congo (democratic republic)": "cd",
    "occupied palestinian territories": "ps",
    "occupied golan heights": "",
    "ussr": "",
    "former ussr": "",
    "serbia and montenegro": "",
    "middle east region": "",
    "fishing vessels": "",
    "undetermined": "",
    "none identified": "",
    "region: kafia kingi": "",
}
"""Labels of the lists that are no country's name; empty: none is meant."""

_LABELS: Final = {"PRC": "China", "TR": "Turkey", "HK": "Hong Kong", "MO": "Macau"}
"""Codes whose label on US lists is not the one their territory goes by."""

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


@cache
def label(code: str) -> str:
    """A country as US lists write it out, from its code ("DE" is "Germany"); the code itself where it is none."""
    code = code.strip().upper()
    territory = get_territory(code) if len(code) == _ALPHA_2 else None
    return _LABELS.get(code) or (territory.name if territory is not None else code)


def with_hong_kong(code: str, addresses: tuple[str, ...]) -> tuple[str, ...]:
    """A country and, where an entry under China has an address in Hong Kong, Hong Kong too.

    The Entity List has no heading of its own for Hong Kong since 23 December 2020 (85 FR 83765).
    """
    if not code:
        return ()
    if code == "cn" and any(_HONG_KONG.search(address) for address in addresses):
        return ("cn", "hk")
    return (code,)
