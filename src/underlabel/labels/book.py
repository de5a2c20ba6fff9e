"""The book of labels: who is said to stand behind an item, best evidence first."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

import msgspec

from underlabel.labels import forms, patterns
from underlabel.labels.macs import digits, mac_state, why_unsaid
from underlabel.labels.parts import makes_parts
from underlabel.labels.spotting import Spotter, spotter
from underlabel.model import Block, Held, Item, Link, Making, held, within

NOT_THE_MAKER: Final = "a block's holder is not always the maker"
READ: Final = "the brand was read in the text"
_NOBODY: Final = frozenset({"private", "ieee registration authority"})
_LENGTHS: Final = (36, 28, 24)
_TURNED: Final = frozenset(
    {"replace", "replaces", "replaced", "replacing", "replacement", "remove", "removes", "removed", "removing"}
    | {"removal", "disposal", "dispose", "decommission", "decommissioning", "free", "not", "no", "without", "instead"}
)
_DOUBTED: Final = "the brand was read in a text that speaks of replacing, removing or not having something"
_EVIDENCE: Final = ("fingerprint", "fcc_id", "mac", "model", "brand", "named")
_SURENESS: Final = (Held.YES, Held.MAYBE, Held.NO)
_LEVELS: Final = ("high", "medium", "low")


class Labels(msgspec.Struct, frozen=True):
    """The labels of one brand an item bears: their ids, the words it rests on, and where these were read.

    `weak` says why nothing of it is sure; `prose`, that it is not unless a model code bears it out.
    """

    ids: frozenset[str] = frozenset()
    text: str = ""
    note: str = ""
    weak: str = ""
    prose: bool = False


class Book(msgspec.Struct, frozen=True):
    """Label facts by label, own model codes, and MAC blocks by length; made by `book`.

    `forms` are the spellings of brands and the labels they mean, `codes` the facts of model codes
    under any brand, by the codes' first signs, `refuted` what is wrongly said of a label. It
    holds no open file and can be pickled.
    """

    facts: dict[str, tuple[Link, ...]]
    forms: dict[str, frozenset[str]]
    codes: dict[str, tuple[Link, ...]]
    refuted: dict[str, tuple[str, ...]]
    blocks: dict[int, dict[str, str]]
    spotter: Spotter
    edition: date | None = None

    def makers(self, item: Item, day: date) -> tuple[Making, ...]:
        """Who is said to stand behind `item` on `day`, best evidence first.

        Facts that did not hold that day are left out; facts whose scope excludes the item stand
        last, with `fits` no. Evidence ranks mac, model, brand, named. The brand is read from the
        item's brand, else from the maker a column names where that is a known brand, else from
        the text; never from a supplier. What is read in prose, without a model code of the maker,
        or where the text names brands of several makers, is of low confidence. Nothing known gives
        an empty answer.
        """
        tokens = patterns.codes(f"{item.model} {item.text}")
        if item.model:
            # a pattern may speak of a code with blanks in it: "VIP 1230 B G4"
            tokens = (*tokens, item.model.strip().upper())
        found = [*self._holder(item), *_named(item)]
        heads = dict.fromkeys(token[: patterns.HEAD] for token in tokens)
        own = dict.fromkeys(link for head in heads for link in self.codes.get(head, ()))
        coded = [_said(link, item, tokens, day, Labels()) for link in own]
        found += [making for making in coded if making.evidence == "model"]
        for labels in self._labels(item):
            of_brand = [
                _said(link, item, tokens, day, labels, *self.refuted.get(label, ()))
                for label in labels.ids
                for link in self.facts.get(label, ())
            ]
            found += _weighed(of_brand, labels, {one.party for one in (*coded, *of_brand) if one.evidence == "model"})
        if not item.brand and _TURNED & {word for word, _, _ in forms.spans(item.text)}:
            found = [_doubted(one) for one in found]
        return tuple(sorted((making for making in found if making.held is not Held.NO), key=_order))

    def mac_says(self, item: Item) -> str:
        """Why the item's MAC address told nothing, as a sentence; empty where it has none or its holder is known."""
        holder = self._block(item.mac)
        why = why_unsaid(item.mac)
        if not item.mac.strip() or (holder and forms.form(holder) not in _NOBODY):
            return ""
        if not why and not any(self.blocks.values()):
            why = "was not looked up: no registry of MAC addresses is loaded"
        elif not why and holder and forms.form(holder) == "private":
            why = "is in a block whose holder is not published"
        elif not why:
            why = "is in no block of the registry" + (f" of {self.edition.isoformat()}" if self.edition else "")
        return f"the MAC address {item.mac.strip()} {why}"

    def _labels(self, item: Item) -> tuple[Labels, ...]:
        if item.brand:
            return (Labels(self.forms.get(forms.form(item.brand), frozenset()), item.brand),)
        for party in item.named("maker"):
            known = self.forms.get(forms.form(party.name))
            if known:
                return (Labels(known, party.name, "the brand is the maker's name as given"),)
        found = self.spotter.spot(item.text)
        prose = all(one.prose for one in found)
        weak = ""
        # two brands of one maker, "Ubiquiti UniFi", leave no doubt who it is
        if len({self._behind(one.labels) for one in found}) > 1:
            weak = "several brands are named in the text: " + ", ".join(one.text for one in found)
        return tuple(Labels(one.labels, one.text, "the brand was read out of the text", weak, prose) for one in found)

    def _behind(self, labels: Iterable[str]) -> frozenset[str]:
        return frozenset(link.dst for label in labels for link in self.facts.get(label, ()))

    def _holder(self, item: Item) -> tuple[Making, ...]:
        holder = self._block(item.mac)
        if not holder or forms.form(holder) in _NOBODY:
            return ()
        parts = makes_parts(holder)
        as_of = f"MAC registry of {self.edition.isoformat()}" if self.edition else ""
        note = _joined(NOT_THE_MAKER, "this one sells network parts to other makers" if parts else "", as_of)
        return (
            Making(
                relation="makes",
                evidence="mac",
                text=item.mac,
                name=holder,
                confidence="low" if parts else "high",
                note=note,
            ),
        )

    def _block(self, mac: str) -> str:
        """The registered holder of the longest block an address lies in, or ""."""
        if mac_state(mac) != "global":
            return ""
        address = digits(mac)
        return next((name for bits in _LENGTHS if (name := self.blocks.get(bits, {}).get(address[: bits // 4]))), "")


def _doubted(making: Making) -> Making:
    if making.evidence not in {"model", "brand"}:
        return making
    return msgspec.structs.replace(making, confidence="low", note=_joined(making.note, _DOUBTED))


def book(links: Iterable[Link], blocks: Iterable[Block] = (), edition: date | None = None) -> Book:
    """A book of the label facts among `links` and of MAC `blocks`; `edition` is the registry's day.

    Label facts are makes and brands links from a label; same_as links between labels are
    spellings. Other links are passed over.
    """
    facts: dict[str, list[Link]] = {}
    known: dict[str, set[str]] = {}
    codes: dict[str, list[Link]] = {}
    refuted: dict[str, list[str]] = {}
    styled: set[str] = set()
    for link in links:
        if not link.src.startswith("label:") or link.scope is None:
            continue
        brand = forms.form(link.scope.brand)
        styled.add(link.scope.brand)
        if link.kind == "same_as":
            known.setdefault(brand, set()).add(link.dst)
        elif link.kind in ("makes", "brands"):
            if brand:
                known.setdefault(brand, set()).add(link.src)
            if link.status == "refuted":
                refuted.setdefault(link.src, []).append(f"refuted: {link.note}")
            elif brand:
                facts.setdefault(link.src, []).append(link)
            else:
                for head in dict.fromkeys(pattern[: patterns.HEAD].upper() for pattern in link.scope.models):
                    codes.setdefault(head, []).append(link)
    lengths: dict[int, dict[str, str]] = {bits: {} for bits in _LENGTHS}
    for block in blocks:
        lengths.setdefault(block.bits, {})[block.prefix] = block.holder
    spellings = {brand: frozenset(labels) for brand, labels in known.items()}
    return Book(
        facts={label: tuple(found) for label, found in facts.items()},
        forms=spellings,
        codes={head: tuple(found) for head, found in codes.items()},
        refuted={label: tuple(dict.fromkeys(notes)) for label, notes in refuted.items()},
        blocks=lengths,
        spotter=spotter(spellings, styled),
        edition=edition,
    )


def makers(items: Iterable[Item], known: Book, day: date) -> list[tuple[Making, ...]]:
    """For each item, in order, who is said to stand behind it on `day`; equal labels are worked out once."""
    answers: dict[tuple[object, ...], tuple[Making, ...]] = {}
    found: list[tuple[Making, ...]] = []
    for item in items:
        key = (item.brand, item.model, item.text, item.product_class, item.mac, item.named("maker"))
        if key not in answers:
            answers[key] = known.makers(item, day)
        found.append(answers[key])
    return found


def _said(link: Link, item: Item, tokens: tuple[str, ...], day: date, labels: Labels, *notes: str) -> Making:
    """What a label fact says of the item."""
    fits, code = _fits(link, item, tokens)
    return Making(
        relation="makes" if link.kind == "makes" else "brands",
        evidence="model" if code else "brand",
        text=code or labels.text,
        party=link.dst,
        link=link,
        held=held(link.since, link.until, day),
        fits=fits,
        confidence=link.confidence,
        note=_joined(labels.note, link.note, *notes),
    )


def _weighed(makings: list[Making], labels: Labels, coded: set[str]) -> list[Making]:
    """The same, of low confidence where the brand was read in prose or beside other brands."""
    note = labels.weak or (READ if labels.prose and not coded.intersection(one.party for one in makings) else "")
    if not note:
        return makings
    lowered = []
    for one in makings:
        # one note on where the brand was read is enough
        rest = one.note.removeprefix(labels.note).removeprefix("; ")
        lowered.append(msgspec.structs.replace(one, confidence="low", note=_joined(note, rest)))
    return lowered


def _fits(link: Link, item: Item, tokens: tuple[str, ...]) -> tuple[Held, str]:
    """Whether the fact's scope takes the item in, and the model code that says so."""
    scope = link.scope
    if scope is None:
        return Held.YES, ""
    inside = within(item.product_class, scope.classes)
    if inside is False:
        return Held.NO, ""
    if scope.models:
        code = patterns.first_match(scope.models, tokens)
        if code:
            return Held.YES, code
        return (Held.NO if item.model and patterns.comparable(patterns.codes(item.model)) else Held.MAYBE), ""
    return (Held.MAYBE if scope.line or inside is None else Held.YES), ""


def _named(item: Item) -> list[Making]:
    return [
        Making(relation="named", evidence="named", text=party.name, name=party.name)
        for party in item.named("maker")
        if party.name.strip()
    ]


def _order(making: Making) -> tuple[object, ...]:
    return (
        making.fits is Held.NO,
        _EVIDENCE.index(making.evidence),
        _SURENESS.index(making.fits),
        _SURENESS.index(making.held),
        _LEVELS.index(making.confidence),
        making.relation != "makes",
        making.link.id if making.link else making.name,
    )


def _joined(*notes: str) -> str:
    return "; ".join(dict.fromkeys(note for note in notes if note))
