"""All regimes at hand: those shipped, and a user's own beside or in place of them."""

from __future__ import annotations

from functools import cache
from importlib.resources import as_file, files
from pathlib import Path

import msgspec

from underlabel.law.known import known, nearest
from underlabel.law.reading import read
from underlabel.law.regime import Regime, Role
from underlabel.model import NoInputError, UsageError


class Book(msgspec.Struct, frozen=True):
    """Regimes by id, in the order they are shown."""

    regimes: dict[str, Regime]

    def regime(self, regime: str) -> Regime:
        """The regime of that id. Errors: `UsageError` with the nearest ids."""
        found = self.regimes.get(regime)
        if found is None:
            raise UsageError(f"unknown regime '{regime}'", hint=nearest(regime, tuple(self.regimes)))
        return found

    def role(self, role: str) -> Role:
        """The role of that id. Errors: `UsageError` with the nearest ids."""
        found = next((each for each in known().roles if each.id == role), None)
        if found is None:
            raise UsageError(f"unknown role '{role}'", hint=nearest(role, tuple(each.id for each in known().roles)))
        return found


@cache
def shipped() -> Book:
    """The regimes that come with the package, read once."""
    with as_file(files("underlabel.law") / "regimes") as folder:
        return _book(_folder(folder))


def load(folder: Path) -> Book:
    """The shipped regimes and those of a user's folder (`*.toml`); a same id takes the shipped one's place.

    Errors: `NoInputError` if there is no such folder; `InputError` for a bad file, naming its line.
    """
    if not folder.is_dir():
        raise NoInputError("no such folder of regimes", where=str(folder), hint="name a folder of .toml files")
    return _book([*shipped().regimes.values(), *_folder(folder)])


def _folder(folder: Path) -> list[Regime]:
    return [read(path) for path in sorted(folder.glob("*.toml"))]


def _book(regimes: list[Regime]) -> Book:
    latest = {regime.id: regime for regime in regimes}
    return Book(dict(sorted(latest.items(), key=lambda pair: (pair[1].order, pair[0]))))
