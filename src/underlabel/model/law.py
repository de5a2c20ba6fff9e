"""Law as data: whom a regime reaches on a day, and what follows for a role."""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

RuleStatus = Literal["not_yet", "in_force", "suspended", "unverified", "ended"]
Level = Literal[
    "prohibited",
    "licence",
    "report",
    "detention",
    "caution",
    "reputational",
    "none",
    "not_stated",
]
LooksAt = Literal["maker", "recipient", "parties", "anyone"]
BINDING: frozenset[Level] = frozenset({"prohibited", "licence", "report", "detention"})


class Test(msgspec.Struct, frozen=True, kw_only=True):
    """Whom a regime reaches.

    Holdings (exact units of 1/10,000 %) of parties on `lists` reach an asset at `threshold` or
    above it where `strict`; None: named parties only. Of the lists in `partly` only some entries
    start the rule, and the entry does not say which: they give may. `adds_up` sums the reached holders, else
    each holder counts alone. `interests` are the classes of share that decide ("capital",
    "votes"); a class outside them that passes gives may. `control` are link kinds that reach
    without a share; `indications` kinds that only point to control: they give may. `affiliate`: a
    holding of more than this many units reaches with `affiliate_reach`; `sideways` extends it to owners and siblings. `foreign`: seats in this
    country (alpha-2) are outside the rule, an unknown seat gives may. `seat`: a rule that
    names no company but looks at where the maker is registered (alpha-2): never more than may.
    `says` puts the test in words.
    """

    __test__ = False  # not a pytest class

    lists: tuple[str, ...]
    partly: tuple[str, ...] = ()
    threshold: int | None = None
    strict: bool = False
    adds_up: bool = False
    interests: tuple[str, ...] = ("capital",)
    control: tuple[str, ...] = ()
    indications: tuple[str, ...] = ()
    affiliate: int | None = None
    affiliate_reach: Literal["must", "may"] = "may"
    sideways: bool = False
    foreign: str = ""
    seat: str = ""
    says: str = ""


class Consequence(msgspec.Struct, frozen=True, kw_only=True):
    """What follows for a role; without a citation the level is `not_stated`.

    `looks_at` says whom the rule looks at: the maker; the recipient of a shipment; all parties to the
    transaction, the supplier too; or anyone the line names.
    `depends` says what must be known of the item or the rule before it binds; empty: nothing more.
    """

    level: Level
    text: str
    citation: str = ""
    looks_at: LooksAt = "maker"
    asked: bool = False
    depends: str = ""


class Ruling(msgspec.Struct, frozen=True, kw_only=True):
    """A regime on one day.

    `status` is that of the regime's own rule; `test` whom it reaches. `red_flag` is a wider test
    that reaches nobody by law but forbids `clear` (an unlisted affiliate while the Affiliates
    Rule sleeps). `rival` is the other reading where the status is unverified.
    """

    regime: str
    title: str
    day: date
    status: RuleStatus
    test: Test
    citation: str = ""
    note: str = ""
    since: date | None = None
    red_flag: Test | None = None
    rival: Test | None = None
    rival_says: str = ""
    products: tuple[str, ...] = ()
