"""The words of FollowTheMoney: its schemata, what each is a kind of, and what becomes of it here."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal

PARENTS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "Address": ("Thing",),
        "Airplane": ("Vehicle",),
        "Analyzable": (),
        "Article": ("Document",),
        "Asset": ("Thing", "Value"),
        "Associate": ("Interval",),
        "Audio": ("Document",),
        "BankAccount": ("Asset",),
        "Call": ("Interval",),
        "CallForTenders": ("Interval", "Thing"),
        "Company": ("Asset", "Organization"),
        "Contract": ("Asset",),
        "ContractAward": ("Interest", "Value"),
        "Control": ("Interest",),
        "CourtCase": ("Thing",),
        "CourtCaseParty": ("Interest",),
        "CryptoWallet": ("Thing", "Value"),
        "Debt": ("Interval", "Value"),
        "Directorship": ("Interest",),
        "Document": ("Analyzable", "Thing"),
        "Documentation": ("Interest",),
        "EconomicActivity": ("Interval",),
        "Email": ("Folder", "HyperText", "PlainText"),
        "Employment": ("Interest",),
        "Event": ("Analyzable", "Interval", "Thing"),
        "Family": ("Interval",),
        "Folder": ("Document",),
        "HyperText": ("Document",),
        "Identification": ("Interval",),
        "Image": ("Document",),
        "Interest": ("Interval",),
        "Interval": (),
        "LegalEntity": ("Thing",),
        "License": ("Contract",),
        "Membership": ("Interest",),
        "Mention": (),
        "Message": ("Folder", "HyperText", "Interval", "PlainText"),
        "Note": ("Analyzable", "Thing"),
        "Occupancy": ("Interval",),
        "Organization": ("LegalEntity",),
        "Ownership": ("Interest",),
        "Package": ("Folder",),
        "Page": (),
        "Pages": ("Document",),
        "Passport": ("Identification",),
        "Payment": ("Interval", "Value"),
        "Person": ("LegalEntity",),
        "PlainText": ("Document",),
        "Position": ("Thing",),
        "Project": ("Interval", "Thing", "Value"),
        "ProjectParticipant": ("Interest",),
        "PublicBody": ("Organization",),
        "RealEstate": ("Asset",),
        "Representation": ("Interest",),
        "Risk": ("Interval",),
        "Sanction": ("Interval",),
        "Security": ("Asset",),
        "Similar": (),
        "Succession": ("Interest",),
        "Table": ("Document",),
        "TaxRoll": ("Interval",),
        "Territory": ("Thing",),
        "Thing": (),
        "Trip": ("Event",),
        "UnknownLink": ("Interest",),
        "UserAccount": ("Thing",),
        "Value": (),
        "Vehicle": ("Asset",),
        "Vessel": ("Vehicle",),
        "Video": ("Document",),
        "Workbook": ("Folder",),
    }
)
"""Every schema and the schemata it extends; a test compares it with the library."""

PARTIES: Final = frozenset(
    {"Company", "Organization", "PublicBody", "Person", "LegalEntity", "Vessel", "Airplane", "Address"}
)
TIES: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "Ownership": ("owner", "asset"),
        "Directorship": ("director", "organization"),
        "Control": ("controller", "controlled"),
        "UnknownLink": ("subject", "object"),
    }
)
"""The ties that are read, and the properties of their two ends. An UnknownLink says a tie only where we wrote it."""

REVERSED: Final[Mapping[str, str]] = MappingProxyType(
    {
        "sanctions": "entity",
        "ownershipOwner": "owner",
        "ownershipAsset": "asset",
        "directorshipDirector": "director",
        "directorshipOrganization": "organization",
        "controlledEntities": "controller",
        "controllingEntities": "controlled",
        "unknownLinkTo": "subject",
        "unknownLinkFrom": "object",
    }
)
"""What a party calls the listings and ties that name it, where they stand nested in it, and how they name it."""

NAMES: Final[Mapping[str, Literal["name", "alias", "weak", "previous"]]] = MappingProxyType(
    {"name": "name", "alias": "alias", "weakAlias": "weak", "abbreviation": "weak", "previousName": "previous"}
)
SEATS: Final = ("jurisdiction", "mainCountry", "flag", "nationality", "citizenship", "country")
"""Where a party's countries stand, that of its seat first."""

NUMBERS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "leiCode": "lei",
        "uscCode": "uscc",
        "isin": "isin",
        "isinCode": "isin",
        "swiftBic": "bic",
        "registrationNumber": "registration",
        "ogrnCode": "registration:ru",
        "taxNumber": "tax",
        "innCode": "tax:ru",
        "vatCode": "vat",
        "dunsCode": "duns",
        "cikCode": "cik",
        "permId": "permid",
        "uniqueEntityId": "uei",
        "cageCode": "cage",
        "wikidataId": "wikidata",
        "imoNumber": "imo",
        "mmsi": "mmsi",
        "callSign": "call-sign",
        "serialNumber": "msn",
    }
)
"""The numbers of bodies, vessels and aircraft that are read, and our schemes for them. Those of persons are not."""

PLACE: Final = ("postOfficeBox", "street", "street2", "city", "postalCode", "region", "state")
"""The parts of an address that has no full text."""

READ: Final = frozenset(
    {
        *(*NAMES, *SEATS, *NUMBERS, *PLACE, "full", "address", "addressEntity", "topics", "sourceUrl", "publisher"),
        *("entity", "authority", "authorityId", "unscId", "program", "programId", "provisions", "status", "reason"),
        *("startDate", "endDate", "listingDate", "date", "role", "controlType"),
        *("percentage", "sharesValue", "sharesType", "ownershipType"),
        *(end for ends in TIES.values() for end in ends),
    }
)
"""Every property that is read; all others are left aside."""

_REASONS: Final = (
    ("Family", "ties between persons are not kept"),
    ("Associate", "ties between persons are not kept"),
    ("Identification", "identity papers are not kept"),
    ("Interest", "a tie that is not ownership, control or office is not kept"),
    ("Asset", "a thing that is owned is no party"),
)


def party(schema: str) -> str:
    """The schema of a party, as we have it: its own or the nearest it is a kind of; empty where it is no party."""
    row = [schema]
    while row:
        found = next((one for one in row if one in PARTIES), "")
        if found:
            return found
        row = [parent for one in row for parent in PARENTS.get(one, ())]
    return ""


def is_a(schema: str, ancestor: str) -> bool:
    """Whether a schema is another, or a kind of it."""
    return schema == ancestor or any(is_a(parent, ancestor) for parent in PARENTS.get(schema, ()))


def kept(schema: str, *, ours: bool) -> bool:
    """Whether entities of a schema become facts; an UnknownLink does where it is `ours`."""
    return bool(party(schema)) or schema == "Sanction" or (schema in TIES and (ours or schema != "UnknownLink"))


def unkept(schema: str) -> str:
    """Why entities of a schema become no fact."""
    if schema not in PARENTS:
        return "is no schema of FollowTheMoney"
    return next((reason for one, reason in _REASONS if is_a(schema, one)), "is no party, listing or tie")
