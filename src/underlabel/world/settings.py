"""What a user sets in a home: mirrors and addresses of lists, and whether private addresses may be fetched from."""

from __future__ import annotations

import tomllib

import msgspec

from underlabel.model import InputError
from underlabel.world.home import Home

FILE = "config.toml"


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
    """All that `config.toml` may say."""

    fetch: FetchSettings = FetchSettings()
    lists: dict[str, ListSettings] = {}


def settings(home: Home) -> Settings:
    """The settings of a home; without a file, the defaults. Errors: `InputError` where it cannot be understood."""
    path = home.folder / FILE
    try:
        return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), Settings)
    except FileNotFoundError:
        return Settings()
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise InputError(
            f"the settings cannot be read: {error}",
            where=str(path),
            hint='write [lists.NAME] with mirrors = ["https://…"], and [fetch] with private = true or false',
        ) from error
