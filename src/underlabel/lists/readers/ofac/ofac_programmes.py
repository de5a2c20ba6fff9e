"""The listings of one OFAC entry: its programmes, their directives, and the days its remarks state for them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import partial
from typing import Final

import msgspec

from underlabel.lists.dates import us_day
from underlabel.lists.gather import Clock, Gather, Terms
from underlabel.model import Day, DayKind, InputError, Party, Source

NSCMIC: Final = "us_ofac_nscmic"
_CMIC: Final = "CMIC"
_DATED: Final = re.compile(
    r"(?P<clock>Listing Date|Date Published|Effective Date) \((?P<of>CMIC|EO \d{5} Directive \w+)\):? (?P<day>.+)"
)
_CLOCKS: Final[dict[str, DayKind]] = {
    "Listing Date": "published",
    "Date Published": "published",
    "Effective Date": "effective",
}
_DIRECTIVE: Final = re.compile(
    r"Executive Order (?P<order>\d{5}) Directive (?:Determination|Information)[ :-]+"
    r"(?P<words>Subject to (?P<directive>Directive \w+)\b.*)"
)
_NON_SDN: Final = re.compile(r"; (?:UKRAINE-EO13662|NS-PLC|CMIC|561|FSE|HKAA|[^;]* Directive )")
"""Programmes of the sectoral, Palestinian, military-industrial, correspondent-account and evaders' lists."""

_ORDER: Final = re.compile(r"EO-?(?P<order>\d{5})$")
_POLICY: Final = re.compile(
    r"Secondary sanctions risk|Additional Sanctions Information|Transactions Prohibited For|CAATSA Section"
    r"|IFCA Determination|Executive Order \d{5} information|Purchase/Sales For Divestment Date|Vessel owner:",
    re.IGNORECASE,
)
_REACH: Final = re.compile(
    r"(?:and )?all (?:\w+ )*(?:offices|branches|locations) worldwide|This designation refers", re.IGNORECASE
)


class Programmes(msgspec.Struct, frozen=True, kw_only=True):
    """The programmes of an entry by their codes, and the statements of its remarks.

    `listed` and `citation` are the day and the legal basis of the entry, in a form of the list that has them.
    """

    codes: tuple[str, ...]
    said: tuple[str, ...]
    listed: Day | None = None
    citation: str = ""


class _Told(msgspec.Struct):
    """What remarks say of one programme, or of one directive of it: its days, and the words of the directive."""

    days: dict[DayKind, list[Day]]
    words: list[str]


def listings(party: Party, programmes: Programmes, gather: Gather, source: Source, where: str) -> None:
    """Gather the listings of an entry.

    Programmes without a day of their own are one listing, which began on some day between the list's first
    and this edition's. Where the remarks of the consolidated list date a directive ("Listing Date (EO
    14024 Directive 2)"), each directive of that order is a listing; in the SDN list those days are those of another
    list, and are not taken. A Chinese military-industrial company is listed on the NS-CMIC List. A listing
    day is the day of publication; a day that cannot be read leaves the listing without it, and is told.
    """
    rest = sorted(set(programmes.codes))
    said = programmes.said
    terms = partial(
        Terms,
        policy="; ".join(one for one in said if _POLICY.match(one)),
        reach="; ".join(one for one in said if _REACH.match(one)),
        citation=programmes.citation,
    )
    told = _told(said, gather, where)
    for programme in [one for one in rest if one.startswith(_CMIC)]:
        rest.remove(programme)
        clock = _clock(told.pop(_CMIC, None), programmes.listed, gather)
        gather.listing(party, clock, terms(programme=programme), source, name=NSCMIC)
    for programme in list(rest) if gather.opened.info.id != "us_ofac_sdn" else ():
        of_order = _of_order(programme, told)
        if any(one.days for _, one in of_order):
            rest.remove(programme)
            for label, one in of_order:
                directive = label.partition("Directive ")[2]
                said_so = terms(programme=f"{programme} Directive {directive}", requirement="; ".join(one.words))
                gather.listing(party, _clock(one, programmes.listed, gather), said_so, source)
                del told[label]
    if rest or not programmes.codes:
        words = "; ".join(text for one in told.values() for text in one.words)
        clock = _clock(None, programmes.listed, gather)
        gather.listing(party, clock, terms(programme="; ".join(rest), requirement=words), source)


def lists_of(gather: Gather) -> tuple[str, ...]:
    """The lists a file speaks for: the consolidated file for the NS-CMIC List too, where it holds such entries."""
    here = gather.opened.info.id
    cmic = here == "us_ofac_cons" and any(one.list == NSCMIC for one in gather.listings.values())
    return (here, NSCMIC) if cmic else (here,)


def check_list(gather: Gather) -> None:
    """Nothing, for entries of the list they are said to be of: by their columns and elements the two lists are alike.

    Of the non-SDN list nearly all entries bear a programme that is its own, of the SDN list one in two hundred.
    Errors: `InputError` where it is the other way round, unless small files were asked for.
    """
    programmes: dict[str, str] = defaultdict(str)
    for one in gather.listings.values():
        programmes[one.subject] += f"; {one.programme}"
    own = sum(_NON_SDN.search(said) is not None for said in programmes.values())
    sdn = gather.opened.info.id == "us_ofac_sdn"
    if (own * 2 > len(programmes)) if sdn else (own * 10 < len(programmes)):
        other = "us_ofac_cons" if sdn else "us_ofac_sdn"
        what = f"{own} of {len(programmes)} entries bear a programme of the non-SDN list: this looks like {other}"
        if not gather.opened.accept_small:
            raise InputError(what, where=gather.opened.where, hint="name the list the file is of")
        gather.reject(what, where=gather.opened.where, hint="it was accepted; is the list named the right one?")


def _told(said: tuple[str, ...], gather: Gather, where: str) -> dict[str, _Told]:
    """What is said of each label ("CMIC", "EO 14024 Directive 2")."""
    told: dict[str, _Told] = defaultdict(lambda: _Told({}, []))
    for one in said:
        directive = _DIRECTIVE.match(one)
        if directive:
            words = told[f"EO {directive['order']} {directive['directive']}"].words
            words += [] if directive["words"] in words else [directive["words"]]
        dated = _DATED.fullmatch(one)
        if dated:
            kind = _CLOCKS[dated["clock"]]
            try:
                day = us_day(dated["day"], kind=kind)
            except InputError as error:
                gather.reject(error.what, where=where, hint="the entry is kept, without this day", raw=one)
            else:
                told[dated["of"]].days.setdefault(kind, []).append(day)
    return told


def _of_order(programme: str, told: dict[str, _Told]) -> list[tuple[str, _Told]]:
    order = _ORDER.search(programme)
    return [pair for pair in told.items() if order and pair[0].startswith(f"EO {order['order']} ")]


def _clock(told: _Told | None, listed: Day | None, gather: Gather) -> Clock:
    days = dict(_agreed(told)) if told else {}
    published, effective = days.get("published", listed), days.get("effective")
    return Clock(since=published or effective or gather.undated(), published=published, effective=effective)


def _agreed(told: _Told) -> Iterator[tuple[DayKind, Day]]:
    """One day of each kind: where several are stated, the stretch that holds them."""
    for kind, days in told.days.items():
        yield kind, Day(min(day.earliest for day in days), max(day.latest for day in days), kind)
