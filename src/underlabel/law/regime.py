"""What a regime is once read: periods that follow each other, and what follows for whom."""

from __future__ import annotations

from datetime import date

import msgspec

from underlabel.model import Consequence, LooksAt, RuleStatus, Test


class Period(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of days, `since` (inclusive) to `until` (exclusive), on which one Test holds.

    None is an open end: only the first period may lack `since`, only the last lacks `until`.
    """

    status: RuleStatus
    test: Test
    since: date | None = None
    until: date | None = None
    citation: str = ""
    note: str = ""
    red_flag: Test | None = None
    rival: Test | None = None
    rival_says: str = ""


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """What follows for one role from `since` (inclusive) to `until` (exclusive); None is an open end."""

    role: str
    consequence: Consequence
    since: date | None = None
    until: date | None = None


class Regime(msgspec.Struct, frozen=True, kw_only=True):
    """A regime: its periods without gap or overlap, and its rows in order of days.

    `lists` are those it starts from where a period names no others. `carried_in` are compilations
    that hold rows of these lists; standing in one alone starts nothing. `before` says what is to be
    known on days before the first period. `order` sorts regimes; `origin` is the file's name.
    """

    id: str
    title: str
    authority: str
    looks_at: LooksAt
    citation: str
    lists: tuple[str, ...]
    periods: tuple[Period, ...]
    carried_in: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    note: str = ""
    before: str = ""
    order: int = 1000
    origin: str = ""


class Role(msgspec.Struct, frozen=True, kw_only=True):
    """A role a user asks in. `always` is its answer under every regime, where it looks up none."""

    id: str
    says: str
    always: Consequence | None = None
