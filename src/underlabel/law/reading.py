"""A regime file in, a Regime out; a bad file is refused with its line and what was expected."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Final

import msgspec

from underlabel.law.checks import check
from underlabel.law.forms import EXPECTED, PeriodForm, RegimeForm, RowForm, TestForm
from underlabel.law.known import nearest
from underlabel.law.lines import line_of, spot
from underlabel.law.regime import Period, Regime, Row
from underlabel.model import InputError, NoInputError

MOST_BYTES: Final = 1_000_000
_AT: Final = re.compile(r"(?P<says>.*?)(?: - at `(?P<path>.*)`)?", re.DOTALL)
_BAD_TOML: Final = re.compile(r"(?P<says>.*?) \((?:at line (?P<line>\d+), column (?P<column>\d+)|at end of document)\)")
_FORMS: Final[dict[str, type[msgspec.Struct]]] = {"": RegimeForm, "period": PeriodForm, "consequence": RowForm}
_FIELD: Final = re.compile(r"Object (?P<kind>missing required|contains unknown) field `(?P<key>[^`]*)`")


def read(path: Path) -> Regime:
    """Read one regime from a TOML file named after its id.

    Errors: `NoInputError` if there is no such file or nothing in it; `InputError` naming file and
    line and what was expected there.
    """
    try:
        raw = path.read_bytes()
    except FileNotFoundError as error:
        raise NoInputError("no such regime file", where=str(path), hint="name a .toml file") from error
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", where=str(path), hint="name a .toml file") from error
    if not raw.strip():
        raise NoInputError("the regime file is empty", where=str(path), hint="begin with id, title and authority")
    if len(raw) > MOST_BYTES:
        raise InputError("too large for a regime file", where=str(path), hint="a regime is a few pages of text")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise InputError("not UTF-8 text", where=f"{path}:{line}", hint="save the file as UTF-8") from error
    form = _form(text, path)
    wrong = check(form, path.stem)
    if wrong:
        raise InputError(wrong.what, where=f"{path}:{line_of(text, wrong.at)}", hint=wrong.hint)
    return _regime(form, path.name)


def _form(text: str, path: Path) -> RegimeForm:
    try:
        data = tomllib.loads(text)
    except RecursionError as error:
        raise InputError("nested too deep", where=str(path), hint="a regime file holds plain tables") from error
    except ValueError as error:  # TOMLDecodeError, or a number of thousands of digits
        found = _BAD_TOML.fullmatch(str(error))
        last = text.count("\n") + 1
        place = f"{found['line']}:{found['column']}" if found and found["line"] else str(last)
        what = f"not TOML: {found['says'] if found else error}"
        raise InputError(what, where=f"{path}:{place}", hint='write key = value, and text in "quotes"') from error
    try:
        return msgspec.convert(data, RegimeForm)
    except msgspec.ValidationError as error:
        raise _refused(str(error), text, path) from error


def _refused(message: str, text: str, path: Path) -> InputError:
    """The validator's message in the user's words, with the line."""
    parts = _AT.fullmatch(message)
    says, at = (parts["says"], parts["path"] or "$") if parts else (message, "$")
    field = _FIELD.match(says)
    if field:
        inside = spot(f"{at}.{field['key']}")
        if field["kind"] == "contains unknown":
            what, hint = f"unknown key `{field['key']}`", nearest(field["key"], _keys(inside.table))
        else:
            what, hint = f"`{field['key']}` is missing", f"expected {_expected(field['key'])}"
    else:
        inside = spot(at)
        what, hint = (
            f"`{inside.key or inside.table}`: {_lower(says)}",
            f"expected {_expected(inside.key or inside.table)}",
        )
    return InputError(what, where=f"{path}:{line_of(text, inside)}", hint=hint)


def _keys(table: str) -> tuple[str, ...]:
    return tuple(field.encode_name for field in msgspec.structs.fields(_FORMS.get(table, TestForm)))


def _expected(key: str) -> str:
    return EXPECTED.get(key.rpartition(".")[2], 'text in "quotes"')


def _lower(says: str) -> str:
    return says[:1].lower() + says[1:]


def _regime(form: RegimeForm, origin: str) -> Regime:
    rows = tuple(
        Row(role=role, since=row.since, until=row.until, consequence=row.consequence(form.looks_at))
        for row in form.consequence
        for role in row.roles
    )
    return Regime(
        id=form.id,
        title=form.title,
        authority=form.authority,
        looks_at=form.looks_at,
        citation=form.citation,
        lists=form.lists,
        carried_in=form.carried_in,
        products=form.products,
        periods=tuple(_period(period, form.lists) for period in form.period),
        rows=rows,
        note=form.note,
        before=form.before,
        order=form.order,
        origin=origin,
    )


def _period(form: PeriodForm, lists: tuple[str, ...]) -> Period:
    test = form.test(lists)
    return Period(
        status=form.status,
        test=test,
        since=form.since,
        until=form.until,
        citation=form.citation,
        note=form.note,
        red_flag=form.red_flag.test(test.lists) if form.red_flag else None,
        rival=form.rival.test(test.lists) if form.rival else None,
        rival_says=form.rival_says,
    )
