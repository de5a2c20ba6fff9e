"""What the real lists are known to show, reproduced by the tool's own commands from an empty home.

Each command is printed with what it says. Ends with 1 where a figure is not the known one.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, Final

from evals.files import VARIABLE

_CLOCKS: Final = {
    "hikvision": {
        ("us_bis_entity_list", "2019-10-09"),
        ("us_fcc_covered", "2021-03-12"),
        ("us_dod_1260h", "2021-06-03"),
        ("us_ofac_nscmic", "2021-06-03"),
        ("us_ofac_nscmic", "2021-08-02"),
        ("us_ndaa_889", "2018-08-13"),
    },
    "dahua": {
        ("us_bis_entity_list", "2019-10-09"),
        ("us_fcc_covered", "2021-03-12"),
        ("us_dod_1260h", "2022-10-05"),
        ("us_ndaa_889", "2018-08-13"),
    },
}
_PAGES: Final = (28, 26, 0, 3)
"""Parties of the rule by the page of the entry; of these by its first page; others by that page; strays."""
_NOT: Final = {"dahua": "us_ofac_nscmic"}


class Asked:
    """The commands of one home."""

    def __init__(self, home: str) -> None:
        """Use this home."""
        self._env = os.environ | {"UNDERLABEL_HOME": home}
        self._command = str(Path(sys.executable).with_name("underlabel"))

    def __call__(self, *words: str) -> Any:  # noqa: ANN401 - whatever the command prints
        """Run one command, print it with its notes, and return what it printed as JSON."""
        done = subprocess.run(
            [self._command, *words, "-f", "json"], env=self._env, check=True, capture_output=True, text=True
        )
        shown = " ".join(Path(word).name if "/" in word else word for word in words)
        print(f"$ underlabel {shown}")
        for line in [line for line in done.stderr.splitlines() if "rejected:" not in line][:3]:
            print(f"  {line}")
        return json.loads(done.stdout)


def main() -> int:
    """Print every command and what differs from the known facts; 1 where anything does."""
    data = Path(os.environ[VARIABLE]) / "lists"
    with tempfile.TemporaryDirectory() as home:
        wrong = [*_rule(Asked(home), data), *_editions(Asked(home), data), *_days(Asked(home), data)]
    for one in wrong:
        print(f"wrong: {one}")
    return int(bool(wrong))


def _rule(ask: Asked, data: Path) -> list[str]:
    """Fact 1: 28 rows of one rule, which two official renderings cite by two pages."""
    july = data / "us_2026-07-09"
    ask("lists", "add", str(july / "bis_entity_list.json.gz"), "--as", "us_bis_entity_list", "--date", "2026-07-09")
    rows = [one for one in ask("lists", "cited", "84 FR 54004") if one["source"].startswith("us_bis_entity_list ")]
    police = [one for one in rows if "Public Security Bureau" in one["name"]]
    college = [one for one in rows if "Police College" in one["name"]]
    counts = len(rows), len(police), len(college), len(rows) - len(police) - len(college)
    found = [] if counts == (28, 19, 1, 8) else [f"rows of 84 FR 54004: {counts}, known are (28, 19, 1, 8)"]
    ask(
        *("lists", "add", str(data / "us_csl_2026-07-31/screening-list.json.gz"), "--as", "us_csl"),
        *("--date", "2026-07-31"),
    )
    both = ask("lists", "cited", "84 FR 54002")
    compiled = {one["party"] for one in both if one["source"].startswith("us_csl ") and "84 FR 54002" in one["pages"]}
    printed = {one["party"] for one in both if one["source"].startswith("us_bis_entity_list ")}
    # Three rows of 2020 cite the page in the compilation alone: it filled their citations in from the row above.
    strays = {one["party"] for one in both} - printed
    print(f"  {len(printed)} parties by the entry's page, {len(compiled & printed)} by the first; {len(strays)} strays")
    counts = len(printed), len(compiled & printed), len(compiled - printed), len(strays)
    if counts != _PAGES:
        found.append(f"parties by the two pages: {counts}, known are {_PAGES}")
    return found


def _editions(ask: Asked, data: Path) -> list[str]:
    """Fact 3: what came and went between neighbouring editions of the SDN list."""
    found = []
    for name in ("2022-02-23", "2022-02-25", "2024-05-02", "2024-05-03"):
        ask("lists", "add", str(data / f"us_ofac_sdn_history/sdn-{name}.csv.gz"), "--as", "us_ofac_sdn")
    for first, second, known in (("2022-02-23", "2022-02-25", (93, 0)), ("2024-05-02", "2024-05-03", (0, 8))):
        diff = ask("lists", "diff", "us_ofac_sdn", first, second)
        counts = len(diff["added"]), len(diff["removed"])
        if counts != known:
            found.append(f"us_ofac_sdn {first} to {second}: {counts}, known is {known}")
    return found


def _days(ask: Asked, data: Path) -> list[str]:
    """Facts 4 and 5: listing days with their clocks, and who is not who."""
    july, found = data / "us_2026-07-09", []
    for file, name in (
        ("fcc_covered.json", "us_fcc_covered"),
        ("dow_1260h.json", "us_dod_1260h"),
        ("ofac_nscmic.json", "us_ofac_nscmic"),
        ("state_debarred_statutory.json", "us_state_debarred"),
    ):
        ask("lists", "add", str(july / file), "--as", name, "--date", "2026-07-09")
    for party, known in _CLOCKS.items():
        events = ask("lists", "history", party)
        days = {
            (one["list"], one[clock])
            for one in events
            for clock in ("announced", "published", "effective", "day")
            if one[clock]
        }
        found += [f"{party}: no {list_} of {day}" for list_, day in sorted(known - days)]
        found += [f"{party} stands on {list_}" for list_, _ in days if list_ == _NOT.get(party)]
    (dahua,), trap = ask("who", "dahua", "--most", "1"), ask("who", "DAHUA ELECTRONICS CORPORATION", "--most", "1")
    if trap[0]["party"]["id"] == dahua["party"]["id"]:
        found.append("DAHUA ELECTRONICS CORPORATION was taken for Zhejiang Dahua")
    return found


if __name__ == "__main__":
    sys.exit(main())
