"""What changed between two runs: answers that are new, gone, worse, better, or the same for another reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final, Literal

import msgspec

from underlabel.model import VERDICTS

_SEVERITY: Final = {verdict: len(VERDICTS) - place for place, verdict in enumerate(VERDICTS)}

Answer = Mapping[str, Any]


class Changed(msgspec.Struct, frozen=True, kw_only=True):
    """One answer that differs: the line ("stock.csv:2 Lorex N842A82"), role, regime, verdict before and after."""

    what: Literal["new", "gone", "worse", "better", "reason"]
    line: str
    role: str
    regime: str
    before: str = ""
    after: str = ""
    why: str = ""


def changes(before: Iterable[Answer], after: Iterable[Answer]) -> tuple[Changed, ...]:
    """Compare the JSON lines of two runs over one inventory, line by line, role and regime.

    A line is known by its row's content, so lines may have moved. Equal answers are left out; the others come in
    the order of the lines.
    """
    old, new = _keyed(before), _keyed(after)
    found = []
    for key in sorted(old.keys() | new.keys()):
        one, other = old.get(key), new.get(key)
        what = _what(one, other)
        known = other if other is not None else one
        if what is not None and known is not None:
            _, role, regime, _ = key
            changed = Changed(
                what=what,
                line=_line(known["item"]),
                role=role,
                regime=regime,
                before=one["verdict"] if one else "",
                after=other["verdict"] if other else "",
                why=known["reason"]["text"],
            )
            found.append((_place(known["item"]), changed))
    return tuple(changed for _, changed in sorted(found, key=lambda pair: pair[0]))


def _line(item: Mapping[str, Any]) -> str:
    """Where a line stands and what it is; its cells where it names no brand, model or text."""
    sheet = f"[{item['sheet']}]" if item.get("sheet") else ""
    place = f"{item['file']}{sheet}:{item.get('line', '')}" if item.get("file") else ""
    named = " ".join(str(item[name]) for name in ("brand", "model") if item.get(name)) or item.get("text")
    if not named:
        row = item.get("row", item)
        named = " ".join(str(cell) for cell in row.values() if cell) if isinstance(row, Mapping) else row
    return f"{place} {named}".strip()


def _place(item: Mapping[str, Any]) -> tuple[str, str, int]:
    line = item.get("line", 0)
    return str(item.get("file", "")), str(item.get("sheet", "")), line if isinstance(line, int) else 0


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
