"""All that is held about one party, for `who`."""

from __future__ import annotations

from typing import Literal

import msgspec

from underlabel.model.facts import Absence, Link, Listing, Party
from underlabel.model.news import Claim


class Dossier(msgspec.Struct, frozen=True, kw_only=True):
    """A party with its listings, owners, what it owns, labels, suppliers, absences and dated claims.

    `captions` names every party the links speak of; `records` are the ids it is joined from, each
    with the reason; `linked` are ties of which a list says no more than "Linked To". `score` says how
    well the question fits the party.
    """

    party: Party
    score: float = 1.0
    listings: tuple[Listing, ...] = ()
    owners: tuple[Link, ...] = ()
    owned: tuple[Link, ...] = ()
    labels: tuple[Link, ...] = ()
    absences: tuple[Absence, ...] = ()
    claims: tuple[Claim, ...] = ()
    records: tuple[Link, ...] = ()
    linked: tuple[Link, ...] = ()
    captions: dict[str, str] = {}
    basis: Literal["id", "identifier", "name"] = "name"
