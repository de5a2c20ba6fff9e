"""A cell of the eCFR's tables taken apart: the name, the aliases and the addresses of one entity."""

from __future__ import annotations

import re
from typing import Final

import msgspec

from underlabel.lists import wording

_ADDRESS_ONLY: Final = re.compile(r"(?P<name>Address \d+)\s*[,:.\u2014-]?\s*(?P<rest>.*)")
_ALSO: Final = re.compile(
    r"(?:(?<![\s,;])[\s,;]+)?(?P<bracket>\()?\s*\b(?:(?P<previous>f\.\s?k\.\s?a\b\.?|formerly known as\b)"
    r"|[an]\.\s?k\.\s?a\b\.?|also known as\b)[\s,]*"
    r"(?P<several>the following\s+(?:\w+\s+){0,2}alias(?:es)?\b[\s:,;]*)?"
)
_BULLET: Final = re.compile(r"^[\u2014\u2013-]\s*")
_BULLET_INSIDE: Final = re.compile(r"(?:(?<=[:;])|(?<=; and)|(?<=; or)|(?<=, and))\s*[\u2014\u2013]\s*")
_JOINT: Final = re.compile(r"[;,]?\s*(?:\band)?\s*$")
_OTHERS: Final = re.compile(
    r"(?:^|[,;\s])\s*(?:and )?(?:including |to include )?the following (?:\w+ )?"
    r"(?:subordinate|subsidiar|affiliate)\w*[^:\u2014]*:\s*"
)
_APPLY: Final = re.compile(r"The following addresses apply to [^:]*:\s*")
_GAP: Final = re.compile(r"(?P<joint>[,.])(?P<quote>['\u2019\"\u201d]?)\s+")
_STOP: Final = re.compile(r"\.['\u2019\"\u201d]?\s+")
_FORM: Final = re.compile(
    r"(?:\([^()]*\)\s*)?(?:ltd|limited|ltda|llc|l\.l\.c|inc|incorporated|co|corp|corporation|company|plc|llp|lp|l\.p"
    r"|jsc|cjsc|ojsc|pjsc|oao|zao|ooo|ao|pao|npo|gnpp|s\.a|sa|s\.r\.l|s\.p\.a|gmbh|b\.v|n\.v|a\.s|pte|pvt|pty|fzco?|fze"
    r"|(?:open |closed |public )?joint[ -]stock company|jr|sr)\b\.?(?P<rest>.*)",
    re.IGNORECASE,
)
_UNSTOPPED_FORM: Final = re.compile(r"(?:[COP]?JSC|OOO|OAO|ZAO|PAO|AO|LLC|GmbH|FZCO?|FZE|LL?P|PLC)", re.IGNORECASE)
_BODY: Final = re.compile(
    r"\b(?:Institut(?:e|es|ion|ions)|Academy|Laborator(?:y|ies)|University|Ministry|Bureau|Faculty|Branch"
    r"|(?:Department|School|College|Center|Centre) (?:of|for))\b|\b(?:Plant|Factory)\b(?!.*\d)"
)
_OF_BODIES: Final = re.compile(
    r"\b(?:Institut(?:e|ion)|Academy|Laboratory|University|Ministry|Bureau|Sciences?|Corporation|Department)\b"
)
_PLACE: Final = re.compile(
    r"\b(?:Road|Rd|Street|St|Avenue|Ave|Lane|Boulevard|Blvd|Building|Bldg|Tower|Floor|Room|Rm|Unit|Suite|Block|Plaza"
    r"|Ulitsa|ul|Prospekt|Highway|Campus|Park|Zone|District|Box|Flat|Office No)\b|^No\b|^\d+[-/]"
)
_PLACE_FIRST: Final = re.compile(
    r"(?:No\.?|Room|Rm\.?|Unit|Suite|Building|Bldg\.?|Block|Floor|Flat|P\.?O\.? Box|Office|House|\d)[\s#:\d.]"
)
_LABEL: Final = re.compile(r"(?:(?<![\s,.;(])[\s,.;(]+)?(?=\bAddress(?:es)?(?: for [^:]{1,80})?:)")
_SHORTENED: Final = re.compile(r"(?:^|[\s.(])(?:\w|No|St|Rd|Dr|Mr|Mrs|Ave|Bldg|Ul|ul|Pr|pr|Str|str|Prof|Int'l)$")

_LONGEST: Final = 2_000
"""How far into a text the end of a name is looked for: no name comes near it."""


class Cell(msgspec.Struct, frozen=True, kw_only=True):
    """What one cell names; `others` are its own words on further bodies it names."""

    name: str
    aliases: tuple[str, ...] = ()
    address: str = ""
    others: str = ""


def parted(lines: tuple[str, ...]) -> Cell:
    """A cell, line by line, as the entity it names.

    "X Co., Ltd., a.k.a., the following two aliases: —A; and —B. 1 Some Road, Some City" is X Co., Ltd.
    with two aliases and an address; the aliases may stand on lines of their own or run on. A name
    without aliases ends at the first comma behind which no legal form and no part of an
    institution's name follows. An alias that runs on into an address without a full stop is left
    whole: `entity_list` parts it where the address names the entry's own country.
    """
    lines = tuple(_flat(line) for line in lines)
    text = "\n".join(_BULLET_INSIDE.sub("\n\u2014", "\n".join(lines)).split("\n")).strip()
    only = _ADDRESS_ONLY.fullmatch(_flat(text))
    if only:
        return Cell(name=only["name"], address=only["rest"])
    # A short alias in brackets is left in the name, where `wording.names` finds it.
    mark = next((one for one in _ALSO.finditer(text) if one["several"] or not _inside(text, one)), None)
    if mark is None:
        return _plain(text)
    name = _flat(text[: mark.start()])
    aliases: list[str] = []
    rest = text
    while mark is not None:
        kind = "f.k.a. " if mark["previous"] else ""
        found, rest = (_bullets if mark["several"] else _inline)(rest[mark.end() :])
        aliases += [kind + one for one in found]
        mark = _ALSO.match(rest)
    address, others = _other_bodies(rest)
    return Cell(name=name, aliases=tuple(aliases), address=address, others=others)


def ended(text: str) -> tuple[str, str]:
    """A name that runs on into an address, and the address; no address where no joint is found."""
    label = _LABEL.search(text)
    if label and label.start():
        return text[: label.start()].strip(), text[label.end() :].strip()
    end = next((gap for gap in _GAP.finditer(text, 0, _LONGEST) if _ends(text, gap)), None)
    if end is None:
        return text.strip(), ""
    stop = "." if end["joint"] == "." and _FORM.fullmatch(text[: end.start()].rpartition(" ")[2]) else ""
    return (text[: end.start()] + stop + end["quote"]).strip(), text[end.end() :].strip()


def _ends(text: str, gap: re.Match[str]) -> bool:
    head, tail = text[: gap.start()], text[gap.end() :]
    if head.count("(") != head.count(")") or head.count("\u201c") != head.count("\u201d"):
        return False
    if gap["joint"] == "." and (_SHORTENED.search(head) or not _PLACE_FIRST.match(tail)):
        return False
    return not _goes_on(head, tail)


def _inside(text: str, mark: re.Match[str]) -> bool:
    return mark["bracket"] is not None or text.count("(", 0, mark.start()) > text.count(")", 0, mark.start())


def _goes_on(head: str, tail: str) -> bool:
    """Whether what follows a comma still belongs to the name: "Ltd., …", "Institute of Physics, …"."""
    piece = re.split(r",\s", tail, maxsplit=1)[0]
    form = _FORM.fullmatch(piece)
    if form:
        return True
    if piece.startswith("(") and piece.rstrip(".").endswith(")"):
        return not wording.names(piece)[0].text.lower().startswith("see ")
    inner = _BODY.search(piece) is not None and _PLACE.search(piece) is None
    return inner and _OF_BODIES.search(head) is not None


def _other_bodies(rest: str) -> tuple[str, str]:
    """What follows the aliases: the address, and the bodies named before or behind it."""
    mark = _OTHERS.search(rest)
    if mark is None:
        return _flat(rest), ""
    before, named = _flat(rest[: mark.start()]), rest[mark.end() :]
    apply = _APPLY.search(named)
    if apply:
        named, behind = named[: apply.start()], named[apply.end() :]
    elif _BULLET.match(named):
        found, behind = _bullets(named)
        named = "; ".join(found)
    else:
        behind = ""
    others = "; ".join(filter(None, (_BULLET.sub("", line).strip(" ;.") for line in named.split("\n"))))
    return "; ".join(filter(None, (before.rstrip("; "), _flat(behind)))), f"{_flat(mark[0]).lstrip(',; ')} {others}"


def _plain(text: str) -> Cell:
    first, _, more = text.partition("\n")
    name, address = ended(_flat(first))
    if not address and more:
        return Cell(name=name.rstrip(","), address=_flat(more))
    return Cell(name=name, address=_flat(f"{address} {more}"))


def _bullets(text: str) -> tuple[list[str], str]:
    """The aliases of a list of them, and what follows it."""
    lines = [line.strip() for line in text.strip().split("\n") if line.strip()]
    found: list[str] = []
    for number, line in enumerate(lines):
        if number and not _BULLET.match(line):
            return found, "\n".join(lines[number:])
        alias = _BULLET.sub("", line)
        open_ = alias.endswith((";", "; and", ", and", " and"))
        last = number + 1 == len(lines)
        alias, rest = (_JOINT.sub("", alias), "") if open_ or not last else _stopped(alias)
        found.append(_unstopped(alias))
        if rest:
            return found, rest
    return found, ""


def _stopped(alias: str) -> tuple[str, str]:
    """The last alias of a list, and the address behind its full stop."""
    for gap in _STOP.finditer(alias, 0, _LONGEST):
        head, tail = alias[: gap.start()], alias[gap.end() :]
        if not _SHORTENED.search(head) and not _FORM.match(tail):
            return alias[: gap.end()].strip(), tail
    return alias, ""


def _inline(text: str) -> tuple[list[str], str]:
    """One alias that stands in the line: "X, a.k.a. Y, 1 Some Road"."""
    alias, rest = ended(_flat(text))
    return [_unstopped(alias)], rest


def _unstopped(alias: str) -> str:
    """An alias without the full stop that ends the list; "Ltd." and other short forms keep theirs."""
    alias = _JOINT.sub("", alias).strip()
    word = alias.removesuffix(".").rpartition(" ")[2]
    short = "." in word or _FORM.fullmatch(word) or _SHORTENED.search(" " + word)
    return alias if short and not _UNSTOPPED_FORM.fullmatch(word) else alias.removesuffix(".")


def _flat(text: str) -> str:
    return " ".join(text.split())
