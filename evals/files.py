"""Every list file of the real data: which list it is of, and the day of its edition where the file does not say."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final, NamedTuple

VARIABLE: Final = "UNDERLABEL_TEST_DATA"
_JULY: Final = date(2026, 7, 9)
_US: Final = {
    "bis_dpl.json": "us_bis_dpl",
    "bis_entity_list.json.gz": "us_bis_entity_list",
    "bis_meu.json": "us_bis_meu",
    "cbp_wro.json": "us_cbp_wro",
    "dhs_uflpa.json": "us_dhs_uflpa",
    "dow_1260h.json": "us_dod_1260h",
    "dow_1286.json": "us_dod_1286",
    "fcc_covered.json": "us_fcc_covered",
    "ofac_eo14032_annex.json": "us_ofac_nscmic",
    "ofac_nscmic.json": "us_ofac_nscmic",
    "source-uflpa-2026-07-09.html": "us_dhs_uflpa",
    "state_debarred_admin.json": "us_state_debarred",
    "state_debarred_statutory.json": "us_state_debarred",
    "state_nonproliferation.json": "us_state_isn",
}
_OTHERS: Final = (
    ("csl_native_sample_2019-12.csv.gz", "us_csl", date(2019, 12, 31)),
    ("csl_native_sample_2025-06.csv", "us_csl", date(2025, 6, 30)),
    ("us_csl_2026-07-31/screening-list.json.gz", "us_csl", date(2026, 7, 31)),
    ("us_ofac_2019-01/sdn.csv.gz", "us_ofac_sdn", date(2019, 1, 31)),
    ("us_ofac_2019-01/cons_prim.csv.gz", "us_ofac_cons", date(2024, 12, 31)),
    ("us_ofac_2019-01/dpl.txt", "us_bis_dpl", date(2019, 1, 31)),
    ("us_ofac_nonsdn_2025-03-28/ofac_nonsdn_consolidated-2025-03-28.xml.gz", "us_ofac_cons", None),
    ("uk_2026-04/subjects.csv.gz", "gb_sanctions", date(2026, 4, 30)),
    ("ca_sema-2025-05.xml.gz", "ca_sema", date(2025, 5, 31)),
)
_FTM: Final = ("parteispenden.entities.ftm.json", "zala.entities.ftm.json", "t2.entities.delta.json")
NOT_LISTS: Final = ("us_2026-07-09/lists.json",)
"""Files that describe lists and are none themselves."""


class Given(NamedTuple):
    """A main file, the list it is of and its day; files that belong to it are found beside it by its reader."""

    path: Path
    list: str
    day: date | None


def given(folder: Path) -> list[Given]:
    """The main file of every edition in the real data."""
    lists = folder / "lists"
    found = [Given(lists / "us_2026-07-09" / name, list_, _JULY) for name, list_ in _US.items()]
    found += [Given(lists / name, list_, day) for name, list_, day in _OTHERS]
    for part, list_ in (("us_ofac_sdn_history", "us_ofac_sdn"), ("un", "un_sc")):
        found += [Given(path, list_, None) for path in sorted((lists / part).iterdir())]
    found += [Given(folder / "ftm" / name, "ftm", None) for name in _FTM]
    return found


def small(one: Given) -> bool:
    """Whether a file must be accepted: a sample of its list, or an edition that was damaged when it was saved."""
    return any(word in one.path.name for word in ("sample", "annex", "un_consolidated-2025-08-16"))
