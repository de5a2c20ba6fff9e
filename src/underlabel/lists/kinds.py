"""What kind of body a listed name is: by plain words in it, never a person by guess."""

from __future__ import annotations

import re
from typing import Final

_FORMS: Final = (
    r"co|company|corp|corporation|inc|incorporated|llc|l\.l\.c|ltd|limited|plc|llp|lp|gmbh|ag|kg|s\.?a|s\.?a\.?s|s\.?r\.?l"
    r"|s\.a\. de c\.v|s\.p\.a|spa|b\.?v|n\.?v|a\.?s|a\.?b|o\.?y|k\.k|pte|pty|pvt|sdn|bhd|fze|fzc|fzco|fz llc|fz-llc"
    r"|d\.?o\.?o|a\.d|ooo|oao|zao|pao|ao|jsc|pjsc|ojsc|cjsc|pjs|nv|sti|s\.l\.u|s\.l|e\.?k|kft|oü|sia|uab|eood|ood|spol"
)
_ENDS_AS_COMPANY: Final = re.compile(rf"(?:^|[\s,.(])(?:{_FORMS})\.?(?:\s*\([^()]*\))?\.?$", re.IGNORECASE)
_BEGINS_AS_COMPANY: Final = re.compile(
    r"^(?:ooo|oao|zao|pao|ao|jsc|pjsc|ojsc|cjsc|llc|pt|(?:open |closed |public |private )*joint[ -]stock company)\b",
    re.IGNORECASE,
)
_PUBLIC: Final = re.compile(
    r"public security|\bpolice\b|\bministry\b|\bgovernment\b|\barmed forces\b|\bair force\b|\bnavy\b|\barmy\b"
    r"|\bprison\b|\bpenitentiary\b|\bprocuratorate\b|\bcustoms\b|\bcoast guard\b|\bintelligence (?:service|agency)\b"
    r"|\brevolutionary guards?\b|\bfederal security service\b|\bmunicipality of\b|^department of\b",
    re.IGNORECASE,
)
_BODY: Final = re.compile(
    r"\buniversity\b|\bcollege\b|\bacademy\b|\binstitute\b|\binstitution\b|\bschool\b|\blaborator(?:y|ies)\b"
    r"|\bresearch (?:center|centre)\b|\bfoundation\b|\bassociation\b|\bcommittee\b|\borganization\b|\borganisation\b",
    re.IGNORECASE,
)


_TRADE: Final = re.compile(
    r"\b(?:air(?:lines?|ways|craft)?|aero\w*|aviation|cargo|commercial|compan(?:y|ies)|components?|computers?|consult\w*"
    r"|electron\w+|engineering|enterprises?|equipment|export\w*|fze|fzco|global|group|holdings?|import\w*"
    r"|industr\w+|international|limited|logistics|machin\w+|manufactur\w+|marine|military|networks?|oil|petro\w*"
    r"|products?|semiconductors?|services?|shipping|solutions|suppl(?:y|ies)|systems?|technolog\w+|telecom\w*"
    r"|trad(?:e|ing)|transport\w*|ventures?|works|worldwide)\b",
    re.IGNORECASE,
)


def plainly_body(name: str) -> bool:
    """Whether a name is plainly no person's: by its schema, or a word of trade in it ("ACME AVIATION")."""
    return schema(name) != "LegalEntity" or _TRADE.search(name) is not None


def schema(name: str) -> str:
    """The FollowTheMoney schema of a listed name.

    Company where it ends or begins with a legal form; PublicBody for police, ministries, forces;
    Organization for universities, institutes and the like; else LegalEntity. Never Person: a list
    that means a person says so, and its reader sets it.
    """
    name = name.strip().rstrip(";,")
    if ends_as_company(name) or _BEGINS_AS_COMPANY.search(name):
        return "Company"
    if _PUBLIC.search(name):
        return "PublicBody"
    if _BODY.search(name):
        return "Organization"
    return "LegalEntity"


def ends_as_company(name: str) -> bool:
    """Whether a name ends with a legal form ("… Co., Ltd.", "… GmbH (ABC)")."""
    return _ENDS_AS_COMPANY.search(name.strip()) is not None
