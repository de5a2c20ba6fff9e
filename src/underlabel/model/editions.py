"""Editions: what one reading of one file gave, and what could not be read."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

import msgspec

from underlabel.model.facts import Absence, Block, Category, Link, Listing, Party, Undisclosed
from underlabel.model.news import Article, Claim


class Dataset(msgspec.Struct, frozen=True, kw_only=True):
    """One edition of one list, register, table or page, as loaded.

    `id` as users type it ("us_bis_entity_list"); `edition` the day it speaks of; `version` the
    SHA-256 of its bytes; `records` how many records it holds; `lists` the list ids it speaks
    for; `coverage` "whole" when what is not in it is not on those lists, else "extract".
    `entries` is how many bodies and classes stand on the list; `form` the form of file it was read from.
    `accepted` says what a user let pass that would have been refused ("holds 62 % fewer entries …").
    `kind` is list, ownership, labels, registry or news. `fetched_at` is a clock.
    """

    id: str
    kind: Literal["list", "ownership", "labels", "registry", "news", "parties"]
    title: str
    edition: date | None = None
    version: str = ""
    records: int = 0
    entries: int = 0
    form: str = ""
    accepted: str = ""
    lists: tuple[str, ...] = ()
    coverage: Literal["whole", "extract"] = "whole"
    publisher: str = ""
    url: str = ""
    licence: str = ""
    fetched_at: datetime | None = None


class Rejected(msgspec.Struct, frozen=True, kw_only=True):
    """Input that could not be read, or a fact refused: why, where, and what to do."""

    reason: str
    hint: str = ""
    where: str = ""
    dataset: str = ""
    raw: str = ""


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """All that one reading gave: what every reader returns and a snapshot is built from."""

    dataset: Dataset
    parties: tuple[Party, ...] = ()
    categories: tuple[Category, ...] = ()
    listings: tuple[Listing, ...] = ()
    absences: tuple[Absence, ...] = ()
    links: tuple[Link, ...] = ()
    undisclosed: tuple[Undisclosed, ...] = ()
    blocks: tuple[Block, ...] = ()
    articles: tuple[Article, ...] = ()
    claims: tuple[Claim, ...] = ()
    rejected: tuple[Rejected, ...] = ()


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """One run: what was asked, of which facts, on which day.

    `datasets` are (id, edition, version, coverage) texts of the snapshot's lists and sources.
    `facts` says in words which facts were used ("starter facts"). `asked_at` is a clock.
    """

    id: str
    snapshot: str
    facts: str
    role: str
    regimes: tuple[str, ...]
    not_asked: tuple[str, ...] = ()
    as_of: date | None = None
    known_at: date | None = None
    inventory: str = ""
    input_version: str = ""
    tool: str = ""
    datasets: tuple[Dataset, ...] = ()
    asked_at: datetime | None = None
