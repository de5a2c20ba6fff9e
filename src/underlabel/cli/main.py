"""The command: its verbs, loaded when used, and what an error looks like."""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any, Final

import click

from underlabel.cli.streams import note, quiet
from underlabel.model import FactsMissingError, InputError, NoInputError, UnderlabelError, UsageError

VERBS: Final[dict[str, tuple[str, str]]] = {
    "trace": ("underlabel.cli.trace", "Trace an inventory: a finding per line and regime."),
    "screen": ("underlabel.cli.screen", "Screen names against the lists: a hit, or what was searched."),
    "compare": ("underlabel.cli.compare", "Compare two names, or a table of pairs, and say why."),
    "who": ("underlabel.cli.who", "Print all that is held about a party."),
    "demo": ("underlabel.cli.demo", "Trace a made-up inventory, offline, and say what it does."),
    "lists": ("underlabel.cli.lists", "Update or add official lists; see which are loaded and what changed."),
    "snapshot": ("underlabel.cli.snapshot", "See, check, choose, export and clear away snapshots."),
    "joins": ("underlabel.cli.joins", "See which records are taken for one body; undo a join."),
    "own": ("underlabel.cli.own", "Add ownership tables."),
    "news": ("underlabel.cli.news", "Add pages that report on companies."),
    "law": ("underlabel.cli.law", "See the regimes and what follows for a role."),
    "changes": ("underlabel.cli.changes", "Compare the findings of two runs."),
}
FAILURE, USAGE, NO_INPUT, FACTS = 1, 2, 3, 4
_INTERRUPTED: Final = 130


class Verbs(click.Group):
    """A group whose verbs are imported only when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Every verb, in the order they are told."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """Import a verb; None for an unknown one."""
        if cmd_name not in VERBS:
            return None
        verb: click.Command = import_module(VERBS[cmd_name][0]).verb
        return verb

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        """List the verbs without importing any."""
        with formatter.section("Verbs"):
            formatter.write_dl([(name, says) for name, (_, says) in VERBS.items()])


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name=None, version="0.1.0", prog_name="underlabel")
def underlabel() -> None:
    """Say which of the things you buy, sell or run trace back to a restricted company.

    Exit codes: 0 done, 1 failure, 2 usage, 3 no input, 4 facts missing or too old; only with
    --fail-on: 10, 11, 12 when the worst verdict is linked, review, restricted, or the best hit of a
    screening rests on the name only, on corroboration, on an identifier.
    """


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command and give its exit code; errors go to stderr as `error:` and `hint:`."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a name that the terminal cannot show is no failure
    try:
        return _called(argv)
    except UnderlabelError as error:
        return _say(error)
    except (click.Abort, KeyboardInterrupt):
        note("\ninterrupted: nothing that was stored before is changed")
        return _INTERRUPTED
    except (BrokenPipeError, SystemExit):
        # The reader went away (`--help | head`): click tells it as an exit with 1.
        quiet(sys.stdout)
        return 0
    except OSError as error:
        quiet(sys.stdout)
        return _say(
            InputError(
                f"cannot read or write: {error.strerror or error}",
                where=str(error.filename or "standard output"),
                hint="check the room left on the disk and the rights of the folder",
            )
        )


def _called(argv: Sequence[str] | None) -> int:
    try:
        result: Any = underlabel.main(args=argv, prog_name="underlabel", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        note(error.format_message())
        return USAGE
    except click.UsageError as error:
        hint = f"{error.ctx.command_path} --help" if error.ctx else "underlabel --help"
        raise UsageError(error.format_message(), hint=hint) from error
    sys.stdout.flush()
    return result if isinstance(result, int) else 0


def _say(error: UnderlabelError) -> int:
    where = f"{error.where}: " if error.where else ""
    note(f"error: {where}{error.what}")
    if error.hint:
        note(f"hint: {error.hint}")
    codes = ((UsageError, USAGE), (NoInputError, NO_INPUT), (FactsMissingError, FACTS))
    return next((code for kind, code in codes if isinstance(error, kind)), FAILURE)
