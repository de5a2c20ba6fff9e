"""Where in a TOML text a key stands: the parser forgets it, an error message needs it."""

from __future__ import annotations

import re
from typing import Final

import msgspec

_HEADER: Final = re.compile(r"\s*(?P<many>\[?)\[\s*(?P<name>[\w.\-\s]+?)\s*\]{1,2}\s*(?:#.*)?")
_KEY: Final = re.compile(r"\s*[\"']?(?P<key>[\w\-]+)[\"']?\s*(?:\.[\w\-. ]+)?=")
_STEP: Final = re.compile(r"\.(?P<name>\w+)|\[(?P<index>\d+)\]")


class Spot(msgspec.Struct, frozen=True):
    """A place in a file's data: table ("" is the top, "period.red_flag"), its count from 0, and key."""

    table: str = ""
    index: int = 0
    key: str = ""


def spot(path: str) -> Spot:
    """Read a path such as `$.period[1].red_flag.threshold`, `$.lists[0]` or `$.title`."""
    names: list[str] = []
    index = 0
    for step in _STEP.finditer(path):
        if step["name"]:
            names.append(step["name"])
        elif names[-1:] in (["period"], ["consequence"]):
            index = int(step["index"])
    if names and names[0] in ("period", "consequence") and "[" in path:
        depth = 2 if names[1:2] in (["red_flag"], ["rival"]) else 1
        return Spot(".".join(names[:depth]), index, "".join(names[depth : depth + 1]))
    return Spot(key="".join(names[:1]))


def line_of(text: str, at: Spot) -> int:
    """The line, counted from 1, where the key stands; else its table's header; else line 1.

    A table written inline (`red_flag = { ... }`) stands on its key's line. Lines end at a line feed.
    """
    headed = 1
    table, counts = "", {"": 1}
    owner, _, inline = at.table.rpartition(".")
    for number, line in enumerate(_outside_long_text(text), start=1):
        header = _HEADER.fullmatch(line)
        if header:
            table = header["name"].replace(" ", "")
            counts[table] = counts.get(table, 0) + 1
            if not at.table and table == at.key:
                return number
            if _same(table, counts, at):
                headed = number
            continue
        key = _KEY.match(line)
        if not key:
            continue
        if key["key"] == at.key and _same(table, counts, at):
            return number
        if inline and key["key"] == inline and _same(table, counts, Spot(owner, at.index)):
            return number
    return headed


def _same(table: str, counts: dict[str, int], at: Spot) -> bool:
    """Whether the current table is the one looked for: a sub-table counts with its owner."""
    top = table.partition(".")[0]
    return table == at.table and counts.get(top, 1) == at.index + 1


def _outside_long_text(text: str) -> list[str]:
    """The lines, blank where they lie inside a text in three quotes."""
    lines: list[str] = []
    closing = ""
    for line in text.split("\n"):
        lines.append("" if closing else line)
        for mark in ('"""', "'''"):
            if closing in ("", mark) and line.count(mark) % 2:
                closing = "" if closing else mark
    return lines
