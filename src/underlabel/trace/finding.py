"""The finding: all judgements of one item under one regime, brought to one answer."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

import msgspec

from underlabel import law
from underlabel.model import VERDICTS, Finding, Held, Item, Path, Verdict, Why, within
from underlabel.trace.ask import Ask
from underlabel.trace.case import Case, entries, not_known, nothing
from underlabel.trace.changes import would_change_if
from underlabel.trace.judging import Judgement, judge
from underlabel.trace.mentions import Told
from underlabel.trace.paths import paths, through
from underlabel.trace.reach import Under
from underlabel.trace.subjects import Named, Subject
from underlabel.world import World

_NOBODY: Final = "no maker, brand, model code or MAC address is named in this line"


def finding(item: Item, named: Named, under: Under, ask: Ask, told: Told, world: World) -> Finding:
    """The one answer for an item under a regime for a role."""
    consequence = law.consequence(under.ruling.regime, ask.role, under.day)
    case = Case(item, under, consequence, ask, world)
    subjects = named.looked_at(consequence.looks_at)
    if not subjects:
        return _nobody(case)
    if under.ruling.status in {"not_yet", "ended"}:
        return _not_in_force(case, subjects, told)
    if _outside_products(case):
        return _made(case, None, "clear", Why("outside_products", "the rule does not speak of this class of product"))
    judgements = [judge(case, subject) for subject in subjects]
    if not any(one.verdict == "clear" and _settles(one.subject) for one in judgements):
        judgements = [_unmade(case, one) for one in judgements]
    chosen = _settled(min(judgements, key=_order), judgements)
    return _answer(case, chosen, judgements, told)


def _settles(subject: Subject) -> bool:
    """Whether a subject says dependably who made or receives the thing: a brand's owner or some lines alone do not."""
    making = subject.making
    if making is None:
        return True
    sure = making.confidence != "low" and making.fits is Held.YES and making.held is Held.YES
    return making.relation != "brands" and sure and subject.own


def _unmade(case: Case, judgement: Judgement) -> Judgement:
    """A brand's owner nobody reaches clears nothing while the maker is not known."""
    if judgement.verdict != "clear":
        return judgement
    text = (
        f"{judgement.subject.name} stands behind the label and is not reached, but who makes the thing is not recorded"
    )
    return msgspec.structs.replace(
        judgement, verdict="not_checked", reason=Why("maker_unknown", text), consequence=not_known(case)
    )


def _order(judgement: Judgement) -> tuple[int, int]:
    """Worst first, with two exceptions.

    A maker that is known and clear outweighs further evidence nobody could check. Where nothing
    binds the role, a sure tie outweighs a doubtful one: there is nothing worse to find out.
    """
    order = VERDICTS.index(judgement.verdict)
    if judgement.verdict == "not_checked" and judgement.subject.making is not None:
        order = len(VERDICTS)
    if judgement.reason.code in {"not_binding", "stands_behind"}:
        order = 0
    return order, {"high": 0, "medium": 1, "low": 2}[judgement.subject.confidence]


def _settled(chosen: Judgement, judgements: Sequence[Judgement]) -> Judgement:
    """Where the number on the thing reaches a listed maker and its brand does not, the conflict is open."""
    making = chosen.subject.making
    brands = [one for one in judgements if one.subject.making and one.subject.making.evidence == "brand"]
    if chosen.verdict not in {"restricted", "linked"} or making is None or making.evidence not in {"mac", "model"}:
        return chosen
    if not brands or any(one.reach in {"must", "may"} for one in brands):
        return chosen
    owner = brands[0].subject.name
    text = f"{chosen.reason.text}; but the brand is of {owner}, who is not reached: the evidence conflicts"
    return msgspec.structs.replace(chosen, verdict="review", reason=Why("evidence_conflict", text))


def _answer(case: Case, chosen: Judgement, judgements: Sequence[Judgement], told: Told) -> Finding:
    same = [one for one in judgements if one is not chosen and one.verdict == chosen.verdict]
    drawn = (*chosen.paths, *(path for one in same for path in one.paths))
    parties = {party for path in drawn for party in through(path)}
    return msgspec.structs.replace(
        _made(case, chosen.subject, chosen.verdict, chosen.reason),
        reach=chosen.reach,
        consequence=chosen.consequence,
        paths=_distinct(drawn),
        claims=told.about(parties) if chosen.verdict in {"restricted", "review", "linked"} else (),
        nearest_miss=chosen.found.nearest_miss if chosen.found else None,
        would_change_if=would_change_if(chosen.subject, case.under, case.world),
        coverage=tuple(_coverage(case, chosen.subject)),
        notes=tuple(dict.fromkeys(_notes(case, chosen, judgements))),
    )


def _not_in_force(case: Case, subjects: Sequence[Subject], told: Told) -> Finding:
    ruling = case.under.ruling
    text = f"{ruling.title} was not in force on {ruling.day}"
    text += f": it begins on {ruling.since}" if ruling.since and ruling.status == "not_yet" else ""
    notes = [ruling.note] if ruling.note else []
    drawn: list[Path] = []
    begins = case.under.begins
    for subject in subjects:
        later = begins.best(subject.party) if begins is not None else None
        if begins is not None and later is not None and later.reach in {"must", "may"}:
            drawn += paths(case.item, subject, later, begins)[:1]
            notes.append(_even_then(subject, ruling.day, begins.day))
    found = _made(case, subjects[0], "clear", Why("rule_not_in_force", text))
    return msgspec.structs.replace(
        found,
        consequence=nothing(case, f"{ruling.title} was not in force on this day."),
        paths=_distinct(drawn),
        claims=told.about({party for path in drawn for party in through(path)}),
        notes=tuple(dict.fromkeys(notes)),
        coverage=tuple(_coverage(case, None)),
    )


def _even_then(subject: Subject, day: date, begins: date) -> str:
    making = subject.making
    how = f"{subject.name} stood behind it"
    if making is not None and making.relation == "makes" and making.link is not None:
        how = f"the hardware was said to be made by {subject.name} ({making.link.source.text})"
    elif making is not None and making.relation == "brands":
        how = f"the brand was of {subject.name}"
    return f"even on {day} {how}, whom the rule reaches from {begins}"


def _nobody(case: Case) -> Finding:
    if case.consequence.looks_at in {"recipient", "parties"}:
        why = Why("no_recipient", "no recipient is named; this rule looks at the parties to the shipment")
    elif case.item.brand:
        why = Why("brand_unknown", f"no fact says who makes '{case.item.brand}'")
    elif case.item.named("supplier"):
        why = Why("no_maker", "only a supplier is named: who made the thing cannot be told from this source")
    else:
        mac = case.world.book.mac_says(case.item)
        said = f"no maker, brand or model code is named in this line, and {mac}" if mac else _NOBODY
        why = Why("no_maker", said)
    return msgspec.structs.replace(_made(case, None, "not_checked", why), consequence=not_known(case))


def _outside_products(case: Case) -> bool:
    products = case.under.ruling.products
    return bool(products) and within(case.item.product_class, products) is False


def _made(case: Case, subject: Subject | None, verdict: Verdict, reason: Why) -> Finding:
    ruling, item = case.under.ruling, case.item
    asked = (item.raw, str(item.place), case.ask.role, ruling.regime, ruling.day, case.world.known_at)
    key = msgspec.json.encode(asked, order="sorted")
    return Finding(
        id=hashlib.sha256(key).hexdigest()[:16],
        item=item,
        role=case.ask.role,
        regime=ruling.regime,
        as_of=ruling.day,
        known_at=case.world.known_at,
        verdict=verdict,
        reason=reason,
        consequence=nothing(case, "Nothing follows from this rule for this item."),
        reach="unknown" if verdict == "not_checked" else "no",
        rule_status=ruling.status,
        subject=subject.name if subject else "",
    )


def _coverage(case: Case, subject: Subject | None) -> Iterator[str]:
    for name in case.under.ruling.test.lists:
        edition = case.world.loaded(name)
        absence = case.world.absence(subject.party, name) if subject and subject.party else None
        if edition is None and absence is None:
            yield f"{name}: not loaded"
        elif edition is not None and edition.coverage == "whole":
            yield f"{name}: whole, edition {edition.edition}, version {edition.version[:12]}"
        elif absence is not None:
            yield f"{name}: looked for in the edition of {absence.edition}, not on it"
        else:
            yield f"{name}: an extract only"
    sources = [one.id for one in case.world.datasets if one.kind == "ownership"]
    yield f"ownership: {', '.join(sources) or 'no source loaded'}"
    if subject is not None and not case.world.holdings(case.under.day).recorded(subject.party):
        yield f"no ownership record held for {subject.name}"


def _notes(case: Case, chosen: Judgement, judgements: Sequence[Judgement]) -> Iterator[str]:
    if case.under.ruling.note:
        yield case.under.ruling.note
    yield from _class_unknown(case, chosen)
    for one in judgements:
        if one.subject.making is not None and one.subject.making.note:
            yield one.subject.making.note
        if one is not chosen and one.subject.party != chosen.subject.party:
            yield f"also looked at: {one.subject.name}: {one.verdict.replace('_', ' ')} ({one.reason.text})"
    if chosen.subject.hit is None and chosen.subject.making is None and chosen.verdict == "clear":
        yield f"'{chosen.subject.name}' is like no name in the lists searched"


def _class_unknown(case: Case, chosen: Judgement) -> Iterator[str]:
    scopes = {one.scope for start in (chosen.found.starts if chosen.found else ()) for one in entries(case, start)}
    if scopes and not case.item.product_class and all(scopes):
        words = ", ".join(sorted({word for scope in scopes for word in scope}))
        yield f"the entry is limited to {words} equipment; what class this item is of is not stated"


def _distinct(drawn: Sequence[Path]) -> tuple[Path, ...]:
    rank = {"high": 0, "medium": 1, "low": 2}
    known = {tuple((step.id, step.edge) for step in path.steps): path for path in reversed(drawn)}
    return tuple(sorted(known.values(), key=lambda path: (path.steps[-1].kind != "listing", rank[path.confidence])))
