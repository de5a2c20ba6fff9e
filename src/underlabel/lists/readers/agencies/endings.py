"""The day on which an entry that stands no longer in force came to its end."""

from __future__ import annotations

import re
from typing import Final

from underlabel.lists import dates
from underlabel.lists.gather import Gather
from underlabel.lists.readers.shape import Row
from underlabel.model import Day

_STANDING: Final = frozenset({"", "active", "listed", "partially modified"})
_SAID: Final = re.compile(
    r"\b(?:revoked|terminated|withdrawn|rescinded|removed|deleted|delisted|inactive)\b[^.;|]{0,40}?"
    r"(?P<day>\d{1,2}/\d{1,2}/\d{2,4}|\d{4}-\d{2}-\d{2}|[A-Z][a-z]+ \d{1,2}, \d{4})",
    re.IGNORECASE,
)


def ended(row: Row, since: Day | None, gather: Gather) -> Day | None:
    """The end of an entry whose status says that it stands no longer; None while it stands.

    The day its status or notes give ("revoked 3/1/2021"), or else some day between the entry's own
    and the edition's. Errors: `InputError` where the day given is none.
    """
    entry = row.entry
    if (entry.status or "").strip().casefold() in _STANDING:
        return None
    said = _SAID.search(f"{entry.status}; {entry.notes or ''}")
    if said:
        return dates.us_day(said["day"], kind="effective", not_before=since.earliest if since else None)
    if gather.edition is None:
        return None
    return Day(since.earliest if since else gather.opened.info.begins, gather.edition, "effective")
