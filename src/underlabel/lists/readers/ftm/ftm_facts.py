"""Facts out of all entities of a file: parties first, then what names them."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from underlabel.lists.gather import Gather
from underlabel.lists.readers.ftm import ftm_links, ftm_listings, ftm_parties, ftm_schemata
from underlabel.lists.readers.ftm.ftm_account import Account
from underlabel.lists.readers.ftm.ftm_entities import Entity
from underlabel.model import InputError, Listing, Party

_HINT = "of a delta file, put the base it belongs to beside it"


class Drafts:
    """The entities of a file on their way to facts."""

    def __init__(self, entities: Mapping[str, Entity], gather: Gather, account: Account) -> None:
        """Sort entities by what they are to become."""
        self._gather = gather
        self._account = account
        self._parties: dict[str, Party] = {}
        kinds: dict[str, list[Entity]] = {"Thing": [], "Address": [], "Sanction": [], "Interest": []}
        for entity in entities.values():
            kind = entity.schema if entity.schema in kinds else "Interest"
            kinds["Thing" if kind == "Interest" and ftm_schemata.party(entity.schema) else kind].append(entity)
        self._things, self._addresses = kinds["Thing"], kinds["Address"]
        self._sanctions, self._ties = kinds["Sanction"], kinds["Interest"]

    def settle(self) -> None:
        """Gather every fact, and account for every entity."""
        self._people_and_bodies()
        listings = self._listings()
        for entity in (*self._things, *self._addresses):
            party = self._parties.get(entity.id)
            if party is not None:
                self._account.counts(entity.where, "parties")
                self._gather.party(party)
                listings += ftm_listings.topical(entity, party, self._gather) if party.id not in self._listed else ()
        for listing in listings:
            self._gather.listings.setdefault(listing.id, listing)
        for tie in self._ties:
            self._link(tie)

    def _people_and_bodies(self) -> None:
        """Parties, and the addresses that are part of them, or parties themselves."""
        places = {entity.id: ftm_parties.place(entity) for entity in self._addresses}
        for entity in self._things:
            self._party(entity, places)
        named = {one for entity in self._sanctions for one in entity.all("entity")}
        used = {
            one
            for entity in self._things
            if entity.id in self._parties and self._parties[entity.id].schema != "Person"
            for one in entity.all("addressEntity")
        }
        for entity in self._addresses:
            if entity.said or entity.id in named or ftm_listings.TOPICS.intersection(entity.all("topics")):
                self._party(entity, places)
            elif entity.id in used:
                self._account.counts(entity.where, "parts")
            else:
                self._account.lost(entity, "an Address of persons, or of nobody in the file, is not kept")

    def _party(self, entity: Entity, places: Mapping[str, tuple[str, ...]]) -> None:
        try:
            self._parties[entity.id] = ftm_parties.party(entity, places, self._gather, self._account.refused)
        except InputError as error:
            self._account.lost(entity, error.what, error.hint)

    def _listings(self) -> list[Listing]:
        """The listings that Sanction entities say; the numbers they give go to their party."""
        found: list[Listing] = []
        self._listed: set[str] = set()
        for entity in self._sanctions:
            subjects = [self._parties[one] for one in entity.all("entity") if one in self._parties]
            if not subjects:
                self._account.lost(entity, "the entity of this Sanction is no party of the file", _HINT)
                continue
            try:
                found += self._on(entity, subjects)
            except InputError as error:
                self._account.lost(entity, error.what, error.hint)
                continue
            self._account.counts(entity.where, "parts")
            self._listed.update(subject.id for subject in subjects)
            for name in entity.all("entity"):
                self._lend(name, entity)
        return found

    def _on(self, entity: Entity, subjects: list[Party]) -> list[Listing]:
        """The listings of each subject; the reason of a person's is not kept, as it may tell of their life."""
        found = []
        personal = any(subject.schema == "Person" for subject in subjects) and entity.said is None
        for subject in subjects:
            for one in ftm_listings.listed(entity, subject, self._gather, self._account.refused):
                name = one.id if len(subjects) == 1 else f"{one.id}/{subject.id}"
                found.append(msgspec.structs.replace(one, id=name, policy="" if personal else one.policy))
        return found

    def _lend(self, name: str, entity: Entity) -> None:
        party = self._parties.get(name)
        numbers = ftm_listings.numbers(entity)
        if party is not None and numbers:
            both = tuple(dict.fromkeys((*party.identifiers, *numbers)))
            self._parties[name] = msgspec.structs.replace(party, identifiers=both)

    def _link(self, entity: Entity) -> None:
        try:
            links = ftm_links.tied(entity, self._parties, self._gather, self._account.refused)
        except InputError as error:
            self._account.lost(entity, error.what, error.hint)
            return
        self._account.counts(entity.where, "parts")
        for link in links:
            self._gather.link(link)
