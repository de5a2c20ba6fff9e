"""The names of a row of the Consolidated Screening List, taken apart by the habits of its source list."""

from __future__ import annotations

import re
from typing import Final

import msgspec

from underlabel.lists import wording
from underlabel.model import Name

_AND_ANY: Final = re.compile(r"[;,]?\s+and any successors?,.*$")
_UNITS: Final = re.compile(r",\s+(?P<reach>including [^.]*\boperating units wherever located\b.*)$")
_WHOSE: Final = re.compile(r"\s*\((?P<seat>[A-Z][A-Za-z ]*?) (?P<kind>[Ee]ntity|individual|national)\)\s*$")
_MIDDLE: Final = re.compile(
    r"^(?P<before>[^()]+)\((?:a\.?k\.?a\.?)[:,]?\s+(?P<also>[^()]+)\)\s*(?P<after>[^()]*)$", re.IGNORECASE
)
_DASHED: Final = re.compile(r"\s*[-,]\s*AKAS?\s*[-,]\s*")
_CELLS: Final = re.compile(r"\+[A-Z]+\d+:[A-Z]+\d+$")
_BEHIND: Final = re.compile(r"\s*\((?P<also>[^()]+)\)$")
_SUBORDINATE: Final = re.compile(r"^(?P<of>.+)\. Subordinate Institution - (?P<name>.+)$")
_AFFILIATE: Final = re.compile(r"^.+(?:\. Affiliated Entity: |, and subordinate entity )(?P<name>.+)$")
_PARENT: Final = re.compile(r"\s*\((?:Parent Organization: |a subsidiary of )(?:[^()]|\([^()]*\))*\)")
_JUMBLED: Final = re.compile(r"; a\.k\.a\b")
_AND: Final = re.compile(r"^and\s+(?=\S)")
_INITIAL: Final = 2


class Said(msgspec.Struct, frozen=True):
    """One party that a row names: its names, the row's words on further bodies, and what the name itself adds.

    `seat` is a country as written ("PRC"); `doubt` says what could not be told, empty where all was.
    """

    names: tuple[Name, ...]
    reach: str = ""
    person: bool = False
    seat: str = ""
    doubt: str = ""


def said(name: str, aliases: tuple[str, ...], code: str) -> tuple[Said, ...]:
    """The parties a row names: one, or several where a debarment names them together; none for a blank name.

    `code` is that of the source list. OFAC keeps names and aliases apart itself; elsewhere an "a.k.a." left inside a
    name is an alias. A debarred party's names that the compilation has put together from their
    pieces in the wrong order are kept as they stand, and doubted.
    """
    name = " ".join(name.split()).rstrip(", ")
    if not name:
        return ()
    if code == "DTC":
        return _debarred(name, _aliases(aliases))
    if code == "DPL":
        return (Said(_denied(name) + _aliases(aliases)),)
    if code == "ISN":
        return (_sanctioned(name, _aliases(aliases)),)
    if code in {"EL", "MEU", "UVL"}:
        return (_entity(name, _aliases(aliases)),)
    others = (Name(" ".join(alias.split()), "alias") for alias in aliases)
    return (Said((Name(name), *others)),)


def _aliases(texts: tuple[str, ...]) -> tuple[Name, ...]:
    """Aliases, those of a text with semicolons parted first: a "f.k.a." speaks of its own piece only."""
    pieces = [piece.strip() for text in texts for piece in text.split(";")]
    return wording.aliases(tuple(_AND.sub("", piece) for piece in pieces if piece))


def _entity(name: str, aliases: tuple[Name, ...]) -> Said:
    units = _UNITS.search(name)
    if units:
        return Said((*wording.names(name[: units.start()]), *aliases), reach=units["reach"])
    subordinate = _SUBORDINATE.match(name)
    if subordinate:
        # As the Entity List itself writes it: the institution alone ("699 Factory") would name half a country.
        whole = Name(f"{subordinate['of']} subordinate institution: {subordinate['name']}")
        return Said((whole, Name(subordinate["name"], "alias"), *aliases))
    affiliate = _AFFILIATE.match(name)
    if affiliate:
        return Said((*wording.names(affiliate["name"]), Name(name, "weak"), *aliases))
    plain = _PARENT.sub("", name)
    if plain != name:
        return Said((*wording.names(plain), Name(name, "weak"), *aliases))
    text, reach = wording.reach(name)
    return Said((*wording.names(text), *aliases), reach=reach)


def _sanctioned(name: str, aliases: tuple[Name, ...]) -> Said:
    """As in "X (aka Y) (PRC entity); and any successor, sub-unit, or subsidiary thereof"."""
    any_ = _AND_ANY.search(name)
    reach = any_[0].strip(" ;,") if any_ else ""
    text, more = wording.reach(name[: any_.start()] if any_ else name)
    text = text.replace("[", "(").replace("]", ")")
    whose = _WHOSE.search(text)
    if whose:
        text = text[: whose.start()]
    person = whose is not None and whose["kind"] in {"individual", "national"}
    behind = _BEHIND.search(text) if person else None
    names = _also(text)
    if behind and len(names) == 1:
        names = (Name(text[: behind.start()]), Name(behind["also"], "alias"))
    return Said((*names, *aliases), reach=reach or more, person=person, seat=whose["seat"] if whose else "")


def _denied(name: str) -> tuple[Name, ...]:
    name = _CELLS.sub("", name)
    parts = _DASHED.split(name)
    if len(parts) > 1:
        return tuple(
            Name(text.strip(), "alias" if number else "name")
            for number, text in enumerate([parts[0], *(one for part in parts[1:] for one in part.split(", "))])
            if text.strip()
        )
    return _also(name)


def _also(text: str) -> tuple[Name, ...]:
    """As in "PEARL (A.K.A. NEI-CHIEN CHU) LI": PEARL LI, also known as NEI-CHIEN CHU."""
    middle = _MIDDLE.match(text)
    if middle is None or re.search(r"\baka\b", middle["also"], re.IGNORECASE):
        return wording.names(text)
    name = " ".join(f"{middle['before']} {middle['after']}".split())
    # A single letter is no name to rest an answer on.
    return Name(name, "weak" if len(name) < _INITIAL else "name"), Name(middle["also"].strip(), "alias")


def _debarred(name: str, aliases: tuple[Name, ...]) -> tuple[Said, ...]:
    if _JUMBLED.search(name):
        doubt = "the names of this entry are run together in the wrong order"
        return (Said((Name(name), *aliases), doubt=doubt),)
    several = wording.several(name)
    return tuple(Said(_also(one) + (aliases if number == 0 else ())) for number, one in enumerate(several))
