"""Findings made by hand: a recorder behind a sold subsidiary, a camera nobody lists, a line without a maker."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from msgspec.structs import replace

from underlabel.model import (
    Change,
    Claim,
    Consequence,
    Dataset,
    Finding,
    Item,
    Miss,
    Path,
    Place,
    Rejected,
    Run,
    Source,
    Step,
    Why,
    parse_day,
)

DAY = date(2021, 10, 25)
FILING = "company announcement 2022-094"


@pytest.fixture(scope="session")
def path() -> Path:
    """The path of the recorder: item, label, company, two owners, list."""
    return Path(
        confidence="high",
        says="The brand is written on the line.",
        steps=(
            Step(kind="item", id="item:2", text="Lorex 4K recorder N843A8", detail="stock.csv, line 2"),
            Step(
                kind="label",
                id="label:lorex",
                text="Lorex",
                detail="brand",
                edge="is sold under the brand",
                confidence="high",
            ),
            Step(
                kind="party",
                id="lorex",
                text="Lorex Technology Inc.",
                detail="Company, Canada",
                edge="is a brand of",
                since="2012",
                source="trade mark register",
                url="https://example.org/marks?id=1&lang=en",
            ),
            Step(
                kind="party",
                id="dahua-europe",
                text="Dahua Europe B.V.",
                detail="Company, Netherlands",
                edge="100 % held by",
                since="2018-02-06",
                until="2022-11-23..2023-05-31",
                source=FILING,
                url="https://example.org/filing",
            ),
            Step(
                kind="party",
                id="dahua",
                text="Zhejiang Dahua Technology Co., Ltd.",
                detail="Company, China",
                edge="100 % held by",
                source=FILING,
                url="https://example.org/filing",
            ),
            Step(
                kind="listing",
                id="listing:889",
                text="us_ndaa_889",
                detail="“Dahua Technology Company”, and any subsidiary or affiliate",
                edge="stands on",
                since="2018-08-13",
                source="P.L. 115-232 s.889(f)(3)",
                url="https://www.congress.gov/115/plaws/publ232/PLAW-115publ232.htm",
            ),
        ),
    )


@pytest.fixture(scope="session")
def lorex(path: Path) -> Finding:
    """The recorder's finding for an agency, with all that a finding can hold."""
    supply = Path(
        confidence="medium",
        says="Court papers say so.",
        steps=(
            *path.steps[:2],
            replace(
                path.steps[4],
                edge="is said to be made by (recorders)",
                since="2012",
                status="alleged",
                confidence="medium",
                source="complaint of an attorney general, 2025-09-23",
                url="",
            ),
            path.steps[5],
        ),
    )
    return Finding(
        id="f-0001",
        item=Item(
            place=Place("stock.csv", 2),
            brand="Lorex",
            model="N843A8",
            product_class="recorder",
            quantity="3",
            raw={"Brand": "Lorex", "Item no.": "N843A8", "Qty": "3", "Remark": "=1+1, müde"},
        ),
        role="us_agency",
        regime="s889",
        as_of=DAY,
        verdict="restricted",
        reason=Why(
            "reached_as_subsidiary",
            "Lorex Technology Inc. was a subsidiary of Zhejiang Dahua Technology Co., Ltd. that day; "
            "section 889 names it and “any subsidiary or affiliate”.",
        ),
        consequence=Consequence(
            level="prohibited",
            text="An agency may not buy it, nor extend or renew a contract to buy it.",
            citation="P.L. 115-232 s.889(a)(1)(A); FAR 52.204-25",
        ),
        reach="must",
        rule_status="in_force",
        subject="lorex",
        paths=(path, supply),
        nearest_miss=Miss(481_000, 19_000, "1.9 points more of another owner would reach 50 %"),
        claims=(
            Claim(
                id="c1",
                subject="Lorex",
                relation="is a subsidiary of",
                object="Dahua Technology",
                outlet="The Daily Example",
                title="Shops stop selling cameras",
                quote="Lorex, a subsidiary of Dahua, was still on the shelves.",
                published=parse_day("2021-10-25", "published"),
                day=parse_day("2021"),
                attributed_to="a spokesperson",
                hedge="reportedly",
                source=Source("news", url="https://example.org/story"),
            ),
        ),
        would_change_if=(Change("the sale had closed before 25 October 2021", "review"),),
        coverage=("us_ndaa_889, edition 2026-07-09, whole", "starter ownership facts"),
        notes=("The hardware is said to be Dahua's in later years too.",),
        run="r-1",
    )


@pytest.fixture(scope="session")
def clear() -> Finding:
    """A camera whose maker is known and on no list."""
    return Finding(
        id="f-0002",
        item=Item(
            place=Place("stock.csv", 3),
            text="Axis P3265-LV dome camera",
            brand="Axis",
            model="P3265-LV",
            raw={"Brand": "Axis", "Item no.": "P3265-LV", "Qty": "12", "Remark": ""},
        ),
        role="us_agency",
        regime="s889",
        as_of=DAY,
        verdict="clear",
        reason=Why("nothing_reaches", "Axis Communications AB is known as the maker and nothing held here reaches it."),
        consequence=Consequence(level="none", text="Nothing follows from this rule."),
        reach="no",
        rule_status="in_force",
        subject="axis",
        coverage=("us_ndaa_889, edition 2026-07-09, whole",),
        run="r-1",
    )


@pytest.fixture(scope="session")
def unchecked() -> Finding:
    """A line that names no maker."""
    return Finding(
        id="f-0003",
        item=Item(place=Place("stock.csv", 4), text="CCTV maintenance", raw={"Brand": "", "Remark": "-5 % später"}),
        role="us_agency",
        regime="s889",
        as_of=DAY,
        verdict="not_checked",
        reason=Why("no_maker", "The line names no maker and no brand; it cannot be told from this source."),
        consequence=Consequence(level="not_stated", text="None recorded; ask counsel."),
        reach="unknown",
        rule_status="in_force",
        run="r-1",
    )


@pytest.fixture(scope="session")
def findings(lorex: Finding, clear: Finding, unchecked: Finding) -> tuple[Finding, ...]:
    """All three, and a second recorder that has the first one's answer."""
    twin = replace(lorex.item, place=Place("stock.csv", 5), model="N861D63B")
    return (lorex, clear, unchecked, replace(lorex, id="f-0004", item=twin))


@pytest.fixture(scope="session")
def run() -> Run:
    """The run they belong to."""
    return Run(
        id="r-1",
        snapshot="5e1f00d5",
        facts="starter facts",
        role="us_agency",
        regimes=("s889",),
        not_asked=("bis: looks at the recipient",),
        as_of=DAY,
        inventory="stock.csv",
        input_version="0123456789abcdef",
        tool="underlabel 0.1.0",
        datasets=(
            Dataset(
                id="us_ndaa_889",
                kind="list",
                title="NDAA section 889",
                edition=date(2026, 7, 9),
                records=5,
                publisher="US Congress",
                url="https://www.acquisition.gov/far/4.2102",
            ),
            Dataset(id="starter_ownership", kind="ownership", title="Starter ownership facts", coverage="extract"),
        ),
        asked_at=datetime(2026, 11, 23, 9, 30, tzinfo=UTC),
    )


@pytest.fixture(scope="session")
def rejected() -> tuple[Rejected, ...]:
    """One line that could not be read."""
    return (
        Rejected(reason="the row has 3 cells, the header 4", hint="quote the comma", where="stock.csv:6", raw="a,b,c"),
    )
