"""`underlabel changes BEFORE AFTER`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
import msgspec

from underlabel import watch
from underlabel.cli import options, show
from underlabel.model import InputError, NoInputError


@click.command("changes")
@click.argument("before", type=options.FILE)
@click.argument("after", type=options.FILE)
@options.output
def verb(before: Path, after: Path, *, form: str | None, output: Path | None) -> int:
    """Compare the findings of two runs (JSON Lines files of `trace -o`): new, gone, worse, better."""
    found = watch.changes(_lines(before), _lines(after))
    show.rows([msgspec.structs.asdict(one) for one in found], form, output, "Changed answers")
    return 0


def _lines(path: Path) -> list[dict[str, Any]]:
    try:
        lines = path.read_bytes().splitlines()
        return [msgspec.json.decode(line, type=dict[str, Any]) for line in lines if line.strip()]
    except OSError as error:
        raise NoInputError(f"cannot be read: {error.strerror}", where=str(path), hint="check the path") from error
    except msgspec.DecodeError as error:
        raise InputError(
            "these are no JSON Lines of findings", where=str(path), hint="write them with trace -o findings.jsonl"
        ) from error
