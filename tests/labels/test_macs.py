from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from underlabel import labels


@pytest.mark.parametrize(
    "text",
    [
        "44:19:B6:01:02:03",
        "44-19-b6-01-02-03",
        "4419.b601.0203",
        "4419b6010203",
        " 44:19:b6:1:2:3 ",
        "44:19:B6:FF:FE:01:02:03",
    ],
)
def test_a_mac_is_read_in_any_usual_spelling(text: str) -> None:
    assert labels.mac_state(text) == "global"


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("", "empty"),
        ("  ", "empty"),
        ("00:00:00:00:00:00", "empty"),
        ("02:42:ac:11:00:02", "local"),
        ("ff:ff:ff:ff:ff:ff", "multicast"),
        ("01:00:5e:00:00:fb", "multicast"),
        ("44:19:B6", "unreadable"),
        ("n/a", "unreadable"),
        ("44:19:B6:01:02:0G", "unreadable"),
        ("192.168.1.1", "unreadable"),
    ],
)
def test_an_address_that_names_no_holder_is_told_apart(text: str, state: str) -> None:
    assert labels.mac_state(text) == state


@settings(max_examples=100, deadline=None)
@given(st.binary(min_size=6, max_size=6), st.sampled_from([":", "-", ""]))
def test_the_spelling_of_a_mac_does_not_change_what_it_is(octets: bytes, sign: str) -> None:
    plain = octets.hex()
    spelled = sign.join(plain[at : at + 2] for at in range(0, 12, 2))
    assert labels.mac_state(spelled.upper()) == labels.mac_state(plain)
