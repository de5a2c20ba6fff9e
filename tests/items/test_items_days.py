"""A line's own day is read where it is certain, and refused where it would be a guess."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from underlabel import items
from underlabel.items.days import Evidence, Unread, order_of, read_day
from underlabel.model import UsageError

Write = Callable[..., Path]


@pytest.mark.parametrize(
    "written",
    [
        "2021-10-25",
        "2021/10/25",
        "2021-10-25T09:30:00Z",
        "2021-10-25 00:00:00",
        "20211025",
        "25 Oct 2021",
        "25-Oct-2021",
        "25th October 2021",
        "Monday, 25 October 2021",
        "Oct 25, 2021",
        "October 25 2021",
        "25/10/2021",
        "10/25/2021",
        "25.10.2021",
        " 25/10/2021 14:05 ",
    ],
)
def test_a_day_written_plainly_is_read(written: str) -> None:
    assert read_day(written, Evidence()) == date(2021, 10, 25)


@pytest.mark.parametrize(
    "written",
    ["", "03/04/2021", "03.04.2021", "2021-10", "2021", "25/10/21", "44494", "2021-02-30", "soon", "25 Okt 2021"],
)
def test_a_day_that_would_be_a_guess_is_not_read(written: str) -> None:
    refused = read_day(written, Evidence())
    assert isinstance(refused, Unread)
    assert refused.hint


def test_a_day_that_is_the_same_either_way_is_read() -> None:
    assert read_day("04/04/2021", Evidence()) == date(2021, 4, 4)


def test_a_column_proves_its_order_and_the_inventory_says_so(text: Write) -> None:
    path = text("Brand,ship_date\nAxis,03/04/2021\nBosch,25/04/2021\n")
    reading = items.read(path, day_column="Ship date")
    assert [item.day for item in reading.items] == [date(2021, 4, 3), date(2021, 4, 25)]
    assert reading.inventory.meanings["ship_date"] == "day"
    assert reading.inventory.notes == ("days in 'ship_date' are read day first: '25/04/2021' stands among them",)


def test_a_column_of_both_orders_proves_neither(text: Write) -> None:
    path = text("Brand,Shipped\nAxis,03/04/2021\nBosch,25/04/2021\nHanwha,04/25/2021\n")
    reading = items.read(path, day_column="Shipped")
    assert [item.brand for item in reading.items] == ["Bosch", "Hanwha"]
    (refused,) = reading.rejected
    assert refused.where == "inventory.csv:2:2"
    assert "may be day first or month first" in refused.reason


def test_a_line_without_its_day_is_set_aside(text: Write) -> None:
    reading = items.read(text("Brand,Shipped\nAxis,2021-10-25\nBosch,\n"), day_column="Shipped")
    assert len(reading.items) == 1
    assert reading.rejected[0].reason == "no day: the line has no day of its own"


def test_only_a_line_set_aside_for_its_day_says_no_day(text: Write) -> None:
    path = text("Brand,Shipped\nAxis,soon\nBosch,03/04/2021\nDell,2021-10-25,x\n")
    reasons = [one.reason.startswith("no day: ") for one in items.read(path, day_column="Shipped").rejected]
    assert reasons == [True, True, False]


def test_days_of_a_spreadsheet_are_read(xlsx: Write) -> None:
    path = xlsx({"A": [["Brand", "Shipped"], ["Axis", date(2021, 10, 25)]]})
    assert items.read(path, day_column="Shipped").items[0].day == date(2021, 10, 25)


def test_a_date_column_that_nobody_named_is_not_a_lines_own_day(text: Write) -> None:
    reading = items.read(text("Brand,Date\nAxis,2021-10-25\n"))
    assert reading.items[0].day is None
    assert reading.inventory.meanings == {"Brand": "brand"}


def test_an_unknown_day_column_is_refused(text: Write) -> None:
    with pytest.raises(UsageError) as refused:
        items.read(text("Brand,ship_date\nAxis,2021-10-25\n"), day_column="shipdate")
    assert "did you mean 'ship_date'?" in refused.value.hint


days = st.dates(min_value=date(1990, 1, 1), max_value=date(2040, 12, 31))


@settings(max_examples=100, deadline=None)
@given(days=st.lists(days, min_size=1, max_size=12), form=st.sampled_from(["%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y"]))
def test_a_day_written_in_numbers_is_read_right_or_not_at_all(days: list[date], form: str) -> None:
    written = [day.strftime(form) for day in days]
    evidence = order_of(written)
    read = [read_day(each, evidence) for each in written]
    assert all(found == day for found, day in zip(read, days, strict=True) if isinstance(found, date))
    if any(day.day > 12 for day in days):
        assert read == days
