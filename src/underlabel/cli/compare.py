"""`underlabel compare A B` and `underlabel compare --pairs FILE`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, Final

import click
import msgspec

from underlabel import items, report, trace
from underlabel.cli import options, show
from underlabel.cli.screen import FORMS
from underlabel.cli.streams import note
from underlabel.model import AskedPair, Compared, InputError, Query, UsageError

_SHOWN: Final = 60
_HINT: Final = "underlabel compare 'Lorex' 'Lorex Technology Inc.', or underlabel compare --pairs pairs.csv"


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """The verb's options as given."""

    names: tuple[str, ...] = ()
    pairs: Path | None = None
    schema: str = ""
    country1: str = ""
    country2: str = ""
    id1: tuple[str, ...] = ()
    id2: tuple[str, ...] = ()
    threshold: float | None = None
    form: str | None = None
    output: Path | None = None


@click.command("compare")
@click.argument("names", nargs=-1)
@click.option("--pairs", type=options.READ, help="A table with the columns name1 and name2; '-' is standard input.")
@click.option("--schema", default="", help="What both are: Company, Person, Vessel …")
@click.option("--country1", default="", help="The country of the first: a name or an ISO 3166 code.")
@click.option("--country2", default="", help="The country of the second.")
@click.option("--id1", multiple=True, help="An identifier of the first ('lei:5493…'); may be repeated.")
@click.option("--id2", multiple=True, help="An identifier of the second.")
@click.option(
    "--threshold", type=click.FloatRange(0, 1), help="The score of a match (default 0.5: more likely one than not)."
)
@options.output
def verb(**stated: Any) -> int:  # noqa: ANN401 - click gives every option by name
    """Say how likely two NAMES mean one party, and why; or each pair of a table.

    A table of pairs has columns name1 and name2, and perhaps schema, country1, country2, id1 and id2. All its columns
    are kept in their order; score, match and reasons are added. -o writes .csv, .xlsx, .jsonl, .json or .txt.
    """
    given = Given(**stated)
    alone = (*given.id1, *given.id2, given.country1, given.country2)
    if given.pairs is not None:
        if given.names or any(alone):
            raise UsageError("--pairs has the names, countries and identifiers in its columns", hint=_HINT)
        return _pairs(given, given.pairs)
    if len(given.names) != 2:  # noqa: PLR2004 - a pair
        raise UsageError(f"two names are compared, {len(given.names)} given", hint=_HINT)
    return _two(given)


def _pairs(given: Given, path: Path) -> int:
    where = show.target(given.form, given.output, (path,), FORMS)
    with items.pairs_asked(path, items.beside(given.schema)) as asking:
        tally = _Tally()
        compared = tally.over(trace.compare(asking.rows(), given.threshold))
        if where.form == "table":
            rows = [report.compared_brief(one) for one in islice(compared, None if where.path else _SHOWN)]
            show.rows(rows, where)
            for _ in compared:  # the rest is counted
                pass
        elif where.path is not None:
            report.write_compared(compared, asking.columns, where.path, where.form)
        else:
            show.put(report.compared_texts(compared, asking.columns, where.form), where)
        notes = asking.notes()
    for text in notes:
        note(f"note: {text}")
    pairs = "1 pair" if tally.rows == 1 else f"{tally.rows} pairs"
    note(f"{pairs}: {tally.matches} match, {tally.rejected} rejected")
    if where.form == "table" and where.path is None and tally.rows > _SHOWN:
        note(f"the first {_SHOWN} are shown; all of them: -o compared.csv")
    return 0


def _two(given: Given) -> int:
    where = show.target(given.form, given.output)
    schema = items.beside(given.schema).schema
    first, second = (
        Query(name, schema, items.beside(country=country).country, ids)
        for name, country, ids in zip(
            given.names, (given.country1, given.country2), (given.id1, given.id2), strict=True
        )
    )
    (one,) = trace.compare([AskedPair(row=1, first=first, second=second)], given.threshold)
    if one.rejected:
        raise InputError(one.rejected, hint="give two names")
    if where.form == "table":
        show.page(_page(one), where)
    elif where.form == "csv":
        show.rows(report.waterfall(one), where, columns=("weight", "because"))
    else:
        show.rows([report.comparison(one)], where)
    return 0


def _page(one: Compared) -> Iterator[Any]:
    hit = one.hit
    told: Sequence[tuple[str, str]] = (
        ("score", f"{hit.score:.4f}  {'a match' if one.match else 'no match'}"),
        ("similarity", f"{hit.similarity:.4f}"),
        ("class", hit.kind),
    )
    yield "\n".join(f"{what:<12}{says}" for what, says in told)
    yield ""
    yield show.table(report.waterfall(one), empty="nothing in the two names agrees")


class _Tally:
    """Pairs counted as they go by."""

    def __init__(self) -> None:
        self.rows = self.matches = self.rejected = 0

    def over(self, compared: Iterator[Compared]) -> Iterator[Compared]:
        for one in compared:
            self.rows += 1
            self.matches += one.match
            self.rejected += bool(one.rejected)
            yield one
