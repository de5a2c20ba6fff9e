"""A subject that no rule reaches: what still keeps it from being clear, in the order it matters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from underlabel import law, names
from underlabel.model import BINDING, Consequence, Reach, Verdict, Why, within
from underlabel.trace.case import Case, entries, not_known, nothing
from underlabel.trace.meaning import ANOTHER
from underlabel.trace.subjects import Subject

Answered = tuple[Verdict, Why, Consequence]


def unreached(case: Case, subject: Subject) -> Answered:
    """The verdict for a subject the rule does not reach: what is open first, `clear` only when nothing is."""
    return next(_answers(case, subject))


def _answers(case: Case, subject: Subject) -> Iterator[Answered]:
    test = case.under.ruling.test
    yield from _behind(case, subject)
    if test.seat:
        yield _by_seat(case, subject)
    for why in _open(case, subject):
        yield "review", why, case.consequence
    day = _to_come(case, subject)
    if day:
        text = f"{subject.name} is named, but the listing takes effect only on {day}"
        yield "linked", Why("not_yet_effective", text), nothing(case, "The listing was not in effect on this day.")
    for category in _categories(case):
        text = f"the list names a class this may belong to: {category}"
        yield "review", Why("category", text), case.consequence
    for missing in _missing(case, subject):
        yield "not_checked", missing, not_known(case)
    text = f"{subject.name} does not stand on {', '.join(test.lists)}, and nobody who does reaches it"
    yield "clear", Why("not_reached", text), nothing(case, "Nothing follows from this rule for this item.")


def _behind(case: Case, subject: Subject) -> Iterator[Answered]:
    """A listed party behind an unlisted one: a red flag where the rule is asked as written, else a plain tie."""
    if case.consequence.looks_at == law.show(case.under.ruling.regime).looks_at and _touched(
        case.under.flagged, subject
    ):
        text = f"{subject.name} is not named, and no rule of ownership reaches it, but a listed party stands behind it"
        yield "review", Why("red_flag", text), case.consequence
    if case.consequence.level not in BINDING and _touched(case.under.tied, subject):
        text = f"{subject.name} is not named, but a listed party stands behind it; no rule binds this role here"
        yield "linked", Why("stands_behind", text), case.consequence


def _touched(reached: Mapping[str, Reach], subject: Subject) -> bool:
    found = reached.get(subject.party)
    return found is not None and found.reach in {"must", "may"}


def _by_seat(case: Case, subject: Subject) -> tuple[Verdict, Why, Consequence]:
    """A rule that names no company: a documented seat is a matter for review, another seat is clear."""
    country = case.under.ruling.test.seat
    party = case.world.parties.get(subject.party)
    if party is None or not party.countries or _another(subject):
        text = f"the registered seat of {subject.name} is not known"
        return "not_checked", Why("seat_unknown", text), not_known(case)
    if party.countries[0] != country:
        text = f"{party.caption} has its seat in {party.countries[0].upper()}"
        return "clear", Why("seat_elsewhere", text), nothing(case, "Nothing follows from this rule for this item.")
    text = f"{party.caption} has its seat in {country.upper()}; whether the site is sensitive is not known"
    return "review", Why("seat", text), case.consequence


def _missing(case: Case, subject: Subject) -> Iterator[Why]:
    """What was not searched for this subject: start lists absent, an extract or too old; owners, where asked for."""
    if not case.under.ruling.test.lists:
        yield Why("list_not_held", "the rule's own list is not held")
    if not subject.party and _unread(subject):
        yield Why("name_not_read", f"'{subject.written}' is in a script in which the lists searched hold no names")
    for name in case.under.ruling.test.lists:
        edition = case.world.loaded(name)
        absence = case.world.absence(subject.party, name) if subject.party and not _another(subject) else None
        if edition is None and absence is None:
            yield Why("list_missing", f"{name} is not loaded, so it was not searched")
        elif (
            edition is not None and edition.coverage == "extract" and absence is None and not _held(case, subject, name)
        ):
            yield Why(
                "list_extract",
                f"only an extract of {name} is loaded, and {subject.name} was not looked for in all of it",
            )
        else:
            searched = absence.edition if absence and (edition is None or edition.coverage == "extract") else None
            day = searched or (edition.edition if edition else None)
            if case.ask.too_old(name, day, case.under.day):
                yield Why("list_too_old", f"{name} is of {day}, more than {case.ask.max_age} days before the day asked")
    if case.ask.strict and not case.world.holdings(case.under.day).recorded(subject.party):
        yield Why("no_ownership_record", f"no ownership record is held for {subject.name}, and --strict asks for one")


def _another(subject: Subject) -> bool:
    """Whether the party found may be another than the one written: its absences prove nothing."""
    return any(doubt.code in ANOTHER for doubt in subject.doubts)


def _unread(subject: Subject) -> bool:
    return bool(subject.written) and names.form(subject.written).script not in {"Latin", ""}


def _open(case: Case, subject: Subject) -> Iterator[Why]:
    """What keeps an unreached subject from being clear: a listed name inside its own, or an entry's own words."""
    if subject.party in case.under.starts:
        return
    half = case.under.half.get(subject.party)
    if case.under.ruling.test.threshold is None and half is not None and half.reach in {"must", "may"}:
        words = {one.reach for start in half.starts for one in entries(case, start) if one.reach}
        if words:
            text = f"{subject.name} is held by a listed party whose entry speaks of '{', '.join(sorted(words))}'"
            yield Why("entry_reach", text)


def _to_come(case: Case, subject: Subject) -> str:
    """The day a listing already announced or published takes effect, where that is still to come."""
    day = case.under.day
    for one in case.world.listings.get(subject.party, ()):
        told = one.announced or one.published
        if one.list in case.under.ruling.test.lists and told and one.since and told.latest <= day < one.since.earliest:
            return str(one.since)
    return ""


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
