"""What a regime file must hold beyond its keys: known ids, periods that follow on, citations."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Final

import msgspec

from underlabel.law.forms import EXPECTED, PeriodForm, RegimeForm, RowForm, TestForm
from underlabel.law.known import known, nearest
from underlabel.law.lines import Spot
from underlabel.model import CLASSES, WHOLE

COUNTRY: Final = 2  # letters of a country's code


class Wrong(msgspec.Struct, frozen=True):
    """What is wrong in a file, where in its data, and what was expected."""

    what: str
    at: Spot
    hint: str


def check(form: RegimeForm, stem: str) -> Wrong | None:
    """The first thing wrong with a regime that was to be named `stem`, or None."""
    steps: tuple[Callable[[RegimeForm], Iterator[Wrong]], ...] = (_lists, _products, _periods, _tests, _rows)
    if form.id != stem:
        return Wrong(f"the id '{form.id}' is not the file's name", Spot(key="id"), f"expected {EXPECTED['id']}")
    return next((wrong for step in steps for wrong in step(form)), None)


def _lists(form: RegimeForm) -> Iterator[Wrong]:
    for key, ids in (("lists", form.lists), ("carried_in", form.carried_in)):
        yield from _unknown(ids, known().lists, "list", Spot(key=key))


def _products(form: RegimeForm) -> Iterator[Wrong]:
    groups = tuple(sorted(set(CLASSES).union(*CLASSES.values())))
    yield from _unknown(form.products, groups, "group or class of products", Spot(key="products"))


def _unknown(ids: tuple[str, ...], among: tuple[str, ...], kind: str, at: Spot) -> Iterator[Wrong]:
    for name in ids:
        if name not in among:
            yield Wrong(f"unknown {kind} '{name}'", at, nearest(name, among))


def _periods(form: RegimeForm) -> Iterator[Wrong]:
    if not form.period:
        yield Wrong("no period is given", Spot(key="period"), f"expected {EXPECTED['period']}")
    for index, period in enumerate(form.period):
        at = Spot("period", index, "from")
        if index:
            before = form.period[index - 1].until
            if before is None or period.since != before:
                hint = f"expected from = {before}" if before else "expected `until` in the period before it"
                yield Wrong("the periods leave a gap or overlap", at, hint)
        yield from _order(period.since, period.until, at)
    if form.period and form.period[-1].until:
        last = Spot("period", len(form.period) - 1, "until")
        yield Wrong("the last period ends", last, 'expected a last period with status = "ended", or no `until`')


def _order(since: date | None, until: date | None, at: Spot) -> Iterator[Wrong]:
    if since and until and since >= until:
        later = Spot(at.table, at.index, "until")
        yield Wrong(f"it ends on {until}, before it begins", later, f"expected a day after {since}")


def _tests(form: RegimeForm) -> Iterator[Wrong]:
    for index, period in enumerate(form.period):
        yield from _test(period, Spot("period", index))
        for name, test in (("red_flag", period.red_flag), ("rival", period.rival)):
            if test:
                yield from _test(test, Spot(f"period.{name}", index))
        yield from _rival(period, index)


def _rival(period: PeriodForm, index: int) -> Iterator[Wrong]:
    at = Spot("period", index, "rival")
    if period.rival and period.status != "unverified":
        yield Wrong("a rival reading of a rule that is verified", at, 'expected status = "unverified", or no rival')
    if (period.rival is None) == bool(period.rival_says):
        hint = "expected both `rival` and `rival_says`, or neither"
        yield Wrong("half of a rival reading", at, hint)


def _test(test: TestForm, at: Spot) -> Iterator[Wrong]:
    def spot(key: str) -> Spot:
        return Spot(at.table, at.index, key)

    yield from _unknown(test.lists or (), known().lists, "list", spot("lists"))
    if test.threshold is not None and not 1 <= test.threshold <= WHOLE:
        hint = f"expected {EXPECTED['threshold']}"
        yield Wrong(f"a threshold of {test.threshold} units cannot be", spot("threshold"), hint)
    if test.affiliate is not None and not 0 <= test.affiliate < WHOLE:
        hint = f"expected {EXPECTED['affiliate']}"
        yield Wrong(f"an affiliate from {test.affiliate} units cannot be", spot("affiliate"), hint)
    if test.threshold is None:
        for key in ("strict", "adds_up"):
            if getattr(test, key):
                yield Wrong(f"`{key}` without a threshold", spot(key), f"expected {EXPECTED['threshold']}")
    for key, country in (("foreign", test.foreign), ("seat", test.seat)):
        if country and not (len(country) == COUNTRY and country.isascii() and country.islower()):
            yield Wrong(f"'{country}' is not a country", spot(key), f"expected {EXPECTED[key]}")


def _rows(form: RegimeForm) -> Iterator[Wrong]:
    ends: dict[str, date | None] = {}
    roles = tuple(role.id for role in known().roles)
    for index, row in enumerate(form.consequence):
        at = Spot("consequence", index, "role")
        yield from _unknown(row.roles, roles, "role", at)
        yield from _order(row.since, row.until, Spot("consequence", index, "from"))
        yield from _cited(row, index)
        for role in row.roles:
            if role in ends and (ends[role] is None or row.since != ends[role]):
                hint = f"expected from = {ends[role]}" if ends[role] else "expected `until` in the row before it"
                what = f"the rows of {role} leave a gap or overlap"
                yield Wrong(what, Spot("consequence", index, "from"), hint)
            ends[role] = row.until


def _cited(row: RowForm, index: int) -> Iterator[Wrong]:
    if row.level == "not_stated" and (row.text or row.citation):
        at = Spot("consequence", index, "level")
        yield Wrong("not_stated, and yet something is stated", at, "expected a level, or no text and citation")
    if row.level != "not_stated":
        for key in ("text", "citation"):
            if not getattr(row, key).strip():
                hint = 'expected text in "quotes": without a citation the level is not_stated'
                yield Wrong(f"a consequence without {key}", Spot("consequence", index, key), hint)
