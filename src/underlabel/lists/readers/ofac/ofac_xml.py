"""OFAC's XML files sdn.xml and consolidated.xml: `sdnList/sdnEntry`, of the old site and the new."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element

from underlabel.lists import markup
from underlabel.lists.dates import us_day
from underlabel.lists.gather import Gather, Tally
from underlabel.lists.markup import text
from underlabel.lists.opening import Opened
from underlabel.lists.readers.ofac import ofac_advanced, ofac_entry, ofac_linked, ofac_programmes, remarks
from underlabel.lists.readers.ofac.ofac_entry import Address, Entry
from underlabel.lists.readers.ofac.ofac_linked import Tie
from underlabel.lists.readers.ofac.ofac_text import unspoiled
from underlabel.model import Facts, InputError, Name

_ROOT: Final = re.compile(rb"<(?:[\w.-]+:)?(?P<root>[A-Za-z_][\w.-]*)")
_HEAD, _ENTRY = "publshInformation", "sdnEntry"  # the list spells it so
_READ: Final = frozenset(
    {
        *("uid", "firstName", "lastName", "title", "sdnType", "remarks", "programList", "idList", "akaList"),
        *("addressList", "nationalityList", "citizenshipList", "vesselInfo", "dateOfBirthList", "placeOfBirthList"),
    }
)


def read(opened: Opened) -> tuple[Facts, tuple[Tally, ...]]:
    """Read the SDN list or the consolidated non-SDN list in OFAC's XML form; a record is an `sdnEntry`.

    Ids, names and listings are those of the CSV form. The edition's day is `Publish_Date`, month before
    day. Of a person names, nationality and citizenship are kept; no birth, number, title or address.
    OFAC's advanced XML is handed on to its own reader. Errors: `InputError` where the root is another, where
    there are not as many entries as `Record_Count` says, where they are of the other list, or letters were
    spoiled by a wrong encoding.
    """
    root = _root(opened.content)
    if root == "Sanctions":
        return ofac_advanced.read(opened)
    if root != "sdnList":
        raise InputError(
            f"the XML begins with '{root}'; expected 'sdnList' or 'Sanctions'",
            where=opened.where,
            hint="give OFAC's sdn.xml, consolidated.xml, or their advanced form",
        )
    elements = markup.records(opened, _HEAD, _ENTRY)
    gather, count = _begin(opened, next(elements, None))
    tally, ties = _entries(elements, gather)
    if tally.records != count:
        raise InputError(
            f"the file counts {count} entries but holds {tally.records}",
            where=opened.where,
            hint="it was cut off or edited: fetch it again",
        )
    ofac_linked.tie(ties, gather)
    ofac_programmes.check_list(gather)
    return gather.facts((tally,), lists=ofac_programmes.lists_of(gather)), (tally,)


def _root(content: bytes) -> str:
    found = _ROOT.search(content)
    return found["root"].decode() if found else ""


def _begin(opened: Opened, head: Element | None) -> tuple[Gather, int]:
    """What gathers, with the edition's day, and how many entries the file says it holds."""
    count = text(head, "Record_Count") if head is not None and head.tag == _HEAD else ""
    if head is None or not re.fullmatch(r"[0-9]{1,9}", count):
        raise InputError(
            "the file does not begin with publshInformation and its Record_Count",
            where=opened.where,
            hint="fetch it again: is it OFAC's own file, and whole?",
        )
    stated = text(head, "Publish_Date")
    gather = Gather(opened, opened.edition)
    try:
        day = us_day(stated).earliest
    except InputError as error:
        hint = "give the edition's day with --date" if opened.edition is None else "the day given is used"
        gather.reject(f"Publish_Date: {error.what}", where=opened.where, hint=hint, raw=stated)
        return gather, int(count)
    if opened.edition is None:
        gather.edition = day
    elif opened.edition != day:
        what = f"the file says it is of {day}; it is taken to be of {opened.edition}"
        gather.reject(what, where=opened.where, hint="leave out --date, or correct the file's name")
    return gather, int(count)


def _entries(elements: Iterator[Element], gather: Gather) -> tuple[Tally, list[Tie]]:
    ties: list[Tie] = []
    strange: set[str] = set()
    records = rejected = 0
    for records, element in enumerate((one for one in elements if one.tag == _ENTRY), 1):
        number = text(element, "uid")
        locator = f"sdnEntry[{records}]"
        where = f"{gather.opened.where}:{locator}"
        for child in element:
            unspoiled("".join(child.itertext()), where)
            if child.tag not in _READ and child.tag not in strange:
                strange.add(child.tag)
                what = f"'{child.tag}' is no part of an entry that is known; it is not read"
                gather.reject(what, where=where, hint="the list may have a new form: look for a newer reader")
        try:
            ties += ofac_entry.take(_entry(element, locator, where), gather)
        except InputError as error:
            rejected += 1
            gather.reject(error.what, where=where, hint=error.hint, raw=f"{number} {_name(element)}")
    tally = Tally(file=gather.opened.where, records=records, parties=len(gather.parties), rejected=rejected)
    return tally, ties


def _entry(element: Element, locator: str, where: str) -> Entry:
    return Entry(
        number=text(element, "uid"),
        name=_name(element),
        type=text(element, "sdnType") or "?",
        programmes=markup.texts(element, "programList/program"),
        said=_said(element),
        locator=locator,
        where=where,
        aliases=tuple(_alias(one) for one in element.iterfind("akaList/aka") if _name(one)),
        addresses=tuple(_address(one) for one in element.iterfind("addressList/address")),
        nationalities=tuple(
            text(one, "country")
            for path in ("nationalityList/nationality", "citizenshipList/citizenship")
            for one in element.iterfind(path)
        ),
        flag=text(element, "vesselInfo/vesselFlag"),
        call_sign=text(element, "vesselInfo/callSign"),
        owner=text(element, "vesselInfo/vesselOwner"),
    )


def _name(element: Element) -> str:
    """A name as the CSV form writes it: "LAST, First", or an entity's whole."""
    return ", ".join(filter(None, (text(element, "lastName"), text(element, "firstName"))))


def _alias(aka: Element) -> Name:
    if text(aka, "category").casefold() == "weak":
        return Name(_name(aka), "weak")
    return Name(_name(aka), "previous" if text(aka, "type").casefold() == "f.k.a." else "alias")


def _said(element: Element) -> tuple[str, ...]:
    """The statements of the remarks, and the ids written as the CSV form's remarks have them."""
    ids = []
    for one in element.iterfind("idList/id"):
        country = text(one, "idCountry")
        words = f"{text(one, 'idType')} {text(one, 'idNumber')}"
        ids.append(remarks.piece(f"{words} ({country})" if country else words))
    return (*ids, *remarks.pieces(text(element, "remarks")))


def _address(element: Element) -> Address:
    street = ", ".join(filter(None, (text(element, f"address{line}") for line in (1, 2, 3))))
    city, province, code = (text(element, part) for part in ("city", "stateOrProvince", "postalCode"))
    town = " ".join(filter(None, (f"{city}," if city and province else city, province, code)))
    return Address(street, town, text(element, "country"))
