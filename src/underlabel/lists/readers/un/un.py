"""The consolidated list of the UN Security Council, in its own XML."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Final
from xml.etree.ElementTree import Element

import msgspec

from underlabel.lists import kinds, markup, places, wording
from underlabel.lists.gather import Clock, Gather, Tally, Terms
from underlabel.lists.opening import Opened
from underlabel.lists.readers.un import un_mended, un_names
from underlabel.lists.readers.un.un_names import Kind
from underlabel.model import Day, Facts, Identifier, InputError, Name, Party, exact

_ROOT: Final = "CONSOLIDATED_LIST"
_SCHEMAS: Final = {"INDIVIDUAL": "Person", "ENTITY": ""}
_NAMES: Final = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
_QUALITIES: Final[dict[str, Kind]] = {
    "good": "alias",
    "low": "weak",
    "a.k.a.": "alias",
    "f.k.a.": "previous",
}
_RESOLUTIONS: Final = {
    "Al-Qaida": "resolutions 1267 (1999), 1989 (2011) and 2253 (2015)",
    "CAR": "resolutions 2127 (2013) and 2745 (2024)",
    "DPRK": "resolution 1718 (2006)",
    "DRC": "resolution 1533 (2004)",
    "GB": "resolution 2048 (2012)",
    "Haiti": "resolution 2653 (2022)",
    "Iran": "resolutions 1737 (2006) and 2231 (2015)",
    "Iraq": "resolution 1518 (2003)",
    "Libya": "resolution 1970 (2011)",
    "Mali": "resolution 2374 (2017)",
    "Somalia": "resolutions 751 (1992) and 2713 (2023)",
    "SouthSudan": "resolution 2206 (2015)",
    "Sudan": "resolution 1591 (2005)",
    "Taliban": "resolution 1988 (2011)",
    "Yemen": "resolution 2140 (2014)",
}
"""The resolutions whose committee keeps each part of the list."""

_REFERENCE: Final = re.compile(r"[A-Z]{2}[ei]\.\d{3}")
_DAY: Final = re.compile(r"(\d{4}-\d{2}-\d{2})(?:T.*|Z|[+-]\d{2}:\d{2})?")
_WEB_LINK: Final = re.compile(r"\s*(?:INTERPOL[^.]*?web ?link:?\s*)?(?:https?://|www\.)\S+(?:\s*click here)?")
_IMO: Final = re.compile(r"\bIMO\)?(?: number)?:? (\d{7})\b", re.IGNORECASE)
_BIC: Final = re.compile(r"\bSWIFT(?:/BIC)?: ([A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?)\b")
_ADDRESS: Final = ("STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE", "COUNTRY")
_TELEPHONE: Final = re.compile(r"[,;]?\s*\b(?:Telephone|Phone|Tel\.?|Fax)\b.*$")
_BRANCH: Final = re.compile(r"^Branch (?:Office|Address)(?: \d+)?:\s*")
_ROMAN: Final = re.compile(r"[;,]?\s*\b(?:i{1,3}|iv|vi{0,3})\)\s+")
_LONGEST, _LONGEST_COMMENTS = 2_000, 10_000
"""The most characters of a text, and of comments; the longest in the list have 588 and 1,723."""

_FULL_ADDRESS: Final = 2
"""An address that stands in the note alone has this many commas or more; words like "at time of listing" have none."""


def read(opened: Opened) -> tuple[Facts, tuple[Tally, ...]]:
    """Read the list as scsanctions.un.org publishes it; a record is an INDIVIDUAL or an ENTITY.

    An id follows from the permanent reference number ("KPe.068"): DATAID, kept as an identifier, is
    given anew when an entry is amended. Of a person names and nationality are kept, and nothing
    else. The day of listing is the UN's own. An edition that was saved one byte per character, so
    that all letters beyond Latin are lost, is refused; where the user accepts it, what came through
    whole is kept and the rest is told of. Errors: `InputError` where the file is not this list.
    """
    opened, damaged = _opened(opened)
    root, attributes = markup.root(opened)
    if root not in ("", _ROOT):
        raise InputError(
            f"the outermost element is <{root}>; <{_ROOT}> was expected",
            where=opened.where,
            hint=f"give the list's own file: {opened.info.url}",
        )
    gather = Gather(opened, opened.edition or _generated(attributes))
    reading = _Reading(gather, damaged=damaged)
    seen: Counter[str] = Counter()
    rejected = 0
    for record in markup.records(opened, *_SCHEMAS):
        seen[record.tag] += 1
        where = f"{opened.where}:{record.tag}[{seen[record.tag]}]"
        try:
            reading.entry(record, where)
        except InputError as error:
            rejected += 1
            gather.reject(error.what, where=where, hint=error.hint, raw=_raw(record))
    reading.tell_losses()
    tally = Tally(file=opened.where, records=seen.total(), parties=len(gather.parties), rejected=rejected)
    return gather.facts((tally,)), (tally,)


class _Reading:
    """One reading of one edition; of a damaged one only texts that came through whole are kept."""

    def __init__(self, gather: Gather, *, damaged: bool) -> None:
        self.gather = gather
        self.damaged = damaged
        self.lost = 0

    def entry(self, record: Element, where: str) -> None:
        """Gather the party of a record and its listing. Errors: `InputError`, before anything is gathered."""
        for part in record.iter():
            most = _LONGEST_COMMENTS if part.tag == "COMMENTS1" else _LONGEST
            if len(part.text or "") > most:
                raise InputError(f"<{part.tag}> is longer than {most} characters", hint="look at the record")
        number = markup.text(record, "REFERENCE_NUMBER")
        if not _REFERENCE.fullmatch(number):
            raise InputError(f"'{number}' is no reference number", hint='the list numbers its entries like "KPe.001"')
        id_ = f"{self.gather.opened.info.id}:{number}"
        if id_ in self.gather.parties:
            raise InputError(f"the number {number} is used twice", hint="the first record of it is kept")
        names = self._names(record, where)
        person = record.tag == "INDIVIDUAL"
        comments = "" if person else self._comments(record)
        updated = markup.texts(record, "LAST_DAY_UPDATED/VALUE")
        source = self.gather.source(number, f"{number}, last updated {max(updated)}" if updated else number)
        party = Party(
            id=id_,
            source=source,
            schema=_SCHEMAS[record.tag] or kinds.schema(names[0].text),
            names=wording.distinct(names),
            countries=self._countries(record, person=person, where=where),
            identifiers=_identifiers(record, number, comments),
            addresses=() if person else self._addresses(record),
        )
        day = self._listed(record, where)
        programme = markup.text(record, "UN_LIST_TYPE")
        terms = Terms(programme=_programme(programme), citation=number, policy=comments)
        self.gather.party(party)
        self.gather.listing(party, Clock(since=day or self.gather.undated(), effective=day), terms, source)

    def tell_losses(self) -> None:
        """Say how much was left out of a damaged edition."""
        if self.lost:
            self.gather.reject(
                f"{self.lost} names, addresses and comments are left out: the file lost their letters",
                where=self.gather.opened.where,
                hint="fetch the edition again, in UTF-8",
            )

    def _names(self, record: Element, where: str) -> tuple[Name, ...]:
        name = " ".join(filter(None, (markup.text(record, part) for part in _NAMES)))
        if not name:
            raise InputError("a record without a name", hint="look at the record: it has FIRST_NAME to FOURTH_NAME")
        if self.damaged and not un_mended.whole(name):
            raise InputError("the file lost letters of this name", hint="fetch the edition again, in UTF-8")
        first, *others = (part.strip() for part in name.split(" ; "))
        also = (Name(other, "alias") for other in others if other)
        return (Name(first or name), *also, *self._aliases(record, where), *self._scripts(record))

    def _aliases(self, record: Element, where: str) -> Iterator[Name]:
        for alias in record.iterfind(f"{record.tag}_ALIAS"):
            text, quality = markup.text(alias, "ALIAS_NAME"), markup.text(alias, "QUALITY")
            if not text:
                continue
            kind = _QUALITIES.get(quality.casefold())
            if kind is None:
                hint = "the alias is kept as a weak one; the list writes Good, Low, a.k.a. or f.k.a."
                self.gather.reject(f"'{quality}' is no quality of an alias", where=where, hint=hint)
            note = "" if self.damaged else markup.text(alias, "NOTE")
            for name in un_names.aliases(text, note, kind or "weak"):
                if not self.damaged or un_mended.latin(name.text):
                    yield name
                else:
                    self.lost += 1

    def _scripts(self, record: Element) -> tuple[Name, ...]:
        script = markup.text(record, "NAME_ORIGINAL_SCRIPT")
        self.lost += bool(script) and self.damaged
        return (Name(script, "alias"),) if script and not self.damaged else ()

    def _sure(self, text: str) -> str:
        if not self.damaged or un_mended.whole(text):
            return text
        self.lost += 1
        return ""

    def _comments(self, record: Element) -> str:
        return self._sure(" ".join(_WEB_LINK.sub("", markup.text(record, "COMMENTS1")).split()))

    def _countries(self, record: Element, *, person: bool, where: str) -> tuple[str, ...]:
        codes = []
        for label in markup.texts(record, "NATIONALITY/VALUE" if person else "ENTITY_ADDRESS/COUNTRY"):
            code = places.country(label)
            if code is None:
                hint = "the entry is kept, without this country"
                self.gather.reject(f"the country '{label}' is not understood", where=where, hint=hint)
            codes.append(code or "")
        return tuple(dict.fromkeys(filter(None, codes)))

    def _addresses(self, record: Element) -> tuple[str, ...]:
        found: list[str] = []
        for address in record.iterfind("ENTITY_ADDRESS"):
            parts = [markup.text(address, part).strip(" ,;") for part in _ADDRESS]
            note = markup.text(address, "NOTE")
            if any(parts[:3]):
                found += _branches(", ".join(filter(None, parts)))
            elif note.count(",") >= _FULL_ADDRESS:
                found += _branches(note)
        return tuple(dict.fromkeys(filter(None, map(self._sure, found))))

    def _listed(self, record: Element, where: str) -> Day | None:
        text = markup.text(record, "LISTED_ON")
        day = _day(text)
        if day is None:
            hint = "the entry is kept, as listed on a day not known"
            self.gather.reject(f"LISTED_ON '{text}' is no day", where=where, hint=hint)
        return exact(day, "effective") if day else None


def _opened(opened: Opened) -> tuple[Opened, bool]:
    """The file, mended where its encoding is broken and the user accepts that; whether it was."""
    wrong = un_mended.wrong_at(opened.content)
    if wrong is None:
        return opened, False
    if not opened.accept_small:
        raise InputError(
            "the file is not in UTF-8, as the list is published: letters beyond Latin are lost",
            where=f"{opened.where}:{wrong[0]}:{wrong[1]}",
            hint="fetch the edition again; with --accept, what came through whole is read",
        )
    return msgspec.structs.replace(opened, content=un_mended.mended(opened.content)), True


def _generated(attributes: dict[str, str]) -> date | None:
    return _day(attributes.get("dateGenerated", ""))


def _day(text: str) -> date | None:
    """A day with or without its time or zone ("2017-06-05-04:00"): the day as written."""
    match = _DAY.fullmatch(text)
    try:
        return date.fromisoformat(match[1]) if match else None
    except ValueError:
        return None


def _branches(text: str) -> list[str]:
    """The addresses in one: "Branch Office 2: i) A ii) B" are two, and telephone numbers are none."""
    text = _TELEPHONE.sub("", _BRANCH.sub("", text))
    return [part.strip(" ,;") for part in _ROMAN.split(f" {text}")]


def _programme(part: str) -> str:
    resolutions = _RESOLUTIONS.get(part)
    return f"{part}: {resolutions}" if resolutions else part


def _identifiers(record: Element, number: str, comments: str) -> tuple[Identifier, ...]:
    found = [Identifier("un-ref", number)]
    data_id = markup.text(record, "DATAID")
    if data_id:
        found.append(Identifier("un-dataid", data_id))
    found += [Identifier("imo", value) for value in _IMO.findall(comments)]
    found += [Identifier("bic", value) for value in _BIC.findall(comments)]
    return tuple(dict.fromkeys(found))


def _raw(record: Element) -> str:
    # A person's record holds more than may be kept: only what names it is told.
    return " ".join(filter(None, (markup.text(record, part) for part in ("REFERENCE_NUMBER", *_NAMES))))
