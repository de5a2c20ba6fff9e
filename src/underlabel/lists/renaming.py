"""One body under another number or name: an entry that went, and the one that came in its place."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from typing import Final, NamedTuple

from underlabel import names
from underlabel.model import Category, Listing, Party

_CITED: Final = re.compile(r"\d{2,3} FR \d+")
_ALIKE: Final = 0.8
"""How alike two words are that differ by a slip of the pen: "hikvison" and "hikvision"."""
_LETTERS: Final = 5
_HALF: Final = 0.5
_KINDS: Final = ("#", "=", "@", "~")
"""What two entries may share, the surest first: a number, a name, a rule that is cited, all words but one."""
_MOST: Final = 40
"""Entries that share a mark with more than so many others share what tells nobody apart."""


class Body(NamedTuple):
    """An entry of an edition: its party or class, and its listings."""

    body: Party | Category
    listings: Sequence[Listing]


def renames(gone: Sequence[Body], came: Sequence[Body]) -> dict[str, tuple[str, str]]:
    """Entries that went, by id, each with the id of the one that came in its place and why it is the same body.

    It is where both hold an identifier; where one bears the other's first name; where the new one cites the rule
    that listed the old one, in one country, with an address or half of its words; or where
    one word of the name differs by a slip of the pen, in one country. One to one, and only where no other fits as well.
    """
    marked: dict[str, dict[str, list[Body]]] = {kind: defaultdict(list) for kind in _KINDS}
    for new in came:
        for mark in _marks(new):
            marked[mark[0]][mark].append(new)
    found: dict[str, tuple[str, str]] = {}
    for kind in _KINDS:
        taken = {new for new, _ in found.values()}
        pairs: dict[tuple[str, str], str] = {}
        for old in (one for one in gone if one.body.id not in found):
            for mark in (one for one in _marks(old) if one[0] == kind):
                bearers = marked[kind][mark]
                for new in bearers if len(bearers) <= _MOST else ():
                    if new.body.id not in taken and (why := _same(mark, old, new)):
                        pairs.setdefault((old.body.id, new.body.id), why)
        olds, news = Counter(old for old, _ in pairs), Counter(new for _, new in pairs)
        found |= {old: (new, why) for (old, new), why in pairs.items() if olds[old] == news[new] == 1}
    return found


def _marks(entry: Body) -> Iterable[str]:
    """What an entry may be known again by; the first sign says what kind of mark it is."""
    body = entry.body
    if not isinstance(body, Party):
        return
    yield from (f"# {one.scheme} {one.value}" for one in body.identifiers)
    yield from (f"= {key}" for one in body.names if one.kind != "weak" and (key := names.key(one.text)))
    yield from dict.fromkeys(f"@ {cited[0]}" for one in entry.listings if (cited := _CITED.search(one.citation)))
    stem = names.form(body.caption, body.schema).stem
    # Names that differ by one word share what is left when that word is taken out.
    yield from (f"~ {' '.join((*stem[:at], '', *stem[at + 1 :]))}" for at in range(len(stem)) if len(stem) > 1)


def _same(mark: str, old: Body, new: Body) -> str:
    """Why two entries that share a mark are one body; empty where they need not be."""
    left, right = old.body, new.body
    if not isinstance(left, Party) or not isinstance(right, Party):
        return ""
    kind, _, text = mark.partition(" ")
    if kind == "#":
        return f"both hold {text}"
    if kind == "=":
        return f"both bear the name {text}" if text in (names.key(left.caption), names.key(right.caption)) else ""
    if left.schema != right.schema or left.countries[:1] != right.countries[:1]:
        return ""
    if kind == "@":
        return f"both cite {text}" if _shares(left, right) else ""
    return "a slip in the name" if _slip(left, right) else ""


def _shares(left: Party, right: Party) -> bool:
    """Whether two parties share an address, or half of the words of their names."""
    if set(left.addresses) & set(right.addresses):
        return True
    ours, theirs = (set(names.form(one.caption, one.schema).stem) for one in (left, right))
    return bool(ours & theirs) and len(ours & theirs) >= _HALF * max(len(ours), len(theirs))


def _slip(left: Party, right: Party) -> bool:
    ours, theirs = (names.form(one.caption, one.schema) for one in (left, right))
    if ours.numbers != theirs.numbers or len(ours.stem) != len(theirs.stem) or ours.org_types != theirs.org_types:
        return False
    apart = [(a, b) for a, b in zip(ours.stem, theirs.stem, strict=True) if a != b]
    return len(apart) == 1 and all(
        min(len(a), len(b)) >= _LETTERS and SequenceMatcher(None, a, b, autojunk=False).ratio() >= _ALIKE
        for a, b in apart
    )
