#!/usr/bin/env python3
"""The reference pages, made from the code: `docs/reference/*.md`.

python tools/reference.py            writes them
python tools/reference.py --check    says which are not as the code would write them (exit 1)
"""

from __future__ import annotations

import csv
import sys
import textwrap
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Final

import click

from underlabel import items, law, lists
from underlabel.cli.main import underlabel
from underlabel.model import CLASSES, Consequence

FOLDER: Final = Path(__file__).parents[1] / "docs" / "reference"
_MADE: Final = "<!-- Made by tools/reference.py from the code: do not edit. -->"
_WIDTH: Final = 100


def pages() -> dict[str, str]:
    """Every reference page by its file name."""
    made = {"regimes.md": _regimes(), "lists.md": _lists(), "columns.md": _columns(), "cli.md": _cli()}
    return {name: "\n".join([_MADE, *lines]).rstrip() + "\n" for name, lines in made.items()}


def _regimes() -> Iterator[str]:
    yield from ("# Regimes", "")
    yield from _prose(
        "Each regime as the tool holds it, from the files in `src/underlabel/law/regimes/`. *from* is the first day, "
        "*until* the first day after. A role that stands in no row of a regime is `not_stated` under it: none "
        "recorded; ask counsel. The role `journalist` is asked about every regime and told of no consequence. Rows not "
        "asked by default are asked with `--regime`."
    )
    yield from _table(
        ("regime", "title", "looks at"),
        ((f"[`{name}`](#{name})", law.show(name).title, f"the {law.show(name).looks_at}") for name in law.regimes()),
    )
    for name in law.regimes():
        yield from _regime(law.show(name))


def _regime(regime: law.Regime) -> Iterator[str]:
    yield from ("", f"## {regime.id}", "")
    said = [f"**{regime.title}.** {regime.authority}. {regime.citation}."]
    said.append(f"It looks at the {regime.looks_at} and starts from {_ids(regime.lists) or 'no list'}.")
    if regime.products:
        said.append(f"It speaks of {' and '.join(regime.products)} equipment only.")
    yield from _prose(" ".join(text for text in (*said, regime.before, regime.note) if text))
    yield from _table(
        ("from", "until", "status", "whom it reaches", "citation"),
        (
            (_day(one.since), _day(one.until), f"`{one.status}`", one.test.says, one.citation or regime.citation)
            for one in regime.periods
        ),
    )
    told = [one for one in regime.periods if one.note or one.red_flag or one.rival]
    yield from ([""] if told else [])
    for one in told:
        flag = f" Red flag: {one.red_flag.says}." if one.red_flag else ""
        rival = f" The other reading ({one.rival_says}): {one.rival.says}." if one.rival else ""
        yield f"- {f'From {one.since}' if one.since else 'At first'}: {one.note}{flag}{rival}"
    if regime.rows:
        yield ""
        yield from _table(
            ("role", "from", "until", "level", "what follows", "citation"),
            ((f"`{row.role}`", _day(row.since), _day(row.until), *_follows(row.consequence)) for row in regime.rows),
        )


def _follows(found: Consequence) -> tuple[str, str, str]:
    depends = f" Depends: {found.depends}." if found.depends else ""
    asked = "" if found.asked else " (not asked by default)"
    return f"`{found.level}`{asked}", f"{found.text or 'none recorded; ask counsel'}{depends}", found.citation


def _lists() -> Iterator[str]:
    held = {one.dataset.id: one.dataset for one in lists.curated_facts()}
    yield from ("# Lists", "")
    yield from _prose(
        "Every list that has an id. *Reader*: `underlabel lists add FILE --as ID` can read it. *Starter facts*: what "
        "comes with the package. Of a **whole** list, what is not in it was not on the list on the day of the edition; "
        "of an **extract** nothing follows from silence."
    )
    rows = []
    for name, info in sorted(lists.known(readable=False).items()):
        starter = held.get(name)
        said = f"{starter.coverage}, {starter.edition}" if starter else "not in it"
        rows.append((f"`{name}`", info.title, ", ".join(info.forms) or "no", said, _ids(law.of_list(name))))
    yield from _table(("list", "title", "reader", "starter facts", "regimes"), rows)
    yield from ("", "## Where each comes from", "")
    yield from _table(
        ("list", "publisher", "what a listing means", "page", "other tools call it"),
        (
            (f"`{name}`", info.publisher, info.means, f"<{info.url}>" if info.url else "", _ids(info.aliases))
            for name, info in sorted(lists.known(readable=False).items())
        ),
    )


def _columns() -> Iterator[str]:
    yield from ("# Columns of an inventory", "")
    yield from _prose(
        "What a column can mean: the words of `--map COLUMN=MEANING`; `none` leaves a column alone. Headings are "
        'compared without regard to case, spaces and signs, and words such as "camera" or "asset" before them do not '
        "matter. A column of MAC or IP addresses is known by its content. A column headed *vendor* is read as the "
        "maker beside network columns and as the supplier elsewhere; the run says which. A `day` is only read where "
        "`--as-of-column` or `--map` names its column."
    )
    headings: dict[str, list[str]] = defaultdict(list)
    with files("underlabel.items").joinpath("columns.csv").open(encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            headings[row["meaning"]].append(row["heading"])
    yield from _table(
        ("meaning", "headings understood"),
        ((f"`{name}`", ", ".join(headings.get(name, ())) or "only by `--map`") for name in _meanings()),
    )
    yield ""
    yield from _prose(
        'A party\'s country and address are also found by its role with the word "country" or "address": '
        "*consignee country*, *end user address*."
    )
    yield from ("## Product classes", "")
    yield from _prose("Rules speak of groups of equipment; each class belongs to the groups named.")
    yield from _table(
        ("class", "groups"), ((f"`{name}`", ", ".join(sorted(groups))) for name, groups in CLASSES.items())
    )


def _meanings() -> Iterator[str]:
    parts = ("_country", "_address")
    yield from (name for name in items.MEANINGS if not name.endswith(parts))
    yield from (name for name in items.MEANINGS if name.endswith(parts))


def _cli() -> Iterator[str]:
    yield from ("# The command line", "", "What each verb prints with `--help`.")
    for context in _verbs(None, underlabel, "underlabel"):
        yield from ("", f"## {context.command_path}", "", "```text", context.get_help(), "```")


def _verbs(parent: click.Context | None, verb: click.Command, name: str) -> Iterator[click.Context]:
    """A verb and those below it, each as if it had been typed."""
    context = click.Context(
        verb, parent, info_name=name, terminal_width=_WIDTH, max_content_width=_WIDTH, **verb.context_settings
    )
    yield context
    if isinstance(verb, click.Group):
        for part in verb.list_commands(context):
            found = verb.get_command(context, part)
            if found is not None:
                yield from _verbs(context, found, part)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(_cell(text) for text in row)} |"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _prose(text: str) -> Iterator[str]:
    yield from textwrap.wrap(text, 110, break_long_words=False, break_on_hyphens=False)
    yield ""


def _ids(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _day(day: date | None) -> str:
    return str(day) if day else ""


def main(arguments: list[str]) -> int:
    """Write the pages, or check them; 1 where one is not as it would be written."""
    wrong = 0
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        path = FOLDER / name
        if path.is_file() and path.read_text(encoding="utf-8") == text:
            continue
        wrong += 1
        if "--check" in arguments:
            sys.stdout.write(f"docs/reference/{name} is not as the code says: run python tools/reference.py\n")
        else:
            path.write_text(text, encoding="utf-8")
            sys.stdout.write(f"written docs/reference/{name}\n")
    return 1 if wrong and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
