"""Companies that an entry names as its subsidiaries: parties of their own, tied to the entry's company."""

from __future__ import annotations

import re
from typing import Final

from underlabel.lists.gather import Clock, Gather, Terms, fact_id
from underlabel.lists.kinds import ends_as_company, schema
from underlabel.lists.readers.shape import Row
from underlabel.model import Link, Name, Party

_LOST: Final = re.compile(r"\.\.\.|…|\.\s+\.")
"""Marks of a row that was cut off, or lost words, on its way: it is not taken apart."""

_INSIDE: Final = re.compile(r"\s*\((?P<words>(?:[^()]|\([^()]*\))*)\)\.?$")
_FORM: Final = re.compile(
    r"(?:Ltd|Inc|LLC|Limited|Corp|PLC|Co|L\.L\.C)\b\.?(?:,? (?:Ltd|Limited|LLC)\b\.?)?(?:\s*\(.*\))?\.?", re.IGNORECASE
)
_AND: Final = re.compile(
    r"(?P<form>\b(?:Ltd|Inc|LLC|Limited|Corp|Corporation|PLC|Co|Company)\b\.?)\s+and\s+(?=[A-Z0-9])"
)
_BODY: Final = re.compile(r"\b(?:Institute|Academy|University|Laboratory|Cent(?:er|re))\b")
_ACRONYM: Final = re.compile(r"\([A-Z]{2,}\)$")
_TWO_IN_ONE: Final = re.compile(r"\b(?:Corporation|Ltd\.?|LLC|Inc\.?|Limited|PLC) (?!\(|Co\b|No\b)(?=\w+ \w)")

Listed = tuple[Clock, Terms]
"""The days and the words of the listings the bodies get."""


def parted(words: str) -> tuple[tuple[Name, ...], ...]:
    """The bodies a row names one after another, each with its names; those that cannot be told are left out.

    A name is told where it and the one before it end with a legal form or their initials in brackets,
    or are an institute's. None are told of a row that lost words, or a comma between two names.
    """
    if not words or _LOST.search(words):
        return ()
    names = pieces(words)
    bare = [_INSIDE.sub("", name) for name in names]
    if any(_TWO_IN_ONE.search(piece) for piece in bare):
        return ()
    whole = [
        bool(ends_as_company(short) or _BODY.search(short) or _ACRONYM.search(piece))
        for piece, short in zip(names, bare, strict=True)
    ]
    told = (piece for number, piece in enumerate(names) if all(whole[max(number - 1, 0) : number + 1]))
    return tuple(_with_short(piece) for piece in told)


def pieces(words: str) -> list[str]:
    """The names of a row, parted at the commas outside brackets, and at an "and" behind a legal form.

    A legal form stays with its name.
    """
    found: list[str] = []
    for piece in _outside(_AND.sub(r"\g<form>, ", words.strip().rstrip(".")), ","):
        text = piece.strip().removeprefix("and ").strip()
        if found and _FORM.fullmatch(text):
            found[-1] = f"{found[-1]}, {text}"
        elif text:
            found.append(text)
    return [one if not one.endswith((" Ltd", " Inc", " Co")) else f"{one}." for one in found]


def tie(row: Row, gather: Gather, parent: Party, bodies: tuple[tuple[Name, ...], ...], listed: Listed) -> None:
    """Gather each body as a party with a listing of its own, controlled by the entry's company.

    The list names it as a subsidiary and states no share: the tie is of kind `controls`, of medium
    confidence, and holds since the entry does.
    """
    clock, terms = listed
    known = clock.published or clock.effective
    for names in bodies:
        # The list states no seat for them: "COSCO SHIPPING (North America) Inc." is hardly Chinese.
        child = Party(
            id=fact_id(row.info.id, names[0].text, row.entry.country or ""),
            source=row.source,
            schema=schema(names[0].text),
            names=names,
        )
        gather.party(child)
        gather.listing(child, clock, terms, row.source)
        gather.link(
            Link(
                id=fact_id(f"{row.info.id}/controls", f"{parent.id} {child.id}", ""),
                source=row.source,
                since=clock.since,
                until=clock.until,
                known_from=known.latest if known else gather.edition,
                confidence="medium",
                kind="controls",
                src=parent.id,
                dst=child.id,
                evidence="list entry",
                note="named as its subsidiary in the list; no share stated",
            )
        )


def _outside(text: str, mark: str) -> list[str]:
    parts, depth = [""], 0
    for letter in text:
        depth += (letter == "(") - (letter == ")")
        if letter == mark and depth == 0:
            parts.append("")
        else:
            parts[-1] += letter
    return parts


def _with_short(text: str) -> tuple[Name, ...]:
    inside = _INSIDE.search(text)
    plain = ends_as_company(text[: inside.start()]) or _BODY.search(text[: inside.start()]) if inside else None
    if inside is None or not (plain or _ACRONYM.search(text)):
        return (Name(text),)
    former = inside["words"].startswith("formerly ")
    other = Name(inside["words"].removeprefix("formerly ").strip(), "previous" if former else "alias")
    return (Name(text[: inside.start()].strip()), other)
