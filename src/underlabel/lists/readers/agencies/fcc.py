"""The FCC Covered List: equipment and services, by who produces them; some rows name none."""

from __future__ import annotations

import re
from typing import Final

import msgspec

from underlabel.lists import dates
from underlabel.lists.gather import Clock, Gather, Tally, Terms, fact_id
from underlabel.lists.opening import Opened
from underlabel.lists.readers import drafting, shape
from underlabel.lists.readers.shape import Row
from underlabel.model import WHOLE, Day, Facts, Link, Share

_SCOPES: Final = (
    (re.compile(r"^Video surveillance and telecommunications equipment"), ("video", "telecom")),
    (re.compile(r"^Telecommunications equipment"), ("telecom",)),
    (re.compile(r"^(?:International )?[Tt]elecommunications services"), ("service",)),
    (re.compile(r"^Routers\b"), ("router",)),
    (re.compile(r"^Uncrewed aircraft\b"), ("drone",)),
    (re.compile(r"^(?:Information security products|Cybersecurity and anti-virus software)"), ("software", "service")),
)
_NO_COMPANY: Final = re.compile(r"^Category listing \(not a named company\)\.\s*")
_WHOLLY_OWNED: Final = re.compile(
    r"(?:by )(?P<parent>.+?) and its wholly[- ]owned subsidiary (?P<child>.+?)(?: subject\b|,|$)"
)
_REACH: Final = re.compile(r"or any of its ([^.]*?)(?=\.|,? including|\)|$)")


def read(opened: Opened) -> tuple[Facts, tuple[Tally, ...]]:
    """Read the Covered List.

    A row that names no producer ("routers produced in a foreign country") is a category, never a
    party. `scope` follows from the entry's opening words. "X and its wholly-owned subsidiary Y"
    ties the two where both stand on the list. The page states no country of a producer, so none
    is taken over.
    """
    return shape.read(opened, _draft)


def _draft(row: Row, gather: Gather) -> None:
    entry = row.entry
    words = _NO_COMPANY.sub("", " ".join((entry.notes or "").split()))
    day = dates.us_day(entry.effective_date, kind="effective") if entry.effective_date else None
    clock = Clock(since=day or gather.undated(), effective=day)
    reach = _REACH.search(words)
    scope = next((scope for form, scope in _SCOPES if form.search(words)), ())
    terms = Terms(scope=scope, requirement=words, reach=reach[0] if reach else "")
    if any(re.search(pattern, entry.name) for pattern in row.info.categories):
        gather.listing(gather.category(entry.name, row.source, words), clock, terms, row.source)
        return
    gather.listing(drafting.party(row, gather, drafting.all_names(row)), clock, terms, row.source)
    owned = _WHOLLY_OWNED.search(words)
    if owned:
        _tie(owned["parent"], owned["child"], row, day, gather)


def _held(name: str, row: Row, gather: Gather) -> str:
    """The id of a producer that was read, by its name with or without a closing stop; empty where none was."""
    bare = name.rstrip(".")
    ids = (fact_id(row.info.id, text, "") for text in (bare, f"{bare}."))
    return next((id_ for id_ in ids if id_ in gather.parties), "")


def _tie(parent: str, child: str, row: Row, day: Day | None, gather: Gather) -> None:
    """Gather the holding an entry tells of, once the rows of both have been read."""
    src, dst = _held(parent, row, gather), _held(child, row, gather)
    if not src or not dst:
        return
    gather.link(
        Link(
            id=fact_id(f"{row.info.id}/owns", f"{src} {dst}", ""),
            source=row.source,
            since=msgspec.structs.replace(day, kind="event") if day else None,
            known_from=day.latest if day else gather.edition,
            kind="owns",
            src=src,
            dst=dst,
            share=Share(WHOLE, WHOLE),
            interest="capital",
            evidence="list entry",
            note="the entry calls it a wholly-owned subsidiary",
        )
    )
