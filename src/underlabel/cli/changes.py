"""`underlabel changes BEFORE AFTER`."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import click
import msgspec

from underlabel import watch
from underlabel.cli import options, show
from underlabel.model import InputError, NoInputError, Verdict, Why

_HINT: Final = "write them with trace -o findings.jsonl"


class _Needed(msgspec.Struct):
    """What a finding must hold to be compared."""

    item: dict[str, Any]
    role: str
    regime: str
    verdict: Verdict
    reason: Why


@click.command("changes")
@click.argument("before", type=options.READ)
@click.argument("after", type=options.READ)
@options.output
def verb(before: Path, after: Path, *, form: str | None, output: Path | None) -> int:
    """Compare the findings of two runs (JSON Lines files of `trace -o`): new, gone, worse, better."""
    where = show.target(form, output, (before, after))
    found = watch.changes(_lines(before), _lines(after))
    show.rows(
        [msgspec.structs.asdict(one) for one in found],
        where,
        "Changed answers",
        columns=watch.Changed.__struct_fields__,
        empty="no answer changed",
    )
    return 0


def _lines(path: Path) -> list[dict[str, Any]]:
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        raise NoInputError(f"cannot be read: {error.strerror}", where=str(path), hint="check the path") from error
    return [_finding(line, f"{path}:{count}") for count, line in enumerate(lines, start=1) if line.strip()]


def _finding(line: bytes, where: str) -> dict[str, Any]:
    try:
        finding = msgspec.json.decode(line, type=dict[str, Any])
        msgspec.convert(finding, type=_Needed)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InputError(f"this is no finding as a JSON line: {error}", where=where, hint=_HINT) from error
    return finding
