"""Fetch a file from its official address, or else from a mirror; the room's doors."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import msgspec

from underlabel.fetch import guard, local, transfer
from underlabel.fetch.errand import AddressFailedError, Errand
from underlabel.fetch.part import Part
from underlabel.fetch.terms import Bounds, Clock, Fetched, Told, Unchanged, Validators
from underlabel.model import InputError, UsageError


def download(
    addresses: str | Sequence[str],
    into: Path,
    *,
    bounds: Bounds | None = None,
    seen: Validators | None = None,
    told: Told | None = None,
    clock: Clock | None = None,
) -> Fetched | Unchanged:
    """Fetch a file to `into`, from the first address that gives it: http, https, or file for a copy.

    The official address stands first, its mirrors after. `into` is replaced only by a whole file, in one step. What
    a failed or killed run brought stays beside it as `into` + `.part`, and the next one goes on from there where
    the server allows. With `seen`, which the caller gives only while it holds that file, a file that has
    not changed is not written.

    Every host, after each redirect too, must stand on public addresses; the connection goes to the one checked.
    `told` hears of each piece and each failure. Errors: `InputError` with what happened at every address tried,
    and where the disk does not take the file; `UsageError` for no address at all.
    """
    asked = (addresses,) if isinstance(addresses, str) else tuple(addresses)
    if not asked:
        raise UsageError("no address to fetch from", hint="name one")
    bounds, clock = bounds or Bounds(), clock or Clock()
    named = frozenset(_named(address) for address in asked)
    failures: list[str] = []
    hint = ""
    with Part.beside(into) as part:
        for address in asked:
            errand = Errand(
                url=address,
                bounds=bounds,
                clock=clock,
                told=told,
                seen=seen,
                named=named,
                deadline=clock.now() + bounds.seconds,
            )
            try:
                bring = local.copied if address.lower().startswith("file:") else transfer.bring
                return msgspec.structs.replace(bring(errand, part), failures=tuple(failures))
            except AddressFailedError as error:
                errand.tell(error.what)
                failures.append(error.what if len(asked) == 1 else f"{address}: {error.what}")
                hint = hint or error.hint
    what = failures[0] if len(asked) == 1 else f"none of {len(asked)} addresses has it: {'; '.join(failures)}"
    raise InputError(what, where=asked[0], hint=hint)


def get(url: str, bounds: Bounds | None = None) -> bytes:
    """The bytes of one address, within the same bounds. Errors: as `download`."""
    with tempfile.TemporaryDirectory() as folder:
        into = Path(folder) / "body"
        download(url, into, bounds=bounds)
        return into.read_bytes()


def _named(address: str) -> str:
    """The host a caller names. Errors: `InputError` where the address cannot be meant."""
    try:
        return guard.host(guard.checked(address))
    except AddressFailedError as error:
        raise InputError(error.what, where=guard.shown(address), hint=error.hint) from error
