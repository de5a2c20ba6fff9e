"""Makes links for tests, in a line."""

from __future__ import annotations

from datetime import date

from underlabel.model import Confidence, Link, LinkKind, Share, Source, Status, parse_day, units

DAY = date(2026, 11, 23)


def owns(
    owner: str,
    asset: str,
    percent: str | tuple[str, str] | None,
    *,
    since: str = "",
    until: str = "",
    **more: object,
) -> Link:
    """Make a holding; `percent` is one figure, a pair of ends, or None where it is unknown."""
    ends = (percent, percent) if isinstance(percent, str) else percent
    return link(
        "owns",
        owner,
        asset,
        share=Share(units(ends[0]), units(ends[1])) if ends else None,
        since=parse_day(since),
        until=parse_day(until),
        **more,
    )


def link(kind: LinkKind, src: str, dst: str, **more: object) -> Link:
    """Make any link; its id says what it is."""
    more.setdefault("id", f"{kind}:{src}>{dst}:{more.get('share')}:{more.get('source_name', '')}")
    name = str(more.pop("source_name", "test"))
    return Link(kind=kind, src=src, dst=dst, source=Source(name), **more)  # type: ignore[arg-type]


STATUS: tuple[Status, ...] = ("completed", "announced", "alleged", "ended", "refuted")
SURENESS: tuple[Confidence, ...] = ("high", "medium", "low")
