"""Known brands in free text: whole words, the longest name, one brand or none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

import msgspec

from underlabel.labels import forms

_WORDS: Final = (
    "acuity adt ajax alibi amazon apple august blink brilliant brother buffalo canon capture check-point citrix "
    "commend eagle eagle-eye extreme first-alert gira hive icom jung kindle luma micron mist moto nest nothing "
    "oracle palo-alto planet poco poly predator ring risco rockwell roku safire salto sharp shuttle sick sma "
    "square-d tait tesla valve vivo wiser yale zebra "
)
ORDINARY: Final = frozenset(word.replace("-", " ") for word in _WORDS.split())
"""Brands that are ordinary words or names too: read in a brand's column only, never out of a text."""
_SHORT: Final = 3
_MEANT_FOR: Final = frozenset({"for", "fits", "with", "to", "replaces"})


class Spotted(msgspec.Struct, frozen=True):
    """A brand read out of a text: the labels it means, and the words as they stood there."""

    labels: frozenset[str]
    text: str


class Spotter(msgspec.Struct, frozen=True):
    """Known names by their first word, longest first."""

    names: dict[str, tuple[tuple[tuple[str, ...], frozenset[str]], ...]]

    def spot(self, text: str) -> Spotted | None:
        """The one known brand in a text; None where there is none, or several.

        A longer known name hides a shorter one inside it. A name after "for", "with", "fits",
        "to" or "replaces" names what the thing goes with, not what it is. A name of two letters
        counts only as the first word, in capitals: "HP LaserJet".
        """
        written = forms.spans(text)
        words = tuple(word for word, _ in written)
        found: dict[frozenset[str], str] = {}
        at = 0
        while at < len(words):
            name, labels = self._at(words, at)
            if not name:
                at += 1
                continue
            short = len(" ".join(name)) < _SHORT
            shown = not short or (at == 0 and written[0][1].isupper())
            if shown and (at == 0 or words[at - 1] not in _MEANT_FOR):
                found.setdefault(labels, " ".join(word for _, word in written[at : at + len(name)]))
            at += len(name)
        if len(found) != 1:
            return None
        return next(Spotted(labels, shown_as) for labels, shown_as in found.items())

    def _at(self, words: tuple[str, ...], at: int) -> tuple[tuple[str, ...], frozenset[str]]:
        for name, labels in self.names.get(words[at], ()):
            if words[at : at + len(name)] == name:
                return name, labels
        return (), frozenset()


def spotter(known: Mapping[str, Iterable[str]]) -> Spotter:
    """A spotter of the known forms, each with the labels it means; ordinary words are left out."""
    names: dict[str, list[tuple[tuple[str, ...], frozenset[str]]]] = {}
    for form, labels in known.items():
        parts = tuple(form.split())
        if parts and form not in ORDINARY:
            names.setdefault(parts[0], []).append((parts, frozenset(labels)))
    return Spotter(
        {first: tuple(sorted(entries, key=lambda entry: -len(entry[0]))) for first, entries in names.items()}
    )
