"""The lists users can name: one data file each, and the many names other tools give them."""

from __future__ import annotations

import tomllib
from datetime import date
from difflib import get_close_matches
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Literal

import msgspec

from underlabel.model import UsageError


class ListInfo(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is known of a list before any edition of it is read; `registry/ID.toml`.

    `means` says what a listing on it means. `begins` is a day no listing on it is older than. `forms` are the
    forms of file it is published in (json, xml, html, text) and the module of `readers/` that reads each; those
    in `unproven` were built from the published format, without an official file at hand: a whole form ("xml"),
    or one of those it covers ("text: the official CSV"). `downloads` are the files an edition consists of, the
    main one first, and the address of each, in which "{today}" stands for the day it is fetched. `streams`: its
    reader goes through the file itself, piece by piece. `shrinks` is by how many per cent an edition may be
    smaller than the one before; `days` after how many days without a new edition it is stale (0: never).
    `files` are the names its files give themselves ("bis-dpl") and `minimum` the fewest records each may hold
    ("" is the count for a file without such a name). `coverage` is "extract" where one file never holds the
    whole list. `countries` is false where the official page states none. `categories` are patterns of entries
    that name a class of goods or places, not a party. `aliases` are other tools' names for it.
    """

    id: str
    title: str
    authority: str
    publisher: str
    url: str
    licence: str
    cadence: str
    means: str
    begins: date
    forms: dict[str, str] = {}
    unproven: tuple[str, ...] = ()
    downloads: dict[str, str] = {}
    streams: bool = False
    shrinks: int = 20
    days: int = 30
    coverage: Literal["whole", "extract"] = "whole"
    countries: bool = True
    files: tuple[str, ...] = ()
    minimum: dict[str, int] = {}
    categories: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()


def known(*, readable: bool = True) -> dict[str, ListInfo]:
    """The lists that have a reader, by id; with `readable=False` every list that has an id."""
    return {id_: info for id_, info in _registry().items() if info.forms or not readable}


def resolve(name: str) -> str:
    """Our id of a list, from our id or another tool's name for it.

    Errors: `UsageError` naming the ids nearest to the word.
    """
    wanted = name.strip().casefold().replace("-", "_")
    names = _names()
    if wanted in names:
        return names[wanted]
    near = dict.fromkeys(names[one] for one in get_close_matches(wanted, names, n=3))
    hint = f"did you mean {', '.join(near)}?" if near else "`underlabel lists status` names the lists"
    raise UsageError(f"there is no list '{name}'", hint=hint)


@cache
def _registry() -> MappingProxyType[str, ListInfo]:
    folder = resources.files("underlabel.lists").joinpath("registry")
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".toml")), key=lambda file: file.name)
    infos = (msgspec.convert(tomllib.loads(file.read_text("utf-8")), ListInfo) for file in files)
    return MappingProxyType({info.id: info for info in infos})


@cache
def _names() -> MappingProxyType[str, str]:
    names: dict[str, str] = {}
    for info in _registry().values():
        for name in (info.id, *info.files, *info.aliases):
            names[name.casefold().replace("-", "_")] = info.id
    return MappingProxyType(names)
