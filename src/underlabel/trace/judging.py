"""One subject under one regime: the verdict its reach leads to, and why."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from underlabel import law
from underlabel.model import BINDING, Consequence, Path, Reach, Reached, Verdict, Why, within
from underlabel.trace.case import Case, entries, nothing
from underlabel.trace.paths import paths
from underlabel.trace.subjects import Subject
from underlabel.trace.unreached import unreached
from underlabel.world import World


class Judgement(msgspec.Struct, frozen=True, kw_only=True):
    """What one subject leads to: verdict, reason, reach, paths and what follows."""

    subject: Subject
    verdict: Verdict
    reason: Why
    reach: Reached
    consequence: Consequence
    paths: tuple[Path, ...] = ()
    found: Reach | None = None


def judge(case: Case, subject: Subject) -> Judgement:
    """The verdict for one subject; a reach is judged first, what was not looked at last."""
    found = case.under.best(subject.party) if subject.party else None
    reached = found is not None and found.reach in {"must", "may"}
    drawn = paths(case.item, subject, found, case.under)
    verdict, reason, follows = _on_reach(case, subject, found, drawn) if found and reached else unreached(case, subject)
    if reason.code in {"red_flag", "stands_behind"}:
        touched = case.under.flagged if reason.code == "red_flag" else case.under.tied
        drawn = paths(case.item, subject, touched[subject.party], case.under)
    return Judgement(
        subject=subject,
        verdict=verdict,
        reason=reason,
        reach=found.reach if found else "unknown",
        consequence=follows,
        paths=drawn,
        found=found,
    )


def _on_reach(case: Case, subject: Subject, found: Reach, drawn: tuple[Path, ...]) -> tuple[Verdict, Why, Consequence]:
    who = _who(subject, found, case.world)
    limited = _outside(case, found)
    if limited is not None:
        text = f"{who}, but its entry is limited to {', '.join(limited)} equipment"
        return "linked", Why("outside_scope", text), nothing(case, f"The entry is limited to {', '.join(limited)}.")
    doubts = tuple(dict.fromkeys(_doubts(case, subject, found, drawn[0])))
    if doubts:
        said = "; ".join(doubt.text for doubt in doubts)
        return "review", Why(doubts[0].code, f"{who}{_because(found)}; {said}"), case.consequence
    if case.consequence.level in BINDING:
        return "restricted", Why(f"reached_{found.via}", f"{who}{_because(found)}"), case.consequence
    return "linked", Why("not_binding", f"{who}; no rule binds this role here"), case.consequence


def _doubts(case: Case, subject: Subject, found: Reach, best: Path) -> Iterator[Why]:
    """Why a reach is a matter for review: an uncertain tie, link, day or rule, or something not known of the item."""
    ruling = case.under.ruling
    yield from subject.doubts
    if found.reach == "may":
        partly = [one.list for start in found.starts for one in entries(case, start) if one.list in ruling.test.partly]
        says = f"only some entries of {partly[0]} start this rule" if partly else "it is so on one reading only"
        yield Why("reach_may", says)
    if found.via == "named" and not any(
        one.list in law.show(ruling.regime).lists for one in entries(case, found.party)
    ):
        stands = ", ".join(sorted({one.list for one in entries(case, found.party)}))
        yield Why("other_list", f"it stands on {stands}, whose own rule is another one: ask that too")
    yield from _weak_links(case, found, best)
    if ruling.status == "unverified" and found.via != "named":
        yield Why("rule_unverified", f"whether the rule is in force on this day is not verified: {ruling.note}")
    if case.consequence.level in BINDING and case.consequence.depends:
        yield Why("depends", case.consequence.depends)


def _outside(case: Case, found: Reach) -> tuple[str, ...] | None:
    """The scope of the entries that reach, where the item's class lies outside all of them."""
    scopes = [one.scope for start in found.starts for one in entries(case, start)]
    if scopes and all(within(case.item.product_class, scope) is False for scope in scopes):
        return tuple(dict.fromkeys(word for scope in scopes for word in scope))
    return None


def _caption(case: Case, party: str) -> str:
    record = case.world.parties.get(party)
    return record.caption if record else party


def _weak_links(case: Case, found: Reach, best: Path) -> Iterator[Why]:
    """Listings and links of the proof that are not of high confidence."""
    listing = best.steps[-1]
    if listing.kind == "listing" and listing.confidence != "high":
        yield Why("weak_listing", f"the entry on {listing.text} is a fact of {listing.confidence} confidence")
    for name in found.proof:
        link = case.world.link_by_id.get(name)
        if link is not None and link.confidence != "high":
            yield Why("weak_link", f"a tie of {_caption(case, link.dst)} is a fact of {link.confidence} confidence")


def _who(subject: Subject, found: Reach, world: World) -> str:
    starts = " and ".join(world.parties[start].caption for start in found.starts if start in world.parties)
    if found.via == "named":
        return f"{subject.name} is named on the list"
    how = {"ownership": "through ownership", "control": "as a recorded subsidiary", "affiliate": "as an affiliate"}
    return f"{subject.name} is reached {how.get(found.via, '')} from {starts}"


def _because(found: Reach) -> str:
    if found.choices:
        return f" ({'; '.join(found.choices)})"
    if found.via == "ownership":
        low, high = found.sum_low / 10_000, found.sum_high / 10_000
        return f" ({low:g} % held)" if low == high else f" ({low:g} to {high:g} % held)"
    return ""
