"""When to try again: which failures pass, how long to wait, and when to give up."""

from __future__ import annotations

import re
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from typing import Final, TypeVar

from underlabel.fetch.errand import AGAIN, AddressFailedError, Errand, PassingError
from underlabel.fetch.part import Part

_PASSING: Final = frozenset({408, 425, 429, 500, 502, 503, 504})
_HINTS: Final = {
    401: "the server wants a login: fetch the file by hand",
    403: "the server refuses programs: fetch the file by hand",
    404: "the file has moved: look for its new address",
    410: "the file has moved: look for its new address",
}
_Result = TypeVar("_Result")
_SECONDS: Final = re.compile(r"\d{1,9}")


def refusal(status: int, after: str, today: float) -> PassingError | AddressFailedError:
    """What a status other than success means; `after` is the server's own Retry-After, `today` the time it came."""
    what = f"the server answered {status}"
    if status in _PASSING:
        return PassingError(what, after=seconds(after, today))
    return AddressFailedError(what, _HINTS.get(status, "check the address"))


def seconds(after: str, today: float) -> float | None:
    """The seconds a Retry-After asks for, from a number or a date (RFC 9110, 10.2.3); None where it says nothing."""
    if _SECONDS.fullmatch(after):
        return float(after)
    try:
        return max(0.0, parsedate_to_datetime(after).timestamp() - today)
    except (ValueError, OverflowError):
        return None


def persist(errand: Errand, part: Part, attempt: Callable[[], _Result]) -> _Result:
    """Try until it works, waiting longer each time.

    A failure that brought new bytes starts the count again. Errors: `AddressFailedError` after the last try, where
    the time is over, or where the server asks for more patience than there is.
    """
    failed, tried, furthest = 0, 0, (part.held(errand.url) or (0, None))[0]
    while True:
        tried += 1
        try:
            return attempt()
        except PassingError as error:
            gained = part.size > furthest and not error.counts
            failed = 0 if gained else failed + 1
            furthest = max(furthest, part.size)
            times = f" (tried {tried} times)" if tried > 1 else ""
            if failed >= errand.bounds.tries:
                raise AddressFailedError(error.what + times, AGAIN) from error
            wait = _wait(errand, error, failed)
            if wait > errand.deadline - errand.clock.now():
                over = f"{error.what}{times}; {errand.bounds.seconds:g} seconds are over"
                raise AddressFailedError(over, AGAIN) from error
            errand.tell(f"{error.what}; trying again in {wait:.1f} seconds")
            errand.clock.sleep(wait)


def _wait(errand: Errand, error: PassingError, failed: int) -> float:
    patience = errand.bounds.patience
    if error.after is not None and error.after > patience:
        raise AddressFailedError(f"{error.what} and asks to wait {error.after:.0f} seconds", AGAIN) from error
    grown = min(patience, 2.0 ** max(0, failed - 1))
    return max(grown * (0.5 + errand.clock.chance() / 2), error.after or 0.0)
