"""How fast an inventory is traced, and the cascade with proofs beside plain rounds without them."""

from __future__ import annotations

import random
import tempfile
import time
from datetime import date
from pathlib import Path

from underlabel import own, trace, world
from underlabel.model import Held, Item, Link, Place, Share, Source, Test

LINES = 20_000
BRANDS = ("Hikvision", "Dahua", "Lorex", "EZVIZ", "Axis", "Bosch", "Amcrest", "Annke", "Cisco", "Unheard")
PARTIES = 2_000
HALF = Test(lists=("list",), threshold=500_000, adds_up=True)


def main() -> int:
    """Print lines per second, and the cascade beside a plain sum over all parties until nothing changes."""
    _lines()
    _cascade()
    return 0


def _lines() -> None:
    rows = [
        Item(
            place=Place("bench.csv", number),
            brand=BRANDS[number % len(BRANDS)],
            model=f"M{number}",
            product_class="camera",
        )
        for number in range(LINES)
    ]
    with tempfile.TemporaryDirectory() as folder:
        facts = world.open_world(world.home(Path(folder)))
        for role in ("us_agency", "us_retailer"):
            asked = trace.ask(role, date(2021, 10, 25))
            began = time.perf_counter()
            found = sum(1 for _ in trace.run(rows, facts, asked))
            took = time.perf_counter() - began
            print(f"trace as {role}: {LINES} lines, {found} findings in {took:.1f} s, {found / took:,.0f} findings/s")


def _cascade() -> None:
    dice = random.Random(401)  # noqa: S311 - a made graph, not a secret
    links = [
        Link(
            id=str(number),
            kind="owns",
            src=f"p{dice.randrange(PARTIES)}",
            dst=f"p{dice.randrange(PARTIES)}",
            share=Share(share, share),
            source=Source("bench"),
        )
        for number in range(3 * PARTIES)
        for share in (dice.randrange(100_000, 800_000),)
    ]
    listed = {f"p{number}": Held.YES for number in range(0, PARTIES, 100)}
    began = time.perf_counter()
    holdings = own.on(links, date(2026, 1, 1))
    reached = own.reach(holdings, HALF, listed)
    ours = time.perf_counter() - began
    began = time.perf_counter()
    plain = _plain(links, set(listed))
    theirs = time.perf_counter() - began
    must = {party for party, one in reached.items() if one.reach == "must"}
    print(f"cascade over {len(links)} links with proofs and near misses: {ours * 1000:.0f} ms, {len(must)} reached;")
    print(f"  plain rounds over all links, verdict only: {theirs * 1000:.0f} ms, {len(plain)} reached;")
    print(f"  ratio {ours / theirs:.1f}")


def _plain(links: list[Link], blocked: set[str]) -> set[str]:
    """Rounds over every link until nothing is added; rival figures of one stake count once, the lowest."""
    stakes: dict[tuple[str, str], int] = {}
    for link in links:
        if link.share is not None and link.src != link.dst:
            key = (link.src, link.dst)
            stakes[key] = min(stakes.get(key, link.share.low), link.share.low)
    while True:
        sums: dict[str, int] = {}
        for (owner, asset), share in stakes.items():
            if owner in blocked:
                sums[asset] = sums.get(asset, 0) + share
        more = {asset for asset, held in sums.items() if held >= 500_000}
        if more <= blocked:
            return blocked
        blocked = blocked | more


if __name__ == "__main__":
    raise SystemExit(main())
