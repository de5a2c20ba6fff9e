"""One address to fetch, and the two ways it fails: for now, or for good."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, metadata
from typing import Final

import msgspec

from underlabel.fetch.terms import Bounds, Clock, Progress, Told, Validators

AGAIN: Final = "try again later"


class AddressFailedError(Exception):
    """Nothing more is to be had from this address; the next one may have it."""

    def __init__(self, what: str, hint: str = "check the address") -> None:
        """Keep what happened and what to do apart."""
        super().__init__(what)
        self.what = what
        self.hint = hint


class PassingError(Exception):
    """It failed, and may do better in a while.

    `after` is how many seconds the server asks to wait. One that `counts` does so even where it brought new bytes.
    """

    def __init__(self, what: str, *, after: float | None = None, counts: bool = False) -> None:
        """Keep what happened and when to come back apart."""
        super().__init__(what)
        self.what = what
        self.after = after
        self.counts = counts


class Errand(msgspec.Struct, frozen=True, kw_only=True):
    """One address to fetch: within what, with what in hand, and by when. `named` are the hosts the caller named."""

    url: str
    bounds: Bounds
    clock: Clock
    told: Told | None
    seen: Validators | None
    named: frozenset[str]
    deadline: float

    def tell(self, note: str = "", *, received: int = 0, total: int | None = None) -> None:
        """Tell whoever listens."""
        if self.told is not None:
            self.told(Progress(url=self.url, received=received, total=total, note=note))

    def left(self) -> float:
        """The seconds left. Errors: `AddressFailedError` where there are none."""
        left = self.deadline - self.clock.now()
        if left <= 0:
            raise AddressFailedError(f"took longer than {self.bounds.seconds:g} seconds", AGAIN)
        return left


def agent() -> str:
    """Who asks: name, version, and the project's page where its metadata states one."""
    try:
        about = metadata("underlabel")
    except PackageNotFoundError:
        return "underlabel (checkout)"
    pages = [stated.partition(",")[2].strip() for stated in about.get_all("Project-URL") or ()]
    return f"underlabel/{about['Version']}" + (f" (+{pages[0]})" if pages else "")
