"""Who may be meant: queries and hits with reasons."""

from __future__ import annotations

from typing import Literal

import msgspec


class Query(msgspec.Struct, frozen=True):
    """A name to look for; `schema` and `country` (ISO alpha-2, lower case) narrow it where known."""

    name: str
    schema: str = ""
    country: str = ""
    identifiers: tuple[str, ...] = ()


class Reason(msgspec.Struct, frozen=True):
    """One feature of a score: its weight (signed) and the two texts compared."""

    feature: str
    weight: float
    query: str
    candidate: str


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """The query may mean this party.

    `score` is 0 to 1, a bare name alone never 1.0; `similarity` is 1 for equal forms, and
    symmetric. `kind` says what it rests on. `party` is the party's id, `name` the name that hit.
    """

    query: Query
    party: str
    name: str
    score: float
    similarity: float
    kind: Literal["identifier", "corroborated", "name only"]
    reasons: tuple[Reason, ...] = ()


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to one query: hits that pass, best first; the nearest candidate otherwise.

    `searched` counts the names in the index, `cut` says whether candidates were left out.
    """

    query: Query
    hits: tuple[Hit, ...] = ()
    nearest: Hit | None = None
    searched: int = 0
    cut: bool = False
