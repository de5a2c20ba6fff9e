"""Findings: the answer for one item, under one regime, for one role."""

from __future__ import annotations

from datetime import date
from typing import Final, Literal

import msgspec

from underlabel.model.facts import Confidence
from underlabel.model.items import Item
from underlabel.model.law import Consequence, RuleStatus
from underlabel.model.news import Claim
from underlabel.model.reach import Miss, Reached

Verdict = Literal["restricted", "linked", "review", "clear", "not_checked"]
VERDICTS: Final[tuple[Verdict, ...]] = ("restricted", "review", "linked", "not_checked", "clear")
"""Worst first: the order findings are shown in."""

StepKind = Literal["item", "label", "party", "listing"]


class Why(msgspec.Struct, frozen=True):
    """A reason as a stable code ("rule_not_in_force") and in a sentence."""

    code: str
    text: str


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One node of a path and the edge that led to it from the node before.

    `edge` is in safe words, read downwards ("100 % held by", "is said to be made by"); `since`, `until` are texts of
    days; `source` cites the document, `url` is http(s) or empty.
    """

    kind: StepKind
    id: str
    text: str
    detail: str = ""
    edge: str = ""
    since: str = ""
    until: str = ""
    status: str = ""
    confidence: Confidence = "high"
    source: str = ""
    url: str = ""


class Path(msgspec.Struct, frozen=True, kw_only=True):
    """How the item leads to a listing: item, label, maker, owners, listing.

    `says` puts in words why the tie between item and party is not certain; empty where it is.
    """

    steps: tuple[Step, ...]
    confidence: Confidence
    says: str = ""


class Change(msgspec.Struct, frozen=True):
    """What would change the answer, and to what."""

    if_: str = msgspec.field(name="if")
    then: str = ""


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """The answer for one item under one regime for one role, on one day.

    `reach` is that of the party the regime looks at; `coverage` says what was searched;
    `notes` are further facts worth knowing that do not decide; `run` is the run's id.
    """

    id: str
    item: Item
    role: str
    regime: str
    as_of: date
    verdict: Verdict
    reason: Why
    consequence: Consequence
    reach: Reached
    rule_status: RuleStatus
    known_at: date | None = None
    subject: str = ""
    paths: tuple[Path, ...] = ()
    claims: tuple[Claim, ...] = ()
    nearest_miss: Miss | None = None
    would_change_if: tuple[Change, ...] = ()
    coverage: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    run: str = ""
