"""The addresses answer as JSON, and say what to mend."""

from __future__ import annotations

import json

import anyio
import httpx
from hypothesis import given, settings
from hypothesis import strategies as st

from underlabel import law, web
from underlabel.world import World


def get(facts: World, path: str) -> httpx.Response:
    """Ask the application without a server."""

    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(app=web.app(facts), raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://underlabel") as client:
            return await client.get(path)

    return anyio.run(ask)


def test_health_names_the_facts_it_answers_from(starter: World) -> None:
    answer = get(starter, "/healthz").json()
    assert (answer["status"], answer["snapshot"]) == ("ok", starter.snapshot.id)


def test_a_party_is_found_by_name(starter: World) -> None:
    found = get(starter, "/parties.json?name=hikvision").json()
    assert found[0]["party"]["id"] == "hikvision"


def test_every_regime_is_given_for_a_day(starter: World) -> None:
    found = get(starter, "/regimes.json?on=2021-10-25").json()
    assert {one["regime"] for one in found} == set(law.regimes())


@given(st.text(max_size=12))
@settings(max_examples=30, deadline=None)
def test_a_day_that_is_none_is_a_clear_error(text: str) -> None:
    answer = get_regimes(text)
    assert answer.status_code in {200, 400}
    assert json.loads(answer.content)


def get_regimes(text: str) -> httpx.Response:
    """Ask for the regimes on a text that may be no day; no facts are needed for it."""
    return get(None, str(httpx.URL("/regimes.json", params={"on": text})))  # type: ignore[arg-type]
