"""What changed between two runs: answers that are new, gone, worse, better, or the same for another reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final, Literal

import msgspec

from underlabel.model import VERDICTS

_SEVERITY: Final = {verdict: len(VERDICTS) - place for place, verdict in enumerate(VERDICTS)}

Answer = Mapping[str, Any]


class Changed(msgspec.Struct, frozen=True, kw_only=True):
    """One answer that differs: the line, role and regime, and the verdict before and after."""

    what: Literal["new", "gone", "worse", "better", "reason"]
    line: str
    role: str
    regime: str
    before: str = ""
    after: str = ""
    why: str = ""


def changes(before: Iterable[Answer], after: Iterable[Answer]) -> tuple[Changed, ...]:
    """Compare the JSON lines of two runs over one inventory, line by line, role and regime.

    A line is known by its row's content, so lines may have moved. Equal answers are left out.
    """
    old, new = _keyed(before), _keyed(after)
    found = []
    for key in sorted(old.keys() | new.keys()):
        one, other = old.get(key), new.get(key)
        what = _what(one, other)
        if what is not None:
            line, role, regime, _ = key
            known = other if other is not None else one
            found.append(
                Changed(
                    what=what,
                    line=line,
                    role=role,
                    regime=regime,
                    before=one["verdict"] if one else "",
                    after=other["verdict"] if other else "",
                    why=known["reason"]["text"] if known else "",
                )
            )
    return tuple(found)


def _keyed(answers: Iterable[Answer]) -> dict[tuple[str, str, str, int], Answer]:
    """Answers by row, role and regime; equal rows are told apart by their order."""
    keyed: dict[tuple[str, str, str, int], Answer] = {}
    seen: dict[tuple[str, str, str], int] = {}
    for answer in answers:
        row = msgspec.json.encode(answer["item"].get("row", answer["item"]), order="sorted").decode()
        place = (row, answer["role"], answer["regime"])
        seen[place] = seen.get(place, 0) + 1
        keyed[*place, seen[place]] = answer
    return keyed


def _what(one: Answer | None, other: Answer | None) -> Literal["new", "gone", "worse", "better", "reason"] | None:
    if one is None or other is None:
        return "new" if one is None else "gone"
    before, after = _SEVERITY.get(one["verdict"], 0), _SEVERITY.get(other["verdict"], 0)
    if before != after:
        return "worse" if after > before else "better"
    return "reason" if one["reason"]["code"] != other["reason"]["code"] else None
