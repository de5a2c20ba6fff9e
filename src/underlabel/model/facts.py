"""Facts: each says something about a party, since when, known from when, how surely, on whose word."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

import msgspec

from underlabel.model.days import Day
from underlabel.model.shares import Share

Confidence = Literal["high", "medium", "low"]
LinkKind = Literal[
    "owns",
    "votes",
    "controls",
    "appoints",
    "officer",
    "consolidates",
    "manages",
    "makes",
    "brands",
    "supplies",
    "linked_to",
    "same_as",
]
Status = Literal["completed", "announced", "alleged", "ended", "refuted"]
NameKind = Literal["name", "alias", "weak", "previous"]


class Source(msgspec.Struct, frozen=True):
    """Where a fact was read.

    `version` is the content hash of the file, `locator` the place in it (row, XPath, span).
    `text` cites the document the fact rests on, in words ("90 FR 47201"); `read_at` is a clock
    and stays out of a snapshot's id.
    """

    dataset: str
    version: str = ""
    locator: str = ""
    text: str = ""
    url: str = ""
    publisher: str = ""
    read_at: datetime | None = None


class Fact(msgspec.Struct, frozen=True, kw_only=True):
    """What every fact carries: an id, two clocks, a confidence and a source.

    True from `since` (inclusive) to `until` (exclusive); known from `known_from` (inclusive) to
    `known_to` (exclusive). None is unknown, or still so.
    """

    id: str
    source: Source
    since: Day | None = None
    until: Day | None = None
    known_from: date | None = None
    known_to: date | None = None
    confidence: Confidence = "high"


class Name(msgspec.Struct, frozen=True):
    """One name of a party; `weak` ones are too common to rest an answer on."""

    text: str
    kind: NameKind = "name"
    language: str = ""


class Identifier(msgspec.Struct, frozen=True):
    """A number in a register: scheme ("lei", "uscc", "imo", "ofac-uid") and value."""

    scheme: str
    value: str


class Party(Fact, frozen=True, kw_only=True):
    """Someone a fact is about.

    `schema` is a FollowTheMoney name: Company, Organization, PublicBody, Person, LegalEntity,
    Vessel, Airplane, Address. The first of `names` is the one to print. `countries` are ISO
    3166-1 alpha-2, lower case, of the registered seat first; empty is unknown.
    """

    schema: str
    names: tuple[Name, ...]
    countries: tuple[str, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    addresses: tuple[str, ...] = ()

    @property
    def caption(self) -> str:
        """The name to print."""
        return self.names[0].text


class Category(Fact, frozen=True, kw_only=True):
    """A class that a list names ("routers produced in a foreign country"): never a party."""

    text: str
    purpose: str = ""


class Listing(Fact, frozen=True, kw_only=True):
    """A party or category (`subject`: its id) stands on a list.

    `since` and `until` bound the time the listing holds. `announced`, `published` and `effective`
    are its several clocks. `scope` names product classes it is limited to (empty: all),
    `reach` is the entry's own words on owned companies ("and subsidiaries").
    """

    subject: str
    list: str
    programme: str = ""
    announced: Day | None = None
    published: Day | None = None
    effective: Day | None = None
    scope: tuple[str, ...] = ()
    reach: str = ""
    requirement: str = ""
    policy: str = ""
    citation: str = ""


class Absence(Fact, frozen=True, kw_only=True):
    """A party was looked for in an edition of a list and does not stand on it: a checked negative.

    `edition` is the day of the edition searched.
    """

    subject: str
    list: str
    edition: date


class Undisclosed(Fact, frozen=True, kw_only=True):
    """A register says that who holds `subject` is not told: by what `reason`, as the register codes it, and in words.

    `relation` is what was asked for (an owner; the parent that draws up accounts, direct or ultimate).
    `share` and `interest` are what is known of the holding all the same.
    """

    subject: str
    relation: Literal["owner", "direct_parent", "ultimate_parent"] = "owner"
    reason: str = ""
    text: str = ""
    share: Share | None = None
    interest: str = ""


class Scope(msgspec.Struct, frozen=True):
    """What a label fact speaks of.

    `brand` as written on the thing; `line` in words (empty: the whole brand); `models` are glob
    patterns of model codes ("IPC-HFW*"); `classes` are product classes (empty: any).
    """

    brand: str
    line: str = ""
    models: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()


class Link(Fact, frozen=True, kw_only=True):
    """Two parties, or a label (`src` "label:NAME") and a party (`dst`), are tied.

    owns, votes, controls, appoints, officer: `src` holds `dst`. consolidates: `src` draws up accounts
    with `dst` in them, which states no percentage; manages: `src` manages the fund `dst`. makes:
    `src` (a label) is made by `dst`; brands: `src` (a label) is a brand of `dst`; supplies: `src` supplies `dst`; same_as: one body.
    linked_to: the list says so and no more (OFAC's "Linked To"): never a holding, never control.
    `interest` is the class held ("capital", "votes", "board"). Rival statements of one stake
    (same ends, interest, period) are alternatives. Holders sharing a `joint_group` hold one
    stake together; `attributed` holdings (UK PSC bands) may overlap each other. An indirect link
    repeats a chain of direct ones; `component_of` names the link it is a part of.
    """

    kind: LinkKind
    src: str
    dst: str
    share: Share | None = None
    interest: str = ""
    direct: bool = True
    component_of: str = ""
    joint_group: str = ""
    attributed: bool = False
    status: Status = "completed"
    scope: Scope | None = None
    evidence: str = ""
    note: str = ""


class Block(msgspec.Struct, frozen=True):
    """A block of MAC addresses and its registered holder.

    `prefix` is upper-case hex without separators, `bits` long (24, 28 or 36).
    """

    prefix: str
    bits: int
    holder: str
