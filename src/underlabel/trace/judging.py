"""One subject under one regime: the verdict its reach leads to, and why."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import msgspec

from underlabel import law
from underlabel.model import (
    BINDING,
    Consequence,
    Item,
    Listing,
    Path,
    Reach,
    Reached,
    Verdict,
    Why,
    within,
)
from underlabel.trace.ask import Ask
from underlabel.trace.paths import paths
from underlabel.trace.reach import Under
from underlabel.trace.subjects import Subject
from underlabel.world import World


class Judgement(msgspec.Struct, frozen=True, kw_only=True):
    """What one subject leads to: verdict, reason, reach, paths and what follows."""

    subject: Subject
    verdict: Verdict
    reason: Why
    reach: Reached
    consequence: Consequence
    paths: tuple[Path, ...] = ()
    found: Reach | None = None


class Case(msgspec.Struct, frozen=True):
    """One item on its day, under one regime, for one role."""

    item: Item
    under: Under
    consequence: Consequence
    ask: Ask
    world: World


def judge(case: Case, subject: Subject) -> Judgement:
    """The verdict for one subject; a reach is judged first, what was not looked at last."""
    found = case.under.best(subject.party) if subject.party else None
    reached = found is not None and found.reach in {"must", "may"}
    drawn = paths(case.item, subject, found, case.under.ruling.test.lists, case.world)
    verdict, reason, follows = (
        _on_reach(case, subject, found, drawn) if found and reached else _off_reach(case, subject)
    )
    if reason.code in {"red_flag", "stands_behind"}:
        drawn = paths(case.item, subject, case.under.flagged[subject.party], case.under.ruling.test.lists, case.world)
    return Judgement(
        subject=subject,
        verdict=verdict,
        reason=reason,
        reach=found.reach if found else "unknown",
        consequence=follows,
        paths=drawn,
        found=found,
    )


def nothing(case: Case, why: str) -> Consequence:
    """Nothing follows, and why; the citation stays."""
    return msgspec.structs.replace(case.consequence, level="none", text=why)


def not_known(case: Case) -> Consequence:
    """What follows is not known, since nothing was checked."""
    return msgspec.structs.replace(case.consequence, level="not_stated", text="Not known: this was not checked.")


def _on_reach(case: Case, subject: Subject, found: Reach, drawn: tuple[Path, ...]) -> tuple[Verdict, Why, Consequence]:
    who = _who(subject, found, case.world)
    limited = _outside(case, found)
    if limited is not None:
        text = f"{who}, but its entry is limited to {', '.join(limited)} equipment"
        return "linked", Why("outside_scope", text), nothing(case, f"The entry is limited to {', '.join(limited)}.")
    doubts = tuple(dict.fromkeys(_doubts(case, subject, found, drawn[0])))
    if doubts:
        said = "; ".join(doubt.text for doubt in doubts)
        return "review", Why(doubts[0].code, f"{who}{_because(found)}; {said}"), case.consequence
    if case.consequence.level in BINDING:
        return "restricted", Why(f"reached_{found.via}", f"{who}{_because(found)}"), case.consequence
    return "linked", Why("not_binding", f"{who}; no rule binds this role here"), case.consequence


def _doubts(case: Case, subject: Subject, found: Reach, best: Path) -> Iterator[Why]:
    """Why a reach is a matter for review: an uncertain tie, link, day or rule, or something not known of the item."""
    ruling = case.under.ruling
    yield from subject.doubts
    if found.reach == "may":
        partly = [one.list for start in found.starts for one in _entries(case, start) if one.list in ruling.test.partly]
        says = f"only some entries of {partly[0]} start this rule" if partly else "it is so on one reading only"
        yield Why("reach_may", says)
    yield from _weak_links(best)
    if ruling.status == "unverified" and found.via != "named":
        yield Why("rule_unverified", f"whether the rule is in force on this day is not verified: {ruling.note}")
    if case.consequence.level in BINDING and case.consequence.depends:
        yield Why("depends", case.consequence.depends)


def _off_reach(case: Case, subject: Subject) -> tuple[Verdict, Why, Consequence]:
    flagged = case.under.flagged.get(subject.party)
    asked_as_written = case.consequence.looks_at == law.show(case.under.ruling.regime).looks_at
    behind = flagged is not None and flagged.reach in {"must", "may"}
    if behind and not asked_as_written and case.consequence.level not in BINDING:
        text = f"{subject.name} is not named, but a listed party stands behind it; no rule binds this role here"
        return "linked", Why("stands_behind", text), case.consequence
    if behind and asked_as_written:
        text = f"{subject.name} is not named, and no rule of ownership reaches it, but a listed party stands behind it"
        return "review", Why("red_flag", text), case.consequence
    test = case.under.ruling.test
    if test.seat:
        return _by_seat(case, subject)
    categories = list(_categories(case))
    if categories:
        text = f"the list names a class this may belong to: {categories[0]}"
        return "review", Why("category", text), case.consequence
    missing = next(_missing(case, subject), None)
    if missing is not None:
        return "not_checked", missing, not_known(case)
    text = f"{subject.name} does not stand on {', '.join(test.lists)}, and nobody who does reaches it"
    return "clear", Why("not_reached", text), nothing(case, "Nothing follows from this rule for this item.")


def _by_seat(case: Case, subject: Subject) -> tuple[Verdict, Why, Consequence]:
    """A rule that names no company: a documented seat is a matter for review, another seat is clear."""
    country = case.under.ruling.test.seat
    party = case.world.parties.get(subject.party)
    if party is None or not party.countries:
        text = f"the registered seat of {subject.name} is not known"
        return "not_checked", Why("seat_unknown", text), not_known(case)
    if country not in party.countries:
        text = f"{party.caption} has its seat in {party.countries[0].upper()}"
        return "clear", Why("seat_elsewhere", text), nothing(case, "Nothing follows from this rule for this item.")
    text = f"{party.caption} has its seat in {country.upper()}; whether the site is sensitive is not known"
    return "review", Why("seat", text), case.consequence


def _missing(case: Case, subject: Subject) -> Iterator[Why]:
    """What was not searched for this subject: start lists absent, an extract or too old; owners, where asked for."""
    if not case.under.ruling.test.lists:
        yield Why("list_not_held", "the rule's own list is not held")
    for name in case.under.ruling.test.lists:
        edition = case.world.loaded(name)
        absence = case.world.absence(subject.party, name) if subject.party else None
        if edition is None and absence is None:
            yield Why("list_missing", f"{name} is not loaded, so it was not searched")
        elif (
            edition is not None and edition.coverage == "extract" and absence is None and not _held(case, subject, name)
        ):
            yield Why(
                "list_extract",
                f"only an extract of {name} is loaded, and {subject.name} was not looked for in all of it",
            )
        elif case.ask.max_age is not None:
            searched = absence.edition if absence and (edition is None or edition.coverage == "extract") else None
            day = searched or (edition.edition if edition else None)
            if day is not None and day < case.under.day - timedelta(days=case.ask.max_age):
                yield Why("list_too_old", f"{name} is of {day}, more than {case.ask.max_age} days before the day asked")
    if case.ask.strict and not case.world.holdings(case.under.day).recorded(subject.party):
        yield Why("no_ownership_record", f"no ownership record is held for {subject.name}, and --strict asks for one")


def _held(case: Case, subject: Subject, name: str) -> bool:
    """Whether the party has an entry of its own on a list, on any day: an extract speaks for those it holds."""
    return any(one.list == name for one in case.world.listings.get(subject.party, ()))


def _categories(case: Case) -> Iterator[str]:
    """Classes on the rule's lists that the item's class may belong to."""
    lists = case.under.ruling.test.lists
    for name in sorted(case.under.starts.keys() & case.world.categories.keys()):
        scopes = [one.scope for one in case.world.listings.get(name, ()) if one.list in lists]
        if any(scope and within(case.item.product_class, scope) for scope in scopes):
            yield case.world.categories[name].text


def _outside(case: Case, found: Reach) -> tuple[str, ...] | None:
    """The scope of the entries that reach, where the item's class lies outside all of them."""
    scopes = [one.scope for start in found.starts for one in _entries(case, start)]
    if scopes and all(within(case.item.product_class, scope) is False for scope in scopes):
        return tuple(dict.fromkeys(word for scope in scopes for word in scope))
    return None


def _entries(case: Case, start: str) -> list[Listing]:
    return [one for one in case.world.listings.get(start, ()) if one.list in case.under.ruling.test.lists]


def _weak_links(path: Path) -> Iterator[Why]:
    for step in path.steps[1:]:
        if step.kind != "item" and step.confidence != "high":
            yield Why("weak_link", f"'{step.edge} {step.text}' is a fact of {step.confidence} confidence")


def _who(subject: Subject, found: Reach, world: World) -> str:
    starts = " and ".join(world.parties[start].caption for start in found.starts if start in world.parties)
    if found.via == "named":
        return f"{subject.name} is named on the list"
    how = {"ownership": "through ownership", "control": "as a controlled company", "affiliate": "as an affiliate"}
    return f"{subject.name} is reached {how.get(found.via, '')} from {starts}"


def _because(found: Reach) -> str:
    if found.choices:
        return f" ({'; '.join(found.choices)})"
    if found.via == "ownership":
        low, high = found.sum_low / 10_000, found.sum_high / 10_000
        return f" ({low:g} % held)" if low == high else f" ({low:g} to {high:g} % held)"
    return ""
