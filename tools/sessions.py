#!/usr/bin/env python3
"""Terminal sessions shown on pages: run them, compare them, renew them.

    python tools/sessions.py PAGE…            says which sessions are not as shown
    python tools/sessions.py --write PAGE…    puts what is printed now in their place

A session is a block marked `console`: a line `$ command`, then what it prints on standard output.
A block marked with a form and a name (`csv stock.csv`) is a file of the page. A page is run from
top to bottom in a folder of its own with a home of its own; the files shown so far lie in it.
Only `$ underlabel …` is run. `$ make`, `$ git` and `$ cd` stand there to be read; any other
command is refused, so that nothing is shown which nobody checks. A line that is exactly `…`
stands for any number of lines. Blanks at the end of a line do not count.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

RUN: Final = "underlabel"
READ_ONLY: Final = ("make", "git", "cd")
ELISION: Final = "…"
_FENCE: Final = re.compile(r"^```(?P<info>[^`\n]*)\n(?P<body>.*?)^```$", flags=re.MULTILINE | re.DOTALL)
_FILE: Final = re.compile(r"(?:csv|json|jsonl|text) (?P<name>[\w.-]+)")


class Step(NamedTuple):
    """One command of a page, what the page shows of it, and the files shown before it."""

    line: int
    command: str
    shown: tuple[str, ...]
    files: dict[str, str]


def steps(text: str) -> Iterator[Step]:
    """The commands of a page that are run, in order. Errors: `ValueError` for one that is neither run nor known."""
    files: dict[str, str] = {}
    for block in _FENCE.finditer(text):
        info, first = block["info"].strip(), text.count("\n", 0, block.start()) + 2
        named = _FILE.fullmatch(info)
        if named:
            files[named["name"]] = block["body"]
        elif info == "console":
            yield from _commands(block["body"].splitlines(), first, dict(files))


def _commands(lines: list[str], first: int, files: dict[str, str]) -> Iterator[Step]:
    starts = [number for number, line in enumerate(lines) if line.startswith("$ ")]
    if starts[:1] != [0]:
        raise ValueError(f"line {first}: a console block begins with '$ command'")
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        command = lines[start].removeprefix("$ ")
        word = command.split()[0]
        if word == RUN:
            yield Step(first + start, command, _trimmed(lines[start + 1 : end]), files)
        elif word not in READ_ONLY:
            raise ValueError(f"line {first + start}: '{word}' is shown but nobody runs it")


def agrees(shown: tuple[str, ...], printed: tuple[str, ...]) -> bool:
    """Whether what is shown is what was printed, a line `…` standing for any number of lines."""
    wanted = "".join(r"(?:[^\n]*\n)*" if line == ELISION else re.escape(line) + r"\n" for line in shown)
    return re.fullmatch(wanted, "".join(f"{line}\n" for line in printed)) is not None


def renewed(shown: tuple[str, ...], printed: tuple[str, ...]) -> tuple[str, ...]:
    """What to show now: all that was printed, or around each `…` the lines that begin with the same word as before."""
    if agrees(shown, printed):
        return shown
    kept: list[str] = []
    left = iter(printed)
    for line in shown:
        now = line if line == ELISION else next((one for one in left if one.split()[:1] == line.split()[:1]), None)
        if now is None:
            return printed
        kept.append(now)
    return tuple(kept) if ELISION in shown and agrees(tuple(kept), printed) else printed


def new_home(folder: Path) -> Path:
    """Make a home in `folder` that holds the starter facts."""
    home = folder / "home"
    _run(f"{RUN} lists status", folder, home)
    return home


def played(text: str, home: Path, folder: Path) -> Iterator[tuple[Step, tuple[str, ...]]]:
    """Run a page in `folder` with a copy of `home`; each command with the lines it printed."""
    own_home, place = folder / "home", folder / "page"
    shutil.copytree(home, own_home)
    place.mkdir()
    for step in steps(text):
        for name, content in step.files.items():
            (place / name).write_text(content, encoding="utf-8")
        yield step, _run(step.command, place, own_home)


def renew(text: str, home: Path, folder: Path) -> str:
    """The page with every session as it is now."""
    lines = text.splitlines()
    for step, printed in reversed(list(played(text, home, folder))):
        lines[step.line : step.line + len(step.shown)] = renewed(step.shown, printed)
    return "\n".join(lines) + "\n"


def _run(command: str, folder: Path, home: Path) -> tuple[str, ...]:
    """What a command prints on standard output, with a clean and settled environment."""
    settled = {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
        "HOME": str(home.parent),
        "UNDERLABEL_HOME": str(home),
        "COLUMNS": "100",
        "NO_COLOR": "1",
        "LC_ALL": "C.UTF-8",
        "PYTHONUNBUFFERED": "1",
    }
    done = subprocess.run(["sh", "-c", command], cwd=folder, env=settled, stdout=subprocess.PIPE, check=False)
    return _trimmed(done.stdout.decode().splitlines())


def _trimmed(lines: list[str]) -> tuple[str, ...]:
    kept = [line.rstrip() for line in lines]
    while kept and not kept[-1]:
        kept.pop()
    return tuple(kept)


def main(arguments: list[str]) -> int:
    """Check or renew pages; 1 where a session is not as shown."""
    write = "--write" in arguments
    wrong = 0
    with tempfile.TemporaryDirectory() as name:
        home = new_home(Path(name))
        for number, page in enumerate(Path(one) for one in arguments if one != "--write"):
            folder = Path(name) / str(number)
            folder.mkdir()
            text = page.read_text(encoding="utf-8")
            now = renew(text, home, folder)
            if now == text:
                continue
            wrong += 1
            sys.stdout.write(f"{page}: {'renewed' if write else 'not as shown: run with --write'}\n")
            if write:
                page.write_text(now, encoding="utf-8")
    return 1 if wrong and not write else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
