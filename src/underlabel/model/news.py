"""What was reported: pages, names spotted in them, and what they say."""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

from underlabel.model.days import Day
from underlabel.model.facts import Source


class Article(msgspec.Struct, frozen=True, kw_only=True):
    """One report. `text` is clean and kept as evidence only; `published` is None where the page has no date."""

    id: str
    title: str
    outlet: str
    text: str
    source: Source
    published: Day | None = None
    authors: tuple[str, ...] = ()
    url: str = ""


class Mention(msgspec.Struct, frozen=True, kw_only=True):
    """A party named in a text: `start` to `end` are character offsets; `score` 0 to 1."""

    party: str
    text: str
    start: int
    end: int
    score: float


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """A document says so.

    `subject` and `object` are as written; `parties` are the ids of parties it speaks of.
    `relation` is in words ("is a subsidiary of", "speaks of"). `day` is when it is said to have
    happened. `quote` is at most 40 words of the document, verbatim, or empty.
    """

    id: str
    subject: str
    relation: str
    outlet: str
    source: Source
    object: str = ""
    value: str = ""
    parties: tuple[str, ...] = ()
    day: Day | None = None
    until: Day | None = None
    published: Day | None = None
    hedge: str = ""
    attributed_to: str = ""
    polarity: Literal["affirms", "denies"] = "affirms"
    quote: str = ""
    title: str = ""
    article: str = ""
    note: str = ""
    known_from: date | None = None
