"""Parties, listings and links as FollowTheMoney entities, one JSON object per line: START HERE.

Other tools read the entities as they would any; what FollowTheMoney has no word for stands in a key of our own,
`underlabel`, a text that holds JSON, which they carry along and merge. Read back (`lists.read(file, "ftm")`)
the facts are as they were, except that

- a fact's source is the file now: `Source.dataset`, `version`, `locator` and `read_at` are those of the reading;
- the order of names behind the first, and that of identifiers, is not kept;
- addresses of persons are not written.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import Final

from underlabel.model import Link, Listing, Party, Rejected
from underlabel.report import ftm_facts

_HINT: Final = "FollowTheMoney ties parties alone; write JSON Lines to keep it"


def ftm_lines(
    parties: Collection[Party], listings: Collection[Listing] = (), links: Collection[Link] = ()
) -> Iterator[str]:
    """One entity a line, without line ends: parties by id, then their listings, then links between them.

    A party is a Thing of its schema (raised to Organization or Company where a tie could not name it else), a
    listing a Sanction, a link an Ownership, Directorship or Control, else an UnknownLink. Ids follow from ours.
    Listings and links of what is no party are left out: `ftm_left_out` tells them.
    """
    schemata = {one.id: one.schema for one in parties}
    subjects = {one.id: one for one in parties}
    ties = [
        (one, ftm_facts.tie(one.kind, schemata[one.src], schemata[one.dst]))
        for one in sorted(links, key=lambda link: link.id)
        if one.src in schemata and one.dst in schemata
    ]
    held: defaultdict[str, set[str]] = defaultdict(set)
    for link, schema in ties:
        held[link.dst].add(schema)
    for party in sorted(parties, key=lambda one: one.id):
        yield ftm_facts.party(party, ftm_facts.raised(party.schema, held[party.id])).line
    for listing in sorted(listings, key=lambda one: one.id):
        if listing.subject in subjects:
            yield ftm_facts.listing(listing, subjects[listing.subject]).line
    for link, schema in ties:
        yield ftm_facts.link(link, schema).line


def ftm_left_out(
    parties: Collection[Party], listings: Sequence[Listing] = (), links: Sequence[Link] = ()
) -> tuple[Rejected, ...]:
    """What `ftm_lines` leaves out: listings of classes, and ties of labels or of parties not given."""
    known = {one.id for one in parties}
    lost: list[tuple[Listing | Link, str, str]] = [
        (one, one.subject, "listing") for one in listings if one.subject not in known
    ]
    for link in links:
        ends = [end for end in (link.src, link.dst) if end not in known]
        lost += [(link, end, link.kind) for end in ends[:1]]
    return tuple(
        Rejected(
            reason=f"the {what} {one.id} speaks of '{end}', which is no party here",
            hint=_HINT,
            where=f"{one.source.dataset} {one.source.locator}".rstrip(),
            dataset=one.source.dataset,
        )
        for one, end, what in lost
    )
