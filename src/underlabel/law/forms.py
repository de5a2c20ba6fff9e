"""How a regime file is written: the keys of its tables and what each may hold."""

from __future__ import annotations

from datetime import date
from typing import Final, Literal

import msgspec

from underlabel.model import Consequence, Level, LooksAt, Test

ControlKind = Literal["controls", "appoints", "officer"]
Interest = Literal["capital", "votes", "board"]
FileStatus = Literal["in_force", "suspended", "unverified", "ended"]

EXPECTED: Final[dict[str, str]] = {
    "id": "the regime's id in quotes, the same as the file's name without .toml",
    "looks_at": '"maker", "recipient", "parties" or "anyone"',
    "lists": 'ids of lists, as in ["us_bis_entity_list"]',
    "carried_in": 'ids of lists, as in ["us_csl"]',
    "partly": 'ids of lists, as in ["us_ofac_sdn"]',
    "products": 'groups or classes of products, as in ["video"]',
    "order": "a whole number",
    "period": "[[period]] tables, the earliest first",
    "consequence": "[[consequence]] tables",
    "status": "one of in_force, suspended, unverified, ended",
    "from": "a day without quotes, as in 2019-08-13",
    "until": "a day without quotes, as in 2019-08-13",
    "threshold": "a whole number of units from 1 to 1_000_000: 500_000 is 50 %",
    "affiliate": "a whole number of units from 0 to 999_999: 100_000 is 10 %",
    "affiliate_reach": '"must" or "may"',
    "strict": "true or false",
    "adds_up": "true or false",
    "sideways": "true or false",
    "asked": "true or false",
    "interests": 'some of ["capital", "votes", "board"]',
    "control": 'some of ["controls", "appoints", "officer"]',
    "foreign": 'a country as two small letters, as in "us"',
    "seat": 'a country as two small letters, as in "cn"',
    "level": "one of prohibited, licence, report, detention, caution, reputational, none, not_stated",
    "role": "the id of a role, or several in [ ]",
    "red_flag": "a table with the keys of a test",
    "rival": "a table with the keys of a test",
}
"""What each key holds, in words; a key that is not here holds text in quotes."""


class TestForm(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The keys of a test, in a period or in its `red_flag` and `rival`."""

    __test__ = False  # not a pytest class

    lists: tuple[str, ...] | None = None
    partly: tuple[str, ...] = ()
    threshold: int | None = None
    strict: bool = False
    adds_up: bool = False
    interests: tuple[Interest, ...] = ("capital",)
    control: tuple[ControlKind, ...] = ()
    affiliate: int | None = None
    affiliate_reach: Literal["must", "may"] = "may"
    sideways: bool = False
    foreign: str = ""
    seat: str = ""
    says: str

    def test(self, lists: tuple[str, ...]) -> Test:
        """The Test; `lists` are taken where the form names none."""
        return Test(
            lists=lists if self.lists is None else self.lists,
            partly=self.partly,
            threshold=self.threshold,
            strict=self.strict,
            adds_up=self.adds_up,
            interests=self.interests,
            control=self.control,
            affiliate=self.affiliate,
            affiliate_reach=self.affiliate_reach,
            sideways=self.sideways,
            foreign=self.foreign,
            seat=self.seat,
            says=self.says,
        )


class PeriodForm(TestForm, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The keys of one [[period]]."""

    status: FileStatus
    since: date | None = msgspec.field(name="from", default=None)
    until: date | None = None
    citation: str = ""
    note: str = ""
    red_flag: TestForm | None = None
    rival: TestForm | None = None
    rival_says: str = ""


class RowForm(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The keys of one [[consequence]]; `role` may name several."""

    role: str | tuple[str, ...]
    level: Level
    text: str = ""
    citation: str = ""
    since: date | None = msgspec.field(name="from", default=None)
    until: date | None = None
    looks_at: LooksAt | None = None
    asked: bool = False
    depends: str = ""

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles it speaks to."""
        return (self.role,) if isinstance(self.role, str) else self.role

    def consequence(self, looks_at: LooksAt) -> Consequence:
        """The Consequence; `looks_at` is taken where the form names none."""
        return Consequence(
            level=self.level,
            text=self.text,
            citation=self.citation,
            looks_at=self.looks_at or looks_at,
            asked=self.asked,
            depends=self.depends,
        )


class RegimeForm(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The keys of a regime file."""

    id: str
    title: str
    authority: str
    looks_at: LooksAt
    lists: tuple[str, ...]
    citation: str
    period: tuple[PeriodForm, ...]
    consequence: tuple[RowForm, ...] = ()
    carried_in: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    note: str = ""
    before: str = ""
    order: int = 1000
