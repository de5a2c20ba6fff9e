"""Asks one line, the way a user's row would."""

from __future__ import annotations

from datetime import date

from underlabel import trace, world
from underlabel.model import Finding, Item, ItemParty, Place


def line(
    text: str = "", brand: str = "", model: str = "", *, consignee: str = "", country: str = "", **more: str
) -> Item:
    """Make an item as the items room would."""
    parties = (ItemParty("ultimate_consignee", consignee, country),) if consignee else ()
    return Item(
        place=Place("stock.csv", 2),
        text=text,
        brand=brand,
        model=model,
        parties=parties,
        raw={"Item": text, "Brand": brand, "Model": model},
        **more,  # type: ignore[arg-type]
    )


def answer(facts: world.World, item: Item, role: str, day: str, regime: str, *, strict: bool = False) -> Finding:
    """Give the one finding for an item under a regime for a role on a day."""
    question = trace.ask(role, date.fromisoformat(day), (regime,), strict=strict)
    (found,) = trace.run([item], facts, question)
    return found
