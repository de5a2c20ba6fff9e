"""The account of a FollowTheMoney file: what became of every record, and what was refused and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final, Literal

from underlabel.lists.gather import Tally
from underlabel.lists.readers.ftm import ftm_schemata
from underlabel.lists.readers.ftm.ftm_delta import Applied
from underlabel.lists.readers.ftm.ftm_entities import Entity
from underlabel.lists.readers.ftm.ftm_lines import Line
from underlabel.lists.readers.ftm.ftm_refused import Refused
from underlabel.model import InputError

Outcome = Literal["parties", "parts", "terminators", "rejected"]
_HEAD: Final = 200
_LONE: Final = "put the base (X.entities.ftm.json) beside its delta (X.entities.delta.json)"


class Account:
    """Counts records by file and outcome; what is rejected is told by `refused`."""

    def __init__(self) -> None:
        """Nothing is counted yet."""
        self.refused = Refused()
        self._counts: Counter[tuple[str, str]] = Counter()

    def counts(self, where: str, outcome: Outcome) -> None:
        """One record, at a place ("file:3"), became this."""
        self._counts[where.rpartition(":")[0], outcome] += 1

    def broken(self, line: Line, error: InputError) -> None:
        """A line could not be read. Of its words only those before the properties are told: it may be of a person."""
        self.counts(line.where, "rejected")
        head = line.raw[:_HEAD].partition(b'"properties"')[0]
        self.refused.broken(error.what, line.where, error.hint, head.decode("utf-8", "replace"))

    def unkept(self, entity: Entity) -> None:
        """An entity is of a schema that becomes no fact."""
        self.lost(entity, f"{entity.schema[:40]} {ftm_schemata.unkept(entity.schema)}")

    def lost(self, entity: Entity, reason: str, hint: str = "") -> None:
        """An entity became no fact; all of one reason are told together, without their words."""
        self.counts(entity.where, "rejected")
        self.refused.unkept(reason, entity.where, hint or "it is left out; nothing needs to be done")

    def changed(self, one: Applied) -> None:
        """A line of a base or delta that holds no entity any more."""
        where = one.line.where
        if one.outcome == "replaced":
            self.counts(where, "parts")
        elif one.outcome == "deleted":
            self.counts(where, "rejected")
            self.refused.unkept("deleted by the delta", where, "it is left out; nothing needs to be done")
        else:
            self.counts(where, "terminators")
            if one.outcome == "missed":
                self.refused.detail("the delta deletes what is not held", where, _LONE)

    def tallies(self, files: Iterable[str]) -> tuple[Tally, ...]:
        """What became of the records of each file."""
        found = []
        for file in files:
            sums = {outcome: count for (name, outcome), count in self._counts.items() if name == file}
            found.append(Tally(file=file, records=sum(sums.values()), **sums))
        return tuple(found)
