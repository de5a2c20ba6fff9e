"""Known brands in free text: whole words, written as brands are, the longest name; all that stand there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

import msgspec

from underlabel.labels import forms

_ALWAYS: Final = (
    "acuity adt ajax alibi amazon apple august blink brilliant brother buffalo canon capture check-point citrix "
    "commend crucial eagle eagle-eye extreme first-alert gira hive icom jung kindle luma micron milestone mist moto "
    "nest nothing oracle palo-alto planet poco poly predator ring risco rockwell roku safire salto sharp shuttle sick "
    "sma square-d tait tesla transcend valve vivo wiser yale zebra "
)
ORDINARY: Final = frozenset(word.replace("-", " ") for word in _ALWAYS.split())
"""Brands that are ordinary words or names too: read in a brand's column only, never out of a text."""
_WORDS: Final = frozenset(
    {"axis", "cypress", "deco", "dell", "intel", "juniper", "orbi", "parrot", "perle", "ruckus", "signify", "swann"}
)
"""Brands that are words too, but mostly mean the brand: not before "of" ("Axis of rotation")."""
_SHORT: Final = 3
_MEANT_FOR: Final = frozenset({"for", "fits", "with", "to", "replaces", "replacing", "versus", "vs"})
_DENIED: Final = frozenset({"not", "no", "non", "nor", "never", "without", "unlike", "except", "excluding", "excl"})
_ASIDE: Final = _MEANT_FOR | _DENIED
_BETWEEN: Final = frozenset({"a", "an", "the", "any", "all", "made", "by", "from", "existing", "your"})
_JOINED: Final = frozenset({"and", "or", "nor"})
_FIRST: Final = 3
_LABEL: Final = 8

_Names = tuple[tuple[tuple[str, ...], frozenset[str]], ...]


class Spotted(msgspec.Struct, frozen=True):
    """A brand read out of a text: the labels it means, and the words as they stood there.

    `prose` says that the text reads as prose, not as a label: it has more than eight words, or
    the brand does not stand among its first three.
    """

    labels: frozenset[str]
    text: str
    prose: bool = False


class Spotter(msgspec.Struct, frozen=True):
    """Known names by their first word, longest first, and those that are styled with a small first letter."""

    names: dict[str, _Names]
    styled: frozenset[tuple[str, ...]] = frozenset()

    def spot(self, text: str) -> tuple[Spotted, ...]:
        """The known brands in a text, each once, in the order they stand there.

        A longer known name hides a shorter one inside it. A brand begins with a capital, or is
        written as the brand itself is styled: "crucial" is a word, "iiyama" a brand. A name after
        "for", "with", "fits", "to" or "replaces" names what the thing goes with, one after "not"
        or "without" what it is not; so do those joined to it by "and" or "or". A name of two
        letters counts only as the first word, in capitals: "HP LaserJet".
        """
        written = forms.spans(text)
        words = tuple(word for word, _, _ in written)
        long = bool(written) and written[-1][2] >= _LABEL
        found: dict[frozenset[str], Spotted] = {}
        at, aside_until = 0, -1
        while at < len(words):
            name, labels = self._at(words, at)
            if not name:
                at += 1
                continue
            shown = tuple(word for _, word, _ in written[at : at + len(name)])
            end = at + len(name)
            if _aside(words, at, aside_until):
                aside_until = end
            elif self._is_brand(shown, at) and not (name[0] in _WORDS and words[end : end + 1] == ("of",)):
                found.setdefault(labels, Spotted(labels, " ".join(shown), long or written[at][2] >= _FIRST))
            at = end
        return tuple(found.values())

    def _is_brand(self, shown: tuple[str, ...], at: int) -> bool:
        if len(" ".join(shown)) < _SHORT:
            return at == 0 and shown[0].isupper()
        first = next((sign for sign in "".join(shown) if sign.isalpha()), "")
        # scripts without capitals are neither upper nor lower case
        return not first.islower() or shown in self.styled

    def _at(self, words: tuple[str, ...], at: int) -> tuple[tuple[str, ...], frozenset[str]]:
        for name, labels in self.names.get(words[at], ()):
            if words[at : at + len(name)] == name:
                return name, labels
        return (), frozenset()


def spotter(known: Mapping[str, Iterable[str]], styled: Iterable[str] = ()) -> Spotter:
    """A spotter of the known forms, each with the labels it means; ordinary words are left out.

    `styled` are the brands as their owners write them.
    """
    names: dict[str, list[tuple[tuple[str, ...], frozenset[str]]]] = {}
    for form, labels in known.items():
        parts = tuple(form.split())
        if parts and form not in ORDINARY:
            names.setdefault(parts[0], []).append((parts, frozenset(labels)))
    return Spotter(
        {first: tuple(sorted(entries, key=lambda entry: -len(entry[0]))) for first, entries in names.items()},
        frozenset(tuple(word for _, word, _ in forms.spans(brand)) for brand in styled),
    )


def _aside(words: tuple[str, ...], at: int, aside_until: int) -> bool:
    """Whether the name at a place is what the thing goes with, or is not."""
    if aside_until >= 0 and all(word in _JOINED for word in words[aside_until:at]):
        return True
    before = at - 1
    while before >= 0 and words[before] in _BETWEEN:
        before -= 1
    return before >= 0 and words[before] in _ASIDE
