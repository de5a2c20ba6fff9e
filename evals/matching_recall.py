"""Whether the right body is among the first 25 candidates, beside rapidfuzz over every name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from evals import matching_slips as slips
from evals.matching_bodies import Body
from evals.matching_figures import Share, share
from evals.matching_listed import GROUPS, Asked, Listed, moved, with_slips
from evals.matching_peers import Brute
from underlabel import names
from underlabel.model import Query

TOP: Final = 25
_SAMPLE: Final = 2_000
_MOVED: Final = 800
_ALIASES: Final = 400
_WHOLE: Final = 50
"""Aliases of each group asked of WRatio too, which is slow."""
_SHOWN: Final = 5


class Recall(NamedTuple):
    """The share of names of one kind and group whose body is among the first 25."""

    kind: str
    group: str
    share: Share


def published(listed: Listed) -> list[Recall]:
    """Print and give recall for published names of held-out bodies, with slips, a word dropped, words swapped."""
    kinds: tuple[tuple[str, Callable[[Sequence[Asked]], list[Asked]]], ...] = (
        ("one slip", lambda asked: with_slips(asked, 1)),
        ("two slips", lambda asked: with_slips(asked, 2)),
        ("word dropped", lambda asked: moved(asked, drop=True)),
        ("words swapped", lambda asked: moved(asked, drop=False)),
    )
    print(f"published names, indexed, asked with a slip: the body among the first {TOP} (no threshold)")
    made = []
    for kind, change in kinds:
        for group in GROUPS:
            asked = change(listed.held_out(group, _SAMPLE if "slip" in kind else _MOVED))
            found = listed.find([Query(one.name) for one in asked], TOP)
            right = [
                listed.right(one, [hit.party for hit in answer.hits]) for one, answer in zip(asked, found, strict=True)
            ]
            made.append(Recall(kind, group, share(right)))
            print(f"  {kind:<14} {group:<13} {made[-1].share}")
            missed = [one for one, seen in zip(asked, right, strict=True) if not seen]
            for one in missed[:_SHOWN] if "slip" in kind else ():
                print(f"      missed: {one.name} (for {one.listed})")
    return made


def left_out(bodies: Sequence[Body]) -> list[Recall]:
    """Print and give recall for aliases that are taken out of the index, ours and rapidfuzz's."""
    asked = {group: _aliases(bodies, group) for group in GROUPS}
    gone = frozenset(
        (one.body.same, names.form(one.name, one.body.schema).plain) for of in asked.values() for one in of
    )
    listed = Listed(bodies, gone)
    parties, texts = [row[0] for row in listed.rows], [row[1] for row in listed.rows]
    made: list[Recall] = []
    print(f"aliases taken out of the index: the body among the first {TOP}, by its other names")
    for group, of in asked.items():
        ours = listed.find([Query(one.name) for one in of], TOP)
        answers = {"ours": [[hit.party for hit in found.hits] for found in ours]}
        asked_for = [one.name for one in of]
        answers["token_sort"] = [list(found) for found in Brute(parties, texts).top(asked_for, TOP)]
        answers["WRatio"] = [list(found) for found in Brute(parties, texts, whole=True).top(asked_for[:_WHOLE], TOP)]
        for kind, found in answers.items():
            right = [listed.right(one, hits) for one, hits in zip(of, found, strict=False)]
            made.append(Recall(kind, group, share(right)))
            again = f"; the first {_WHOLE}: {share(right[:_WHOLE]).value:.4f}" if len(right) > _WHOLE else ""
            print(f"  {kind:<14} {group:<13} {made[-1].share}{again}")
    return made


def _aliases(bodies: Sequence[Body], group: str) -> list[Asked]:
    """One alias each of held-out bodies that have another name in another form."""
    fit = []
    for body in Listed.of(bodies):
        forms = {names.form(name, body.schema).plain for name in body.names}
        if body.split == "held-out" and body.group == group and len(forms) > 1:
            name = slips.chance("left out", body.id).choice(body.names[1:])
            fit.append(Asked(name, body, name))
    return slips.chance("left out", group).sample(fit, min(_ALIASES, len(fit)))
