"""Whom an edition of a list names, in its records or in its words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from underlabel import names
from underlabel.model import Category, Facts, Link, Party
from underlabel.world.candidates import Candidate
from underlabel.world.join import clusters


class Naming:
    """Asked for an edition, the ids of all whom it names: a wide answer, so that nobody is taken off a list in error.

    Named are its own parties and classes; records that are joined with them, or would be if that brought no
    strangers together; and curated parties, a name of which is, but for its legal form, a name in the edition,
    or stands in the words of an entry ("and subsidiaries: …").
    """

    def __init__(
        self,
        parties: Sequence[Party],
        classes: Sequence[Category],
        found: Iterable[Candidate],
        joined: Iterable[Link],
    ) -> None:
        """Keep what is asked of each edition."""
        self._curated = [party for party in parties if ":" not in party.id]
        self._classes = classes
        self._found = tuple(found)
        self._together = clusters(joined)

    def __call__(self, edition: Facts) -> frozenset[str]:
        """The ids of whom `edition` names."""
        subjects = {listing.subject for listing in edition.listings}
        stands_for = {self._together.get(subject, subject) for subject in subjects}
        texts = {names.key(each.text) for each in edition.categories}
        return frozenset(
            subjects
            | {party for party, name in self._together.items() if name in stands_for}
            | {end for each in self._found if subjects & set(each.pair) for end in each.pair}
            | {each.id for each in self._classes if names.key(each.text) in texts}
            | self._alike(edition)
        )

    def _alike(self, edition: Facts) -> set[str]:
        stems = {names.form(name.text).stem for party in edition.parties for name in party.names}
        words = [f" {names.form(one.reach).plain} " for one in edition.listings if one.reach]
        found = set()
        for party in self._curated:
            forms = [names.form(name.text) for name in party.names if name.kind != "weak"]
            if any(form.stem in stems or any(f" {form.plain} " in each for each in words) for form in forms):
                found.add(party.id)
        return found
