"""A party from a row of the JSON shape: its names, kind, country and addresses."""

from __future__ import annotations

from underlabel.lists import kinds, places, wording
from underlabel.lists.gather import Gather, fact_id
from underlabel.lists.readers.shape import Row
from underlabel.model import Identifier, InputError, Name, Party


def party(
    row: Row,
    gather: Gather,
    names: tuple[Name, ...],
    *,
    schema: str = "",
    identifiers: tuple[Identifier, ...] = (),
) -> Party:
    """Gather the party of a row: its id follows from its first name and its country as written.

    So the same name under two countries is two parties, as the lists themselves have it. Errors:
    `InputError` where nothing of a name is left.
    """
    if not names:
        raise InputError(
            f"no name can be read from '{row.entry.name[:80]}'", hint="look at the entry on the list's own page"
        )
    entry = row.entry
    label = (entry.country or "") if row.info.countries else ""
    addresses = wording.addresses(entry.address, label)
    made = Party(
        id=fact_id(row.info.id, names[0].text, label),
        source=row.source,
        schema=schema or kinds.schema(names[0].text),
        names=wording.distinct(names),
        countries=places.with_hong_kong(_code(row, label, gather), addresses),
        identifiers=identifiers,
        addresses=addresses,
    )
    gather.party(made)
    return made


def all_names(row: Row) -> tuple[Name, ...]:
    """The names of a row: those in its name, then its aliases."""
    return wording.names(row.entry.name) + wording.aliases(row.entry.aliases)


def _code(row: Row, label: str, gather: Gather) -> str:
    if not label:
        return ""
    code = places.country(label)
    if code is None:
        gather.reject(
            f"the country '{label}' is not understood",
            hint="the entry is kept, without a country",
            where=row.where,
            raw=row.entry.name,
        )
    return code or ""
