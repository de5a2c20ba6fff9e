"""The addresses: each one call to a front door, answered as JSON."""

from __future__ import annotations

from datetime import date

import msgspec
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from underlabel import law, trace
from underlabel.model import UnderlabelError
from underlabel.world import World


def app(world: World) -> Starlette:
    """An ASGI application that answers from one World.

    `/healthz`; `/parties.json?name=` (dossiers); `/regimes.json?on=2021-10-25` (rulings).
    What a user can mend is answered with status 400 and the error's what, where and hint.
    """

    def health(_: Request) -> Response:
        return _json({"status": "ok", "facts": world.label, "snapshot": world.snapshot.id})

    def parties(request: Request) -> Response:
        return _json(trace.who(world, request.query_params.get("name", "")))

    def regimes(request: Request) -> Response:
        day = date.fromisoformat(request.query_params.get("on", ""))
        return _json([law.on(regime, day) for regime in law.regimes()])

    return Starlette(
        routes=[
            Route("/healthz", health),
            Route("/parties.json", parties),
            Route("/regimes.json", regimes),
        ],
        exception_handlers={UnderlabelError: _mendable, ValueError: _mendable},
    )


def _json(found: object, status: int = 200) -> Response:
    return Response(msgspec.json.encode(found), status, media_type="application/json")


def _mendable(_: Request, error: Exception) -> Response:
    if isinstance(error, UnderlabelError):
        return _json({"error": error.what, "where": error.where, "hint": error.hint}, 400)
    return _json({"error": str(error), "where": "on", "hint": "write on=2021-10-25"}, 400)
