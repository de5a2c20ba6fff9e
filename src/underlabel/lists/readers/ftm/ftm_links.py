"""Ties out of entities: who holds whom, with what share, and who holds office."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import product
from typing import Final

import msgspec
from msgspec import UNSET

from underlabel.lists.gather import Gather
from underlabel.lists.readers.ftm import ftm_schemata, ftm_values
from underlabel.lists.readers.ftm.ftm_entities import Entity, Said
from underlabel.lists.readers.ftm.ftm_parties import key, source
from underlabel.lists.readers.ftm.ftm_refused import Refused
from underlabel.model import Day, InputError, Link, LinkKind, Party, Share, Status

_KINDS: Final[Mapping[str, LinkKind]] = {"Ownership": "owns", "Directorship": "officer", "Control": "controls"}
_VOTES: Final = re.compile(r"\bvot(?:es?|ing)\b", re.IGNORECASE)
_INDIRECT: Final = re.compile(r"\bindirect", re.IGNORECASE)
_BANDS: Final = frozenset({"gb_coh_psc", "ext_gb_coh_psc"})
"""Datasets of the UK register of persons with significant control: its bands may overlap each other."""

_STATUSES: Final[Mapping[str, Status]] = {
    **dict.fromkeys(("announced", "pending", "planned", "proposed"), "announced"),
    **dict.fromkeys(("alleged", "disputed", "suspected"), "alleged"),
    **dict.fromkeys(("ceased", "dissolved", "ended", "expired", "former", "inactive", "terminated"), "ended"),
    "refuted": "refuted",
}


def tied(entity: Entity, parties: Mapping[str, Party], gather: Gather, refused: Refused) -> tuple[Link, ...]:
    """The links an entity says: one for each pair of its ends, and for each rival percentage.

    A percentage is a holding of votes where the entity says so, else of capital. Where several parties
    stand at one end, whether each of them or all together hold the share is not said: it is left out. A tie
    said to be ended that gives the day is completed until then. Errors: `InputError` for a tie without two
    parties of the file, and for one that ends before it begins.
    """
    ends = ftm_schemata.TIES[entity.schema]
    sources, assets = ([parties[one] for one in entity.all(end) if one in parties] for end in ends)
    if not sources or not assets:
        missing = ends[0] if not sources else ends[1]
        raise InputError(
            f"the {missing} of this {entity.schema} is no party of the file",
            hint="of a delta file, put the base it belongs to beside it",
        )
    since, until = _day(entity, "startDate", refused), _day(entity, "endDate", refused)
    if entity.said is not None:
        return (_as_said(entity, entity.said, (sources[0], assets[0]), (since, until), gather),)
    if since and until and until.latest < since.earliest:
        raise InputError(f"the tie ends on {until} before it begins on {since}", hint="ask the file's maker")
    kind, interest = _kind(entity)
    pairs = list(product(sources, assets))
    shares = _shares(entity, refused) if entity.schema == "Ownership" else [None]
    if len(pairs) > 1 and shares != [None]:
        hint = "the ties are kept, without a share"
        refused.detail("a share with several owners or assets is not said of whom", entity.where, hint)
        shares = [None]
    status = _status(entity)
    plain = Link(
        id=key(entity),
        source=source(entity, gather),
        since=since,
        until=until,
        kind=kind,
        src="",
        dst="",
        interest=interest,
        direct=not any(_INDIRECT.search(text) for text in entity.all("ownershipType")),
        attributed=bool(_BANDS.intersection(entity.datasets)),
        status="completed" if status == "ended" and until else status,
        note="; ".join(entity.all("role", "controlType")),
    )
    found = []
    for (src, dst), share in product(pairs, shares):
        words = [f"{src.id}={dst.id}"] if len(pairs) > 1 else [str(share).replace(" ", "")] if len(shares) > 1 else []
        name = "/".join((plain.id, *words))
        found.append(msgspec.structs.replace(plain, id=name, src=src.id, dst=dst.id, share=share))
    return tuple(found)


def _as_said(
    entity: Entity, said: Said, ends: tuple[Party, Party], days: tuple[Day | None, Day | None], gather: Gather
) -> Link:
    """A link as our own writer wrote it."""
    percentage = entity.first("percentage")
    kind = _KINDS.get(entity.schema, "owns") if said.kind is UNSET else said.kind
    return Link(
        id=key(entity),
        source=source(entity, gather),
        since=days[0] if said.since is UNSET else said.since,
        until=days[1] if said.until is UNSET else said.until,
        known_from=said.known_from,
        known_to=said.known_to,
        confidence=said.confidence,
        kind=kind,
        src=ends[0].id,
        dst=ends[1].id,
        share=(ftm_values.share(percentage) if percentage else None) if said.share is UNSET else said.share,
        interest=said.interest,
        direct=said.direct,
        component_of=said.component_of,
        joint_group=said.joint_group,
        attributed=said.attributed,
        status=said.status,
        scope=said.scope,
        evidence=said.evidence,
        note=entity.first("role") if said.note is UNSET else said.note,
    )


def _kind(entity: Entity) -> tuple[LinkKind, str]:
    """What the tie is, and the class of share: of an Ownership votes only where it says so."""
    if any(_VOTES.search(text) for text in entity.all("sharesType", "ownershipType")):
        return "votes", "votes"
    return _KINDS[entity.schema], ""


def _shares(entity: Entity, refused: Refused) -> list[Share | None]:
    """The shares stated, rivals as alternatives; one None where none is."""
    texts = entity.all("percentage") or tuple(text for text in entity.all("sharesValue") if text.strip().endswith("%"))
    found: list[Share | None] = []
    for text in texts:
        try:
            found.append(ftm_values.share(text))
        except InputError as error:
            refused.detail(error.what, entity.where, "the tie is kept, without this share")
    return list(dict.fromkeys(found)) or [None]


def _status(entity: Entity) -> Status:
    found = (_STATUSES.get(text.casefold().strip()) for text in entity.all("status"))
    return next((one for one in found if one), "completed")


def _day(entity: Entity, name: str, refused: Refused) -> Day | None:
    try:
        return ftm_values.day(entity.all(name), "event")
    except InputError as error:
        refused.detail(f"{name} {error.what}", entity.where, "the tie is kept, without this day")
        return None
