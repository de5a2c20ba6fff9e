"""Holders of MAC blocks who sell network parts to other makers: their block says little of the device."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources

from underlabel.labels import forms
from underlabel.labels.tables import read_table


@lru_cache(maxsize=1)
def part_makers() -> tuple[str, ...]:
    """The forms their registered names begin with, from the curated table."""
    with resources.as_file(resources.files("underlabel.labels") / "curated" / "parts.csv") as path:
        return tuple(forms.form(row.need("holder", "name the holder")) for row in read_table(path).rows)


@lru_cache(maxsize=65536)
def makes_parts(holder: str) -> bool:
    """Whether a block's holder sells network parts (modules, chips, boards) to other makers."""
    form = f"{forms.form(holder)} "
    return any(form.startswith(f"{name} ") for name in part_makers())
