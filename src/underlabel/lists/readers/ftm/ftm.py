"""FollowTheMoney entities, one per line, as OpenSanctions and others publish them: START HERE.

The library is not used: the words that are read stand in `ftm_schemata.py`, and tests compare them with it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from itertools import chain

import msgspec

from underlabel.lists.gather import Gather, Tally
from underlabel.lists.opening import Opened
from underlabel.lists.readers.ftm import ftm_delta, ftm_entities, ftm_naming, ftm_schemata
from underlabel.lists.readers.ftm.ftm_account import Account
from underlabel.lists.readers.ftm.ftm_delta import Applied
from underlabel.lists.readers.ftm.ftm_entities import Entity
from underlabel.lists.readers.ftm.ftm_facts import Drafts
from underlabel.lists.readers.ftm.ftm_lines import Line, Lines
from underlabel.model import Facts, InputError

_ONE_PER_LINE = "give one entity per line, as `entities.ftm.json` and `targets.nested.json` have it"


def read(opened: Opened) -> tuple[Facts, tuple[Tally, ...]]:
    """Read a file of FollowTheMoney entities, plain or nested; or a delta file.

    A record is one entity: that of a line, or one nested in it; of a delta, one line. Companies, bodies,
    persons, vessels and aircraft become parties, addresses part of them (parties where they are listed
    themselves); Sanction entities and topics become listings on the list their datasets are known as, else on
    "ftm"; Ownership, Directorship and Control become links. All else is counted as rejected, by schema. Of
    persons, names and countries are kept, nothing more.

    Each file is a dataset of its own, `ftm:NAME`: the one dataset that nine tenths of its parties name, else the
    file's name. A delta is applied to its base where that stands beside it; alone it is an extract, `ftm:FILE_delta`,
    and its deletions are only counted. Its edition is the last day on which a source was seen, where no other is given.
    Errors: `InputError` where no line is an entity; a broken line is a `Rejected`.
    """
    account = Account()
    source = _Source(opened)
    held: dict[str, Entity] = {}
    for one in source.lines():
        _take(one, held, account)
    if not held and account.refused.first:
        raise InputError(f"no entity could be read: {account.refused.first}", where=opened.where, hint=_ONE_PER_LINE)
    opened = msgspec.structs.replace(opened, version=source.version)
    edition = opened.edition or ftm_naming.last_seen(held.values())
    name = f"{source.stem}_delta" if source.alone else ftm_naming.dataset(held.values(), source.stem)
    gather = Gather(opened, edition, name)
    Drafts(held, gather, account).settle()
    account.refused.into(gather)
    tallies = account.tallies(source.files)
    lists = {listing.list for listing in gather.listings.values()} - {opened.info.id}
    return gather.facts(tallies, lists=(opened.info.id, *sorted(lists))), tallies


class _Source:
    """Where entities come from: a file, a delta alone, or a delta and the base beside it."""

    def __init__(self, opened: Opened) -> None:
        """Look at the first line, to know which."""
        self._lines = Lines(opened.path)
        lines = iter(self._lines)
        first = next(lines)
        self._all = chain([first], lines)
        self._delta = ftm_entities.is_delta(first)
        path = ftm_delta.base(opened.path) if self._delta else None
        self._base = Lines(path) if path else None
        self.alone = self._delta and self._base is None
        self.stem = ftm_naming.stem(path or opened.path)
        self.files = (*((path.name,) if path else ()), opened.path.name)

    def lines(self) -> Iterator[Applied]:
        """Every line of every file, and what became of it."""
        if self._delta:
            return ftm_delta.apply(self._base or (), self._all)
        return self._plain(self._all)

    @property
    def version(self) -> str:
        """The digest of the file; of two, that of their digests, the base's first."""
        if self._base is None:
            return self._lines.version
        return hashlib.sha256((self._base.version + self._lines.version).encode()).hexdigest()

    @staticmethod
    def _plain(lines: Iterable[Line]) -> Iterator[Applied]:
        for line in lines:
            yield Applied(line, "kept", line.raw)


def _take(one: Applied, held: dict[str, Entity], account: Account) -> None:
    """Keep the entities of a line, joined with what is held of them."""
    if one.error is not None:
        account.broken(one.line, one.error)
        return
    if one.outcome not in {"kept", "added"}:
        account.changed(one)
        return
    try:
        found = list(ftm_entities.entities(one.raw, one.line))
    except InputError as error:
        account.broken(one.line, error)
        return
    for entity in found:
        if entity.unsaid:
            hint = "it is read like any other tool's entity"
            account.refused.detail("the underlabel key is not as this tool writes it", entity.where, hint)
        if not ftm_schemata.kept(entity.schema, ours=entity.said is not None):
            account.unkept(entity)
        elif entity.id in held:
            ftm_entities.join(held[entity.id], entity)
            account.counts(entity.where, "parts")
        else:
            held[entity.id] = entity
