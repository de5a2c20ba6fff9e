"""What goes wrong for a user: what, where, and what to do about it."""

from __future__ import annotations


class UnderlabelError(Exception):
    """Something a user can act on.

    Holds `what` happened, `where` ("file:row:column", may be empty) and a `hint`.
    The command line prints it as `error:` and `hint:`; no room below it decides exit codes.
    """

    def __init__(self, what: str, *, where: str = "", hint: str = "") -> None:
        """Keep the three parts apart, so that every door can print them its own way."""
        super().__init__(f"{where}: {what}" if where else what)
        self.what = what
        self.where = where
        self.hint = hint


class InputError(UnderlabelError):
    """An input or a fact is not what it should be."""


class NoInputError(UnderlabelError):
    """There is nothing to read: no such file, an empty file, no line in it."""


class FactsMissingError(UnderlabelError):
    """The facts an answer needs are not loaded, or are older than the user allows."""


class UsageError(UnderlabelError):
    """The question itself is off: an unknown role, regime, list or column."""
