"""OFAC's advanced XML (SDN_ADVANCED.XML, CONS_ADVANCED.XML): listing days, lists, and ties between profiles."""

from __future__ import annotations

from collections import defaultdict
from typing import Final
from xml.etree.ElementTree import Element

import msgspec

from underlabel.lists import markup
from underlabel.lists.gather import Gather, Tally
from underlabel.lists.markup import text
from underlabel.lists.opening import Opened
from underlabel.lists.readers.ofac import ofac_entry, ofac_linked, ofac_profile, ofac_programmes
from underlabel.lists.readers.ofac.ofac_entry import Entry
from underlabel.lists.readers.ofac.ofac_profile import References
from underlabel.lists.readers.ofac.ofac_programmes import Programmes
from underlabel.model import Day, Facts, InputError, Party, Source

_SDN: Final = "SDN List"
_PROGRAMME: Final = "Program"
_BEGUN: Final = "Created"
_HINT: Final = "is the file whole, and of the form OFAC publishes?"


class _Known(msgspec.Struct):
    """What was read so far: reference values, the parties by profile, ties by their ends, and the counts."""

    references: References
    entries: dict[str, tuple[Party, Entry]]
    ties: dict[tuple[str, str], list[tuple[str, bool, Source]]]
    records: int = 0
    parts: int = 0
    rejected: int = 0


def read(opened: Opened) -> tuple[Facts, tuple[Tally, ...]]:
    """Read the advanced XML of the SDN list or of the consolidated list, in the order the schema has it.

    A record is a `DistinctParty` (a party), a `SanctionsEntry` (its listing, with the day it was made) or
    a `ProfileRelationship`: a tie in the list's own words ("Owned or Controlled By"), which name no share, and so
    is no holding. The edition's day is `DateOfIssue`. Ids of parties are those of the simple forms. Errors:
    `InputError` where reference values do not come first, or the file is of the other list.
    """
    gather = Gather(opened, opened.edition)
    known = _Known(References(), {}, defaultdict(list))
    steps = {
        "DistinctParty": _party,
        "SanctionsEntry": _listing,
        "ProfileRelationship": _tie,
    }
    for element in markup.records(opened, "DateOfIssue", "ReferenceValueSets", "Location", "IDRegDocument", *steps):
        if element.tag == "DateOfIssue":
            gather.edition = opened.edition or ofac_profile.day(element)
        elif element.tag not in steps:
            known.references.add(element)
        else:
            _check(element, known, gather)
            known.records += 1
            where = f"{opened.where}:{element.tag}[{element.get('ID') or element.get('FixedRef') or known.records}]"
            try:
                steps[element.tag](element, where, known, gather)
            except InputError as error:
                known.rejected += 1
                gather.reject(error.what, where=error.where or where, hint=error.hint or _HINT)
    _join(known, gather)
    tally = Tally(
        file=opened.where,
        records=known.records,
        parties=len(gather.parties),
        parts=known.parts,
        rejected=known.rejected,
    )
    return gather.facts((tally,), lists=ofac_programmes.lists_of(gather)), (tally,)


def _party(element: Element, where: str, known: _Known, gather: Gather) -> None:
    number = element.get("FixedRef", "")
    profile = element.find("Profile")
    if profile is None:
        raise InputError("a DistinctParty without a Profile", hint=_HINT)
    entry = ofac_profile.entry(profile, number, where, known.references)
    known.entries[profile.get("ID", "")] = (ofac_entry.party(entry, gather), entry)


def _listing(element: Element, where: str, known: _Known, gather: Gather) -> None:
    party, entry = _of(known, element.get("ProfileID", ""))
    of = known.references
    days, basis = [], []
    for event in element.iterfind("EntryEvent"):
        begun = of.text("EntryEventType", event.get("EntryEventTypeID", "")) in {_BEGUN, ""}
        made = event.find("Date")
        if begun and made is not None:
            days.append(ofac_profile.day(made))
        basis.append(of.text("LegalBasis", event.get("LegalBasisID", "")))
    codes = tuple(
        text(one, "Comment")
        for one in element.iterfind("SanctionsMeasure")
        if of.text("SanctionsType", one.get("SanctionsTypeID", "")) == _PROGRAMME
    )
    found = [one for one in days if one is not None]
    programmes = Programmes(
        codes=tuple(filter(None, codes)),
        said=entry.said + ofac_entry.owner(entry),
        listed=Day(min(found), min(found), "published") if found else None,
        citation="; ".join(dict.fromkeys(filter(None, basis))),
    )
    source = gather.source(f"SanctionsEntry[{element.get('ID', '')}]")
    ofac_programmes.listings(party, programmes, gather, source, where)
    known.parts += 1


def _tie(element: Element, where: str, known: _Known, gather: Gather) -> None:
    says, _ = _of(known, element.get("From-ProfileID", ""))
    named, _ = _of(known, element.get("To-ProfileID", ""))
    words = known.references.text("RelationType", element.get("RelationTypeID", ""))
    if not words:
        raise InputError("a tie of a kind the file does not name", where=where, hint=_HINT)
    former = element.get("Former", "false") == "true"
    source = gather.source(f"ProfileRelationship[{element.get('ID', '')}]")
    known.ties[named.id, says.id].append((f"{words} {named.caption}", former, source))
    known.parts += 1


def _join(known: _Known, gather: Gather) -> None:
    """One link for each pair: it has ended only if all that was said of the pair has."""
    for ends, told in known.ties.items():
        words = "; ".join(dict.fromkeys(one for one, _, _ in told))
        gather.link(ofac_linked.link(gather, ends, told[0][2], words, ended=all(former for _, former, _ in told)))


def _of(known: _Known, profile: str) -> tuple[Party, Entry]:
    if profile not in known.entries:
        raise InputError(f"no party that could be read has the profile '{profile}'", hint=_HINT)
    return known.entries[profile]


def _check(element: Element, known: _Known, gather: Gather) -> None:
    """Nothing, in a file of this list whose reference values come first. Errors: `InputError`."""
    opened = gather.opened
    if not known.references:
        raise InputError("no ReferenceValueSets stand before the first party", where=opened.where, hint=_HINT)
    name = known.references.text("List", element.get("ListID", ""))
    if name and (name == _SDN) != (opened.info.id == "us_ofac_sdn"):
        raise InputError(
            f"an entry is of the '{name}', not of {opened.info.id}",
            where=opened.where,
            hint="name the list the file is of: us_ofac_sdn or us_ofac_cons",
        )
