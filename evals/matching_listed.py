"""The index that is asked: SDN, United Nations and Entity List, whole, and the held-out names asked of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, NamedTuple

from evals import matching_slips as slips
from evals.matching_bodies import Body
from underlabel import match, names
from underlabel.model import Found, Query

LISTS: Final = frozenset({"us_ofac_sdn", "un_sc", "us_bis_entity_list"})
GROUPS: Final = ("person", "organisation")
_BATCH: Final = 2_000


class Asked(NamedTuple):
    """A name asked, the body it is a name of, and the listed name it was made from."""

    name: str
    body: Body
    listed: str


class Listed:
    """The three lists in one index, and which bodies can't be told from each other."""

    def __init__(self, bodies: Iterable[Body], without: frozenset[tuple[int, str]] = frozenset()) -> None:
        """Index the bodies of the three lists; `without` are (same, plain form) of names to be left out."""
        self.bodies = self.of(bodies)
        self.same = {body.id: body.same for body in self.bodies}
        self.rows = [row for body in self.bodies for row in _rows(body, without)]
        self.index: Any = match.build(self.rows)

    @staticmethod
    def of(bodies: Iterable[Body]) -> list[Body]:
        """Those of the bodies that stand on the three lists now: the SDN list of 2019 holds some that left it."""
        return [body for body in bodies if LISTS & set(body.lists) and body.dataset != "us_ofac_sdn"]

    def find(self, queries: Sequence[Query], top: int = 25, threshold: float | None = 0.0) -> list[Found]:
        """What our matcher finds, in batches."""
        found: list[Found] = []
        for start in range(0, len(queries), _BATCH):
            found += match.find(self.index, queries[start : start + _BATCH], top=top, threshold=threshold)
        return found

    def right(self, asked: Asked, parties: Iterable[str]) -> bool:
        """Whether the body asked for is among the parties."""
        return any(self.same[party] == asked.body.same for party in parties)

    def held_out(self, group: str, size: int) -> list[Asked]:
        """Names of held-out bodies that a slip can be made in, one listed name after another at random."""
        fit = [
            Asked(name, body, name)
            for body in self.bodies
            if body.split == "held-out" and body.group == group
            for name in body.names
            if slips.can_slip(name)
        ]
        return slips.chance("held out", group).sample(fit, min(size, len(fit)))


def with_slips(asked: Sequence[Asked], edits: int) -> list[Asked]:
    """The names with that many slips of the pen."""
    return [
        one._replace(name=slips.slipped(one.name, edits, slips.chance("asked", edits, one.body.id, one.name)))
        for one in asked
    ]


def moved(asked: Sequence[Asked], *, drop: bool) -> list[Asked]:
    """The names with a word dropped, or two swapped; names that have too few words are left out."""
    make = slips.word_dropped if drop else slips.words_swapped
    made = [one._replace(name=make(one.name, slips.chance("moved", drop, one.body.id, one.name))) for one in asked]
    return [one for one in made if one.name != one.listed]


def _rows(body: Body, without: frozenset[tuple[int, str]]) -> Iterator[tuple[str, str, str, str, str]]:
    country = " ".join(body.countries)
    for texts, kind in ((body.names, "alias"), (body.weak, "weak")):
        for text in texts:
            if not without or (body.same, names.form(text, body.schema).plain) not in without:
                yield body.id, text, kind, body.schema, country
