"""The ids a regime may speak of: lists that can be loaded and roles that can be asked in."""

from __future__ import annotations

from difflib import get_close_matches
from functools import cache
from importlib.resources import files

import msgspec

from underlabel.law.regime import Role


class Known(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The shipped table of ids, in the order they are shown."""

    lists: tuple[str, ...]
    roles: tuple[Role, ...] = msgspec.field(name="role")


@cache
def known() -> Known:
    """The ids of lists and roles, read once."""
    return msgspec.toml.decode((files("underlabel.law") / "known.toml").read_bytes(), type=Known)


def nearest(word: str, among: tuple[str, ...]) -> str:
    """A hint: the ids most like `word`, then all of them."""
    close = get_close_matches(word.lower().replace("-", "_").replace(".", ""), among, n=3, cutoff=0.5)
    meant = f"did you mean {' or '.join(close)}? " if close else ""
    return f"{meant}known are: {', '.join(among)}"
