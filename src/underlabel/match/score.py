"""How likely two names mean one party, and why: each feature is a reason with a signed weight."""

from __future__ import annotations

import math
from collections import Counter
from typing import Final, Literal

import msgspec

from underlabel import names
from underlabel.match.align import Alignment, align
from underlabel.model import Reason

DEFAULT_THRESHOLD: Final = 0.72
"""Scores from here on are hits.

Chosen so that a name with one slip of the pen passes, and a name that shares its one rare word
with another but differs in the rest ("Dahua Electronics", "Dahua Technology") does not.
`evals/matching.py` prints what it lets through and what it misses. It is not yet a probability.
"""
FULL: Final = 0.95
"""The most a name alone can give."""
_CORROBORATED: Final = 0.99
_RARE: Final = 0.8
_ENOUGH: Final = 1.5

_COMMON_WORDS: Final = -0.18
_RARE_LEFT: Final = -0.08
_CONFLICT: Final = -0.08
_CONFLICT_WEIGHT: Final = -0.3
_ONE_WORD_MORE: Final = -0.15
_ONE_WORD_LESS: Final = -0.06
_PLACE_MORE: Final = -0.08
_WORD_ORDER: Final = -0.02
_WEAK: Final = -0.12
_WEAK_PARTLY: Final = -0.1
_OTHER_LEGAL_PERSON: Final = -0.22
_TYPE_DIFFERS: Final = -0.02
_TYPE_MISSING: Final = -0.01
_NUMBER_DIFFERS: Final = -0.15
_NUMBER_MISSING: Final = -0.08
_OTHER_KIND: Final = -0.5
_TYPE_AND_PERSON: Final = -0.15
_COUNTRY_AGREES: Final = 0.04
_COUNTRY_CLASHES: Final = -0.15
_TYPE_LIKENESS: Final = {"same": 1.0, "missing": 0.99, "differs": 0.98, "other": 0.85}

Kind = Literal["corroborated", "name only"]
Group = Literal["person", "body", "vessel", "aircraft", "address", ""]
_GROUPS: Final[dict[str, Group]] = {
    "Person": "person",
    "Company": "body",
    "Organization": "body",
    "PublicBody": "body",
    "Vessel": "vessel",
    "Airplane": "aircraft",
    "Address": "address",
}


class Side(msgspec.Struct, frozen=True):
    """One of the two names compared, with what is known beside it."""

    form: names.Form
    group: Group = ""
    countries: frozenset[str] = frozenset()
    weak: bool = False


class Scored(msgspec.Struct, frozen=True):
    """A score from 0 to 1, the similarity of the names alone, and the reasons.

    The weights of the reasons add up to the score, to rounding; "limit" is what a bound took or gave.
    """

    score: float
    similarity: float
    kind: Kind
    reasons: tuple[Reason, ...]

    def shown(self) -> tuple[Reason, ...]:
        """The reasons, the strongest first, weights to four places."""
        ordered = sorted(self.reasons, key=lambda r: (-abs(r.weight), r.feature, r.query, r.candidate))
        return tuple(Reason(r.feature, round(r.weight, 4), r.query, r.candidate) for r in ordered)


def side(text: str, schema: str = "", country: str = "", *, weak: bool = False) -> Side:
    """A name ready to be compared. `country` holds ISO alpha-2 codes, parted by spaces, commas or semicolons."""
    codes = country.casefold().replace(";", " ").replace(",", " ").split()
    return Side(names.form(text, schema), group(schema), frozenset(codes), weak)


def group(schema: str) -> Group:
    """The kind of party a schema stands for; empty for LegalEntity and unknown ones, which fit any."""
    return _GROUPS.get(schema, "")


def score(query: Side, candidate: Side) -> Scored:
    """Score a query against one name of a party.

    `similarity` is symmetric and 1 for equal forms. `score` is at most 0.95 for a name alone and
    0.99 with an agreeing country; a clashing country never raises it.
    """
    person = "person" in {query.group, candidate.group}
    laid = align(query.form.stem, candidate.form.stem, person=person)
    agreed = math.fsum(pair.agreed for pair in laid.pairs)
    if agreed <= 0:
        return Scored(0.0, float(query.form.plain == candidate.form.plain), "name only", ())
    apart = math.fsum([*(pair.apart for pair in laid.pairs), *map(names.rarity, laid.left + laid.right)])
    whole = agreed + apart
    types = _types(query.form, candidate.form)
    same_order = laid.in_order or person
    similarity = agreed / whole * _TYPE_LIKENESS[types] * (1 if same_order else 1 + _WORD_ORDER)
    reasons = _words(laid, agreed, whole)
    reasons += _evidence(laid, agreed, candidate)
    if not same_order:
        reasons.append(Reason("word order", _WORD_ORDER, query.form.plain, candidate.form.plain))
    reasons += _form_reasons(types, query.form, candidate.form)
    if query.form.org_types and candidate.group == "person":
        reasons.append(
            Reason("organisation type beside a person", _TYPE_AND_PERSON, " ".join(query.form.org_types), "")
        )
    if query.group and candidate.group and query.group != candidate.group:
        reasons.append(Reason("other kind of party", _OTHER_KIND, query.group, candidate.group))
    reasons += _country(query, candidate, laid, math.fsum(reason.weight for reason in reasons))
    return _sum(similarity, reasons)


def _words(laid: Alignment, agreed: float, whole: float) -> list[Reason]:
    """Paired words share 0.95 by weight; words without a partner take their part of it away."""
    reasons = [
        Reason(pair.how, FULL * pair.agreed / agreed, pair.left, pair.right) for pair in laid.pairs if pair.agreed
    ]
    reasons += [
        Reason("spelling", -FULL * pair.apart / whole, pair.left, pair.right) for pair in laid.pairs if pair.apart
    ]
    reasons += [
        Reason("word not in the listed name", -FULL * names.rarity(word) / whole, word, "") for word in laid.left
    ]
    reasons += [Reason("word not in the query", -FULL * names.rarity(word) / whole, "", word) for word in laid.right]
    return reasons


def _evidence(laid: Alignment, agreed: float, candidate: Side) -> list[Reason]:
    """What the words left over, and the lack of rare ones, take away beyond their share."""
    reasons = []
    left, right = " ".join(laid.left), " ".join(laid.right)
    short = 1 - min(1.0, agreed / 2 / _ENOUGH)
    if short:
        paired = laid.pairs[0]
        reasons.append(Reason("little that is rare", _COMMON_WORDS * short, paired.left, paired.right))
    rare = [word for word in (*laid.left, *laid.right) if names.rarity(word) >= _RARE]
    if rare:
        reasons.append(Reason("rare word without a partner", _RARE_LEFT * min(2, len(rare)), left, right))
    most = min(max(map(names.rarity, laid.left), default=0.0), max(map(names.rarity, laid.right), default=0.0))
    if most > names.FUNCTION:
        reasons.append(Reason("words that differ", _CONFLICT + _CONFLICT_WEIGHT * most, left, right))
    telling = [word for word in laid.left if names.rarity(word) > names.FUNCTION]
    if len(candidate.form.stem) == 1 and telling:
        reasons.append(Reason("adds to a listed name of one word", _ONE_WORD_MORE, left, candidate.form.plain))
    elif len(laid.pairs) == 1 and laid.right and not laid.left and laid.pairs[0].how != "same letters":
        reasons.append(Reason("one word of a longer listed name", _ONE_WORD_LESS, laid.pairs[0].left, right))
    places = " ".join(word for word in laid.left if names.word_class(word) == "place")
    if places:
        reasons.append(Reason("place not in the listed name", _PLACE_MORE, places, ""))
    if candidate.weak:
        reasons.append(Reason("weak alias", _WEAK, "", candidate.form.plain))
        if telling or laid.right:
            reasons.append(Reason("weak alias hit in part", _WEAK_PARTLY, left, right))
    return reasons


def _types(one: names.Form, other: names.Form) -> Literal["same", "missing", "differs", "other"]:
    """How the organisation types of two names compare."""
    if one.org_types == other.org_types or Counter(one.org_types) == Counter(other.org_types):
        return "same"
    if not one.org_types or not other.org_types:
        return "missing"
    classes = [{names.org_class(kind) for kind in form.org_types} - {""} for form in (one, other)]
    return "other" if all(classes) and not classes[0] & classes[1] else "differs"


def _form_reasons(types: str, query: names.Form, candidate: names.Form) -> list[Reason]:
    reasons = []
    texts = " ".join(query.org_types), " ".join(candidate.org_types)
    if types == "other":
        reasons.append(Reason("different legal person", _OTHER_LEGAL_PERSON, *texts))
    elif types == "differs":
        reasons.append(Reason("organisation type differs", _TYPE_DIFFERS, *texts))
    elif types == "missing":
        reasons.append(Reason("organisation type on one side only", _TYPE_MISSING, *texts))
    if query.numbers != candidate.numbers and Counter(query.numbers) != Counter(candidate.numbers):
        both = bool(query.numbers and candidate.numbers)
        reasons.append(
            Reason(
                "different number" if both else "number on one side only",
                _NUMBER_DIFFERS if both else _NUMBER_MISSING,
                " ".join(query.numbers),
                " ".join(candidate.numbers),
            )
        )
    return reasons


def _country(query: Side, candidate: Side, laid: Alignment, so_far: float) -> list[Reason]:
    if not query.countries or not candidate.countries:
        return []
    texts = " ".join(sorted(query.countries)), " ".join(sorted(candidate.countries))
    if not query.countries & candidate.countries:
        return [Reason("country clashes", _COUNTRY_CLASHES, *texts)]
    rare = any(pair.agreed > names.COMMON * 2 for pair in laid.pairs)
    # A country says little by itself: it corroborates a name that already stands.
    return [Reason("country agrees", _COUNTRY_AGREES, *texts)] if rare and so_far >= names.COMMON else []


def _sum(similarity: float, reasons: list[Reason]) -> Scored:
    corroborated = any(reason.feature == "country agrees" for reason in reasons)
    total = math.fsum(reason.weight for reason in reasons)
    bounded = min(max(total, 0.0), _CORROBORATED if corroborated else FULL)
    if round(bounded - total, 4):
        reasons.append(Reason("limit", bounded - total, "", ""))
    kind: Kind = "corroborated" if corroborated else "name only"
    return Scored(round(bounded, 4), round(min(similarity, 1.0), 6), kind, tuple(reasons))
