"""Plain words for what findings hold: verdicts, levels, days, and what each step of a path says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from underlabel.model import Claim, Finding, Level, Reached, RuleStatus, Step, Verdict

VERDICT: Final[dict[Verdict, str]] = {
    "restricted": "Restricted",
    "review": "Review",
    "linked": "Linked",
    "not_checked": "Not checked",
    "clear": "Clear",
}
MEANING: Final[dict[Verdict, str]] = {
    "restricted": "A rule in force that day forbids something this role does, or asks for a licence or a report.",
    "review": "A tie to a listed party is possible, but a fact or a rule is not firm enough. A person should decide.",
    "linked": "A listed party stands behind the item, but no rule recorded here binds this role.",
    "not_checked": "The question could not be asked: a name, or a list, is missing. This is not a “clear”.",
    "clear": "The party the rule looks at is known and nothing held here reaches it, or the rule was not in force yet.",
}
LEVEL: Final[dict[Level, str]] = {
    "prohibited": "Prohibited",
    "licence": "Licence needed",
    "report": "Report due",
    "detention": "Goods may be detained",
    "caution": "Caution",
    "reputational": "No duty; reputation",
    "none": "Nothing follows",
    "not_stated": "None recorded; ask counsel",
}
REACH: Final[dict[Reached, str]] = {
    "must": "reached on the lowest reading of every fact",
    "may": "may be reached, on some readings of the facts",
    "no": "not reached",
    "unknown": "not known: no ownership record is held",
}
STATUS: Final[dict[RuleStatus, str]] = {
    "not_yet": "not yet in force",
    "in_force": "in force",
    "suspended": "suspended",
    "unverified": "not verified for that day",
    "ended": "ended",
}
REGIME: Final = {
    "bis": "BIS Entity List",
    "bis_dpl": "BIS Denied Persons List",
    "bis_meu": "BIS Military End User List",
    "bis_uvl": "BIS Unverified List",
    "ofac": "OFAC SDN List",
    "nscmic": "NS-CMIC List",
    "s889": "NDAA section 889",
    "fcc": "FCC Covered List",
    "dod1260h": "NDAA section 1260H",
    "dod1286": "NDAA section 1286",
    "uflpa": "UFLPA Entity List",
    "cbp_wro": "CBP withhold-release orders",
    "itar": "ITAR debarments",
    "isn": "Nonproliferation determinations",
    "uk": "UK Sanctions List",
    "ukwms": "UK surveillance equipment statement",
    "eu": "EU financial sanctions",
    "eu_833": "EU Regulation 833/2014",
    "un": "UN Security Council list",
    "ca": "Canada SEMA list",
}
ROLE: Final = {
    "exporter": "an exporter",
    "us_agency": "a US agency",
    "us_dod": "the US Department of Defense",
    "us_contractor": "a US federal contractor",
    "us_grantee": "a US grant-funded body",
    "us_usf_recipient": "a US Universal Service Fund recipient",
    "us_importer": "a US importer",
    "us_retailer": "a US retailer",
    "us_investor": "a US investor",
    "uk_department": "a UK department",
    "uk_council": "a UK council",
    "eu_operator": "an EU operator",
    "ca_department": "a Canadian department",
    "journalist": "a journalist",
}
_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
LIST: Final = {
    "us_bis_entity_list": "BIS Entity List",
    "us_bis_dpl": "BIS Denied Persons List",
    "us_bis_meu": "BIS Military End User List",
    "us_bis_uvl": "BIS Unverified List",
    "us_csl": "US Consolidated Screening List",
    "us_ofac_sdn": "OFAC SDN List",
    "us_ofac_cons": "OFAC Consolidated List",
    "us_ofac_nscmic": "OFAC NS-CMIC List",
    "us_fcc_covered": "FCC Covered List",
    "us_ndaa_889": "NDAA section 889",
    "us_dod_1260h": "NDAA section 1260H list",
    "us_dod_1286": "NDAA section 1286 list",
    "us_dhs_uflpa": "UFLPA Entity List",
    "us_cbp_wro": "CBP withhold-release orders",
    "us_state_debarred": "ITAR debarments",
    "us_state_isn": "Nonproliferation determinations",
    "un_sc": "UN Security Council list",
    "gb_sanctions": "UK Sanctions List",
    "eu_fsf": "EU financial sanctions list",
    "ca_sema": "Canada SEMA list",
    "ftm": "FollowTheMoney file",
}
_VERB: Final = re.compile(
    r"(?:is|was|are|were|has|had|holds?|held|owns?|owned|makes?|made|sells?|sold|supplies|supplied|appoints?|may|can"
    r"|said|bears?|answers?|passes|names?|stands?|stood|belongs?|share unknown|\d[\d.,–-]*\s?%)(?!\w)",  # noqa: RUF001  en dash meant
    re.IGNORECASE,
)
_ASIDE: Final = re.compile(r"(?P<words>.*\S)\s*(?P<aside>\([^()]*\))")
_PERCENT: Final = re.compile(r"\d+(?:\.\d+)?(?:\s?[-–]\s?\d+(?:\.\d+)?)?\s?%")  # noqa: RUF001  en dash meant
_TIE: Final = re.compile(
    r"(?:(?:an?|the|wholly|fully|majority|partly|jointly|owned|held|former|direct|indirect|\d[\d.,]*\s?%)[\s-]+)*"
    r"(?:subsidiary|parent|owner|brand|affiliate|auxiliary|unit|arm|division|maker|supplier|shareholder|successor)\b",
    re.IGNORECASE,
)
_HELD: Final = re.compile(r"\b(?:by|subsidiary of|company of)$")


class Told(NamedTuple):
    """An edge as a sentence in parts; `subject` and `object` are empty where the words stand alone."""

    subject: str
    words: str
    object: str
    aside: str = ""

    def __str__(self) -> str:
        """The sentence without a full stop; words without a verb ("100 % held by") follow the name as a clause."""
        clause = self.subject and not self.words[:1].isalpha()
        return " ".join(part for part in (f"{self.subject}," if clause else self.subject, *self[1:]) if part)

    @property
    def bare(self) -> str:
        """The words without the names, for a place where the names stand above and below."""
        return f"{self.words} {self.aside}".strip()


def told(before: Step | None, step: Step) -> Told:
    """What an edge says: the step before, the edge's words and the step read on as one sentence.

    "Lorex" + "is a brand of" + "Lorex Technology Inc."; "X" + "100 % held by" + "Y". A remark in brackets at the
    end of the words comes after the name. Words that are no verb stand alone.
    """
    words, aside = " ".join(step.edge.split()), ""
    if found := _ASIDE.fullmatch(words):
        words, aside = found["words"], found["aside"]
    if before is None or not _VERB.match(words):
        return Told("", words, "", aside)
    return Told(_short(before), words, _short(step), aside)


def said(claim: Claim) -> str:
    """What a document says, in a few words; a relation without a verb stands behind a colon.

    "Dahua acquired Lorex", "Lorex: subsidiary of Dahua". Empty where the outlet itself is all that speaks.
    """
    if claim.subject == claim.outlet and not claim.object:
        return ""
    colon = ":" if _TIE.match(claim.relation) else ""
    return " ".join(part for part in (f"{claim.subject}{colon}", claim.relation, claim.object) if part)


def name(step: Step) -> str:
    """The text of a step; a list's id as the name people know it by."""
    return LIST.get(step.text, step.text) if step.kind == "listing" else step.text


def held(step: Step) -> bool:
    """Whether the step holds the one before it ("100 % held by", "is a subsidiary of")."""
    return step.kind == "party" and bool(_HELD.search(told(None, step).words))


def share(step: Step) -> str:
    """The percentage an edge names ("100 %"), or nothing."""
    found = _PERCENT.search(step.edge)
    return found[0] if found else ""


def when(step: Step) -> str:
    """The stretch of time a step holds: "since 2018-02-06, until 2023"; empty where no day is stated."""
    parts = [f"{word} {_day(text)}" for word, text in (("since", step.since), ("until", step.until)) if text]
    return ", ".join(parts)


def status(step: Step) -> str:
    """The status of a step's fact where it is not simply so: announced, alleged, ended, refuted."""
    return "" if step.status in {"", "completed"} else step.status


def according(before: Step | None, step: Step) -> str:
    """One step of a path as a sentence on the word of its source; empty for a step that says nothing."""
    said = str(told(before, step))
    if not said:
        return ""
    if step.source:
        said = f"According to {step.source}: {said}"
    else:
        said = f"By the line itself: {said}" if before and before.kind == "item" else f"{said} (source not stated)"
    extra = [text for text in (when(step), status(step), f"{step.confidence} confidence") if text]
    return f"{said}; {'; '.join(extra)}."


def spoken(day: date) -> str:
    """A day as people write it: "25 October 2021"."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def number(amount: int, one: str, many: str = "") -> str:
    """A count with its noun: "1 line", "1,314 lines"."""
    return f"{amount:,} {one if amount == 1 else many or one + 's'}"


def link(url: str) -> str:
    """The address if it is an http(s) one with a host, else nothing: no other scheme is ever linked."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    return url.strip() if parts.scheme in {"http", "https"} and parts.hostname else ""


def subject(finding: Finding) -> str:
    """The party a finding speaks of, by the name its paths give it, else as the finding states it."""
    for path in finding.paths:
        for step in path.steps:
            if step.id == finding.subject and step.text:
                return step.text
    return finding.subject


def item_text(finding: Finding) -> str:
    """An item in a few words: its own text, else brand and model, else its place."""
    item = finding.item
    named = " ".join(part for part in (item.brand, item.model) if part)
    return item.text or named or f"line {item.place.row}"


def steps(finding: Finding) -> Sequence[tuple[Step | None, Step]]:
    """Every distinct step of a finding's paths with the step before it, best path first."""
    seen: dict[tuple[str, str, str], tuple[Step | None, Step]] = {}
    for path in finding.paths:
        for before, step in zip((None, *path.steps), path.steps, strict=False):
            seen.setdefault((before.id if before else "", step.id, step.edge), (before, step))
    return tuple(seen.values())


def printable(text: str) -> str:
    """Text with what no page may hold made visible as U+FFFD: control signs, halves of pairs, direction overrides."""
    return _UNPRINTABLE.sub("\ufffd", text)


_UNPRINTABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\ud800-\udfff\ufffe\uffff]")


def _short(step: Step, limit: int = 60) -> str:
    text = " ".join(name(step).split())
    return text if len(text) <= limit else f"{text[: limit - 1].rstrip()}…"


def _day(text: str) -> str:
    first, dots, last = text.partition("..")
    return f"a day between {first} and {last}" if dots else text
