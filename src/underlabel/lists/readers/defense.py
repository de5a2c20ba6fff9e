"""The Department of Defense's lists: s.1260H (military companies) and s.1286 (institutions)."""

from __future__ import annotations

import re
from typing import Final

from underlabel.lists import dates, wording
from underlabel.lists.gather import Clock, Gather, Tally, Terms, fact_id
from underlabel.lists.kinds import ends_as_company, schema
from underlabel.lists.opening import Opened
from underlabel.lists.readers import drafting, shape
from underlabel.lists.readers.shape import Row
from underlabel.model import Day, Facts, Link, Name, Party

_TOGETHER: Final = re.compile(r"^Listed together with subsidiaries: (?P<names>.*?)(?: \| |$)")
_INSIDE: Final = re.compile(r"\s*\((?P<words>[^()]*)\)\.?$")
_PROGRAMMES: Final = "Table 2"


def read(opened: Opened) -> tuple[Facts, tuple[Tally, ...]]:
    """Read the s.1260H list or the s.1286 list.

    Both are restated whole in each edition, so a row tells that a body stands on the list by that
    day, not since when: `since` is the stretch from the list's first day to the edition's notice.
    Subsidiaries a 1260H entry names become parties with listings of their own, each controlled by
    the entry's company, where every name in the row ends with a legal form; else the row's words
    stay in `reach`. Talent programmes of s.1286 are categories.
    """
    draft = _company if opened.info.id == "us_dod_1260h" else _institution
    return shape.read(opened, draft)


def _company(row: Row, gather: Gather) -> None:
    citation = row.entry.federal_register or ""
    cited = dates.citations(citation)
    published = cited[0].day if cited else None
    since = Day(row.info.begins, published.latest, "published") if published else gather.undated()
    clock = Clock(since=since, published=published)
    together = _TOGETHER.search(row.entry.notes or "")
    words = together["names"].strip() if together else ""
    held = _subsidiaries(words)
    parent = drafting.party(row, gather, drafting.all_names(row))
    reach = f"and subsidiaries: {words}" if words else ""
    policy = _TOGETHER.sub("", row.entry.notes or "")
    gather.listing(parent, clock, Terms(citation=citation, reach=reach, policy=policy), row.source)
    for names in held:
        child = _held(row, gather, names)
        gather.listing(child, clock, Terms(citation=citation, policy=f"named with {parent.caption}"), row.source)
        gather.link(
            Link(
                id=fact_id(f"{row.info.id}/controls", f"{parent.id} {child.id}", ""),
                source=row.source,
                since=since,
                known_from=published.latest if published else gather.edition,
                confidence="medium",
                kind="controls",
                src=parent.id,
                dst=child.id,
                evidence="list entry",
                note="named as its subsidiary in the list; no share stated",
            )
        )


def _subsidiaries(words: str) -> tuple[tuple[Name, ...], ...]:
    """The companies named, each with its names; none where the row is not safe to take apart."""
    if not words or "..." in words or "…" in words or re.search(r"\.\s+\.", words):
        return ()
    return tuple(_with_short(name) for name in wording.companies(words))


def _with_short(text: str) -> tuple[Name, ...]:
    inside = _INSIDE.search(text)
    if inside is None or not ends_as_company(text[: inside.start()]):
        return (Name(text),)
    former = inside["words"].startswith("formerly ")
    other = Name(inside["words"].removeprefix("formerly ").strip(), "previous" if former else "alias")
    return (Name(text[: inside.start()].strip()), other)


def _held(row: Row, gather: Gather, names: tuple[Name, ...]) -> Party:
    # The list states no seat for them: "COSCO SHIPPING (North America) Inc." is hardly Chinese.
    child = Party(
        id=fact_id(row.info.id, names[0].text, row.entry.country or ""),
        source=row.source,
        schema=schema(names[0].text),
        names=names,
    )
    gather.party(child)
    return child


def _institution(row: Row, gather: Gather) -> None:
    notes = row.entry.notes or ""
    clock, terms = Clock(since=gather.undated()), Terms(programme=notes)
    if _PROGRAMMES in notes:
        gather.listing(gather.category(row.entry.name, row.source, notes), clock, terms, row.source)
        return
    gather.listing(drafting.party(row, gather, drafting.all_names(row)), clock, terms, row.source)
