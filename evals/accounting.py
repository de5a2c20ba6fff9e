"""Every record of every list file ends as exactly one thing: party, part of one, category, terminator or rejected.

Prints the table file by file; the sum of each row is its record count. Ends with 1 where one is not, or where
a file of the real data was not read.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from evals.files import NOT_LISTS, VARIABLE, given, small
from underlabel import lists

_COLUMNS = ("records", "parties", "parts", "categories", "terminators", "rejected")


def main() -> int:
    """Print the table; 1 where a file's records are not all accounted for."""
    folder = Path(os.environ[VARIABLE])
    print(f"{'file':<52}" + "".join(f"{name:>12}" for name in _COLUMNS))
    read, wrong = {folder / "lists" / name for name in NOT_LISTS}, 0
    totals = dict.fromkeys(_COLUMNS, 0)
    for one in given(folder):
        facts, tallies = lists.read_accounted(one.path, one.list, one.day, accept_small=small(one))
        for tally in tallies:
            counts = {name: getattr(tally, name) for name in _COLUMNS}
            print(f"{tally.file[:51]:<52}" + "".join(f"{count:>12,}" for count in counts.values()))
            totals = {name: totals[name] + counts[name] for name in _COLUMNS}
            wrong += tally.accounted != tally.records
            read.add(one.path.parent / tally.file)
        wrong += facts.dataset.records != sum(tally.records for tally in tallies)
    print(f"{'all':<52}" + "".join(f"{count:>12,}" for count in totals.values()))
    unread = sorted({path for path in (folder / "lists").rglob("*") if path.is_file()} - read)
    for path in unread:
        print(f"wrong: {path.relative_to(folder)} was not read")
    if wrong:
        print(f"wrong: the records of {wrong} files do not add up")
    return int(bool(wrong or unread))


if __name__ == "__main__":
    sys.exit(main())
