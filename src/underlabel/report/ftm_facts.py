"""Parties, listings and links, each as one FollowTheMoney entity."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Final

import msgspec

from underlabel.model import Link, LinkKind, Listing, Party, Share, percent
from underlabel.report import ftm_values
from underlabel.report.ftm_entity import Draft

_NAMES: Final = MappingProxyType({"name": "name", "alias": "alias", "weak": "weakAlias", "previous": "previousName"})
_LEGAL: Final = frozenset({"LegalEntity", "Person", "Organization", "PublicBody", "Company"})
_ASSETS: Final = frozenset({"Company", "Vessel", "Airplane"})
_BODIES: Final = frozenset({"Organization", "PublicBody", "Company"})
_RAISED: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "Ownership": {"LegalEntity": "Company", "Organization": "Company"},
        "Directorship": {"LegalEntity": "Organization"},
    }
)
"""What a party must be written as so that a tie may name it: only a Company can be owned, only a body has officers."""

_TIES: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "Ownership": ("owner", "asset"),
        "Directorship": ("director", "organization"),
        "Control": ("controller", "controlled"),
        "UnknownLink": ("subject", "object"),
    }
)
_SCHEMATA: Final[Mapping[LinkKind, str]] = MappingProxyType(
    {"owns": "Ownership", "votes": "Ownership", "officer": "Directorship", "controls": "Control"}
)
_KINDS: Final[Mapping[str, LinkKind]] = MappingProxyType(
    {"Ownership": "owns", "Directorship": "officer", "Control": "controls"}
)


def tie(kind: LinkKind, src: str, dst: str) -> str:
    """The schema for a link between parties of two schemata: an UnknownLink where no other may name them."""
    schema = _SCHEMATA.get(kind, "UnknownLink")
    if src not in _LEGAL:
        return "UnknownLink"
    raised = _RAISED.get(schema, {}).get(dst, dst)
    named = {"Ownership": _ASSETS, "Directorship": _BODIES, "Control": _LEGAL}.get(schema, frozenset())
    return schema if raised in named else "UnknownLink"


def raised(schema: str, ties: Collection[str]) -> str:
    """The schema a party is written as, for the ties that name it as what is held."""
    for one in ("Ownership", "Directorship"):
        if one in ties:
            schema = _RAISED[one].get(schema, schema)
    return schema


def party(fact: Party, schema: str) -> Draft:
    """A party, written as `schema`."""
    draft = Draft(fact, schema, fact.source.dataset)
    draft.caption = fact.caption
    if schema != fact.schema:
        draft.beside["schema"] = fact.schema
    _names(fact, draft)
    _countries(fact, draft)
    others = []
    for one in fact.identifiers:
        number = None if fact.schema == "Person" else ftm_values.number(one, schema)
        if number is None:
            others.append(one)
        else:
            draft.add(*number)
    if others:
        draft.beside["identifiers"] = others
    _addresses(fact, draft)
    for name in ("since", "until"):
        if getattr(fact, name) is not None:
            draft.beside[name] = getattr(fact, name)
    return draft


def listing(fact: Listing, subject: Party) -> Draft:
    """A listing, as a Sanction."""
    draft = Draft(fact, "Sanction", fact.list)
    draft.caption = fact.programme or "Sanction"
    draft.add("entity", ftm_values.key(fact.subject))
    draft.on("startDate", fact.effective, "effective", "effective")
    draft.on("listingDate", fact.published, "published", "published")
    draft.on("date", fact.announced, "announced", "announced")
    draft.on("endDate", fact.until, "effective", "until")
    if fact.since != (fact.effective or fact.published):
        draft.beside["since"] = fact.since
    draft.say("program", fact.programme, "programme", clean=ftm_values.fits(fact.programme))
    draft.say("provisions", fact.requirement, "requirement", clean=ftm_values.fits(fact.requirement))
    told = subject.schema != "Person" and ftm_values.fits(fact.policy, ftm_values.TEXT)
    draft.say("reason", fact.policy, "policy", clean=told)
    cited = ftm_values.fits(fact.citation, ftm_values.SHORT)
    draft.say("authorityId", fact.citation, "citation", clean=cited)
    if fact.scope:
        draft.beside["classes"] = fact.scope
    if fact.reach:
        draft.beside["reach"] = fact.reach
    return draft


def link(fact: Link, schema: str) -> Draft:
    """A link, as a tie of this schema."""
    draft = Draft(fact, schema, fact.source.dataset)
    for name, end in zip(_TIES[schema], (fact.src, fact.dst), strict=True):
        draft.add(name, ftm_values.key(end))
    draft.on("startDate", fact.since, "event", "since")
    draft.on("endDate", fact.until, "event", "until")
    if fact.kind != _KINDS.get(schema):
        draft.beside["kind"] = fact.kind
    _share(fact, draft)
    if schema == "UnknownLink":
        draft.add("role", fact.kind.replace("_", " "))
        draft.beside["note"] = fact.note
    else:
        draft.say("role", fact.note, "note", clean=ftm_values.fits(fact.note))
    if fact.status != "completed":
        draft.add("status", fact.status)
    for name in ("interest", "direct", "component_of", "joint_group", "attributed", "status", "scope", "evidence"):
        value = getattr(fact, name)
        if value != _DEFAULTS[name]:
            draft.beside[name] = value
    return draft


_DEFAULTS: Final = {
    field.name: field.default for field in msgspec.structs.fields(Link) if field.default is not msgspec.NODEFAULT
}


def _names(fact: Party, draft: Draft) -> None:
    for name in fact.names:
        if ftm_values.name_fits(name.text):
            draft.add(_NAMES[name.kind], name.text)
    texts = [name.text for name in fact.names]
    clean = [name for name in fact.names if not name.language and ftm_values.name_fits(name.text)]
    if len(clean) != len(fact.names) or len(set(texts)) != len(texts) or "name" not in draft.properties:
        draft.beside["names"] = fact.names
    if "name" not in draft.properties:
        draft.add("name", next((text for text in texts if ftm_values.name_fits(text)), draft.id))


def _countries(fact: Party, draft: Draft) -> None:
    known = [code for code in fact.countries if ftm_values.country_fits(code)]
    if known != list(fact.countries) or len(set(known)) != len(known):
        draft.beside["countries"] = fact.countries
    first = "flag" if fact.schema == "Vessel" else "mainCountry" if draft.schema in _LEGAL - {"Person"} else "country"
    for code in known[:1]:
        draft.add(first, code)
    for code in known[1:]:
        draft.add("country", code)


def _addresses(fact: Party, draft: Draft) -> None:
    """The addresses; of a person none is written."""
    if fact.schema == "Person":
        return
    known = [text for text in fact.addresses if ftm_values.address_fits(text)]
    if known != list(fact.addresses) or len(set(known)) != len(known):
        draft.beside["addresses"] = fact.addresses
    for text in known:
        draft.add("full" if fact.schema == "Address" else "address", text)
    if fact.schema == "Address" and not known and ftm_values.address_fits(fact.caption):
        draft.add("full", fact.caption)
        draft.beside["addresses"] = fact.addresses


def _share(fact: Link, draft: Draft) -> None:
    """The share, of what, and whether it repeats a chain: an Ownership says so."""
    if draft.schema != "Ownership":
        draft.beside |= {"share": fact.share} if fact.share is not None else {}
        return
    if fact.share is not None:
        draft.add("percentage", _percentage(fact.share))
    if fact.kind == "votes":
        draft.add("sharesType", "votes")
    if not fact.direct:
        draft.add("ownershipType", "indirect")


def _percentage(share: Share) -> str:
    return percent(share.low) if share.low == share.high else f"{percent(share.low)}-{percent(share.high)}"
