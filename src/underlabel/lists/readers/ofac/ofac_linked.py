"""OFAC's "Linked To": ties the lists state in a remark, each between two entries of one file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

import msgspec

from underlabel.lists.gather import Gather, fact_id
from underlabel.model import Link, Party, Source

_STRONGEST: Final = ("name", "alias", "previous", "weak")


class Tie(msgspec.Struct, frozen=True):
    """An entry (`party`: its id) says it is linked to the one of this name; `where` it says so."""

    party: str
    name: str
    source: Source
    where: str


def tie(ties: Iterable[Tie], gather: Gather) -> None:
    """Gather a `linked_to` link from the entry named to the entry that says so, for each tie.

    The name is that of one entry of the file: a main name before an alias, strong before weak; case, spaces
    and a closing stop aside, and a person's names in either order. The link bears no share: OFAC's words
    say no more than that there is a tie. A name that is nobody's, or several entries', is a `Rejected`.
    """
    bearers = _bearers(gather.parties.values())
    for one in ties:
        found = _named(one.name, bearers) - {one.party}
        if len(found) == 1:
            gather.link(link(gather, (found.pop(), one.party), one.source, f"Linked To: {one.name}"))
        elif found:
            what = f"'{one.name}', to which {one.party} is linked, is the name of {len(found)} entries"
            gather.reject(what, where=one.where, hint="the entry is kept, without this tie", raw=one.name)
        else:
            what = f"'{one.name}', to which {one.party} is linked, is no other entry of this file"
            hint = "the entry is kept, without this tie; the other may stand on another of OFAC's lists"
            gather.reject(what, where=one.where, hint=hint, raw=one.name)


def link(gather: Gather, ends: tuple[str, str], source: Source, words: str, *, ended: bool = False) -> Link:
    """The tie of two entries (the one named, the one that names it), in the list's own words.

    It is known from this edition on.
    """
    src, dst = ends
    return Link(
        id=fact_id(f"{gather.dataset}/linked_to", f"{src}|{dst}", ""),
        source=source,
        kind="linked_to",
        src=src,
        dst=dst,
        status="ended" if ended else "completed",
        known_from=gather.edition,
        evidence=words,
    )


def _bearers(parties: Iterable[Party]) -> Mapping[str, Mapping[str, set[str]]]:
    """By strength of name and by form: the ids that bear it."""
    found: dict[str, dict[str, set[str]]] = {kind: defaultdict(set) for kind in _STRONGEST}
    for party in parties:
        for name in party.names:
            bears = found[name.kind]
            bears[_form(name.text)].add(party.id)
            last, comma, first = name.text.partition(", ")
            if comma and party.schema == "Person":
                bears[_form(f"{first} {last}")].add(party.id)
    return found


def _named(name: str, bearers: Mapping[str, Mapping[str, set[str]]]) -> set[str]:
    form = _form(name)
    return set(next((bearers[kind][form] for kind in _STRONGEST if form in bearers[kind]), ()))


def _form(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(".")
