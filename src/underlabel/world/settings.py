"""What a user sets in a home: mirrors and addresses of lists, and whether private addresses may be fetched from."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Final

import msgspec

from underlabel import lists
from underlabel.model import InputError, UsageError
from underlabel.world.home import Home

FILE = "config.toml"
_SCHEMES: Final = ("https://", "http://", "file://")
_HINT: Final = (
    'write [lists.NAME] with mirrors = ["https://…"] or instead = ["file:///…"], '
    "and [fetch] with private = true or false"
)


class ListSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One list: addresses asked after the official one, or `instead` of it.

    An address that ends in "/" is a folder that holds the list's files by their names.
    """

    mirrors: tuple[str, ...] = ()
    instead: tuple[str, ...] = ()


class FetchSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How far fetching may go: `private` addresses too, and `seconds` for one address as a whole."""

    private: bool = False
    seconds: float = 900.0


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All that `config.toml` may say; `lists` by their ids."""

    fetch: FetchSettings = FetchSettings()
    lists: dict[str, ListSettings] = {}

    def of(self, name: str) -> ListSettings:
        """What is set for one list."""
        return self.lists.get(name, ListSettings())


def settings(home: Home) -> Settings:
    """The settings of a home; without a file, the defaults.

    Lists may be named as other tools name them. Errors: `InputError` where the file cannot be understood, names a
    list there is none of, an address that is none, or a time that is over before it begins.
    """
    path = home.folder / FILE
    try:
        said = msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8-sig")), Settings)
    except (FileNotFoundError, NotADirectoryError):
        return Settings()
    except OSError as error:
        raise _wrong(path, f"cannot be read: {error.strerror}", "check its permissions") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise _wrong(path, f"cannot be understood: {error}") from error
    if said.fetch.seconds <= 0:
        raise _wrong(path, f"hold [fetch] seconds = {said.fetch.seconds:g}, and no file comes in that time")
    named: dict[str, ListSettings] = {}
    for name, one in said.lists.items():
        try:
            id_ = lists.resolve(name)
        except UsageError as error:
            raise _wrong(path, f"name [lists.{name}]: {error.what}", error.hint) from error
        if id_ in named:
            raise _wrong(path, f"speak of {id_} twice", "keep one of the two")
        _check(path, name, one)
        named[id_] = one
    return msgspec.structs.replace(said, lists=named)


def _check(path: Path, name: str, one: ListSettings) -> None:
    for key, addresses in (("mirrors", one.mirrors), ("instead", one.instead)):
        for address in addresses:
            if not address.lower().startswith(_SCHEMES):
                raise _wrong(path, f"hold '{address}' under {key} of [lists.{name}], which is no address")


def _wrong(path: Path, what: str, hint: str = _HINT) -> InputError:
    return InputError(f"the settings {what}", where=str(path), hint=hint)
