"""The nouns.

In: nothing but values.
Out: immutable structs: facts, items, hits, tests, findings.
May import: nothing of ours.
Not here: reading, matching, deciding; anything that opens a file.
Start at: facts.py, then finding.py.
"""

from underlabel.model.days import Day, DayKind, Held, exact, held, parse_day
from underlabel.model.dossier import Dossier
from underlabel.model.editions import Dataset, Facts, Rejected, Run
from underlabel.model.errors import (
    FactsMissingError,
    InputError,
    NoInputError,
    UnderlabelError,
    UsageError,
)
from underlabel.model.facts import (
    Absence,
    Block,
    Category,
    Confidence,
    Fact,
    Identifier,
    Link,
    LinkKind,
    Listing,
    Name,
    Party,
    Scope,
    Source,
    Status,
    Undisclosed,
)
from underlabel.model.finding import VERDICTS, Change, Finding, Path, Step, Verdict, Why
from underlabel.model.items import Inventory, Item, ItemParty, Making, PartyRole, Place
from underlabel.model.law import BINDING, Consequence, Level, LooksAt, RuleStatus, Ruling, Test
from underlabel.model.matching import Found, Hit, Query, Reason
from underlabel.model.news import Article, Claim, Mention
from underlabel.model.products import CLASSES, within
from underlabel.model.reach import Miss, Reach, Reached, Via
from underlabel.model.screening import (
    Asked,
    AskedPair,
    Compared,
    Entry,
    ListHit,
    Nearest,
    Screened,
    Searched,
)
from underlabel.model.shares import UNKNOWN, WHOLE, Share, percent, units

__all__ = [
    "BINDING",
    "CLASSES",
    "UNKNOWN",
    "VERDICTS",
    "WHOLE",
    "Absence",
    "Article",
    "Asked",
    "AskedPair",
    "Block",
    "Category",
    "Change",
    "Claim",
    "Compared",
    "Confidence",
    "Consequence",
    "Dataset",
    "Day",
    "DayKind",
    "Dossier",
    "Entry",
    "Fact",
    "Facts",
    "FactsMissingError",
    "Finding",
    "Found",
    "Held",
    "Hit",
    "Identifier",
    "InputError",
    "Inventory",
    "Item",
    "ItemParty",
    "Level",
    "Link",
    "LinkKind",
    "ListHit",
    "Listing",
    "LooksAt",
    "Making",
    "Mention",
    "Miss",
    "Name",
    "Nearest",
    "NoInputError",
    "Party",
    "PartyRole",
    "Path",
    "Place",
    "Query",
    "Reach",
    "Reached",
    "Reason",
    "Rejected",
    "RuleStatus",
    "Ruling",
    "Run",
    "Scope",
    "Screened",
    "Searched",
    "Share",
    "Source",
    "Status",
    "Step",
    "Test",
    "UnderlabelError",
    "Undisclosed",
    "UsageError",
    "Verdict",
    "Via",
    "Why",
    "exact",
    "held",
    "parse_day",
    "percent",
    "units",
    "within",
]
