"""One attempt at an http(s) address: ask for what is missing, take it in, and see that it is whole."""

from __future__ import annotations

import re
from email.utils import parsedate_to_datetime
from typing import Final

import httpx

from underlabel.fetch import retry, sniff, wire
from underlabel.fetch.errand import AddressFailedError, Errand, PassingError
from underlabel.fetch.finish import Body, finish
from underlabel.fetch.part import Part, State, exact
from underlabel.fetch.terms import Fetched, Unchanged, Validators
from underlabel.fetch.wire import Answer

_OK: Final = 200
_PARTIAL: Final = 206
_NOT_MODIFIED: Final = 304
_NO_SUCH_RANGE: Final = 416
_RANGE: Final = re.compile(r"bytes (\d{1,18})-(\d{1,18})/(\d{1,18}|\*)")
_ENCODINGS: Final = {"": "", "identity": "", "gzip": "gzip", "x-gzip": "gzip", "deflate": "deflate"}
_BIG: Final = "raise the bound, or check the address"


def bring(errand: Errand, part: Part) -> Fetched | Unchanged:
    """Fetch an address, going on from where a try before this one stopped. Errors: `AddressFailedError`."""
    with wire.line() as line:
        return retry.persist(errand, part, lambda: _attempt(line, errand, part))


def _attempt(line: httpx.HTTPTransport, errand: Errand, part: Part) -> Fetched | Unchanged:
    held = part.held(errand.url)
    seen = errand.seen if errand.seen is not None and errand.seen.url == errand.url else None
    with wire.opened(line, errand, {**_if_changed(seen), **_if_same(held)}) as answer:
        if answer.status == _NOT_MODIFIED and _if_changed(seen) and seen is not None:
            part.forget()
            return _unchanged(errand, seen, answer)
        if answer.status == _PARTIAL and held is not None:
            total = _go_on(errand, part, held, answer)
        elif answer.status == _OK:
            total = _begin(errand, part, answer)
        elif answer.status == _NO_SUCH_RANGE and held is not None:
            part.forget()
            raise PassingError("the server does not have the rest")
        else:
            raise retry.refusal(answer.status, answer.header("retry-after"), errand.clock.today())
        _pour(errand, part, answer, total)
        body = _body(answer)
    if total is not None and part.size != total:
        if part.size > total:
            part.forget()
        raise PassingError(f"the body was cut off after {part.size} of {total} bytes")
    if not body.framed:
        errand.tell("the server states no length: a cut-off file could not be told from a whole one")
    return finish(errand, part, body)


def _if_changed(seen: Validators | None) -> dict[str, str]:
    if seen is None:
        return {}
    stated = {"If-None-Match": seen.etag, "If-Modified-Since": seen.last_modified}
    return {name: value for name, value in stated.items() if value and wire.plain(value)}


def _if_same(held: tuple[int, State] | None) -> dict[str, str]:
    """Ask for the rest of the same bytes: a range counts encoded bytes, so it needs the same encoding."""
    if held is None:
        return {"Accept-Encoding": "gzip"}
    at, state = held
    return {
        "Range": f"bytes={at}-",
        "If-Range": state.edition,
        "Accept-Encoding": state.encoding or "identity",
    }


def _unchanged(errand: Errand, seen: Validators, answer: Answer) -> Unchanged:
    validators = Validators(
        url=seen.url,
        etag=answer.header("etag") or seen.etag,
        last_modified=answer.header("last-modified") or seen.last_modified,
        sha256=seen.sha256,
        size=seen.size,
    )
    return Unchanged(asked=errand.url, validators=validators, why="the server says it has not changed")


def _begin(errand: Errand, part: Part, answer: Answer) -> int | None:
    """Take the body from its start; how many bytes it will be, where that is stated."""
    stated = answer.header("content-length")
    total = int(stated) if stated.isdecimal() and not answer.header("transfer-encoding") else None
    encoding, bound = _encoding(answer), _bound(errand, answer)
    if total is not None and total > bound:
        part.forget()
        raise AddressFailedError(f"the server has {total} bytes to send, more than {bound}", _BIG)
    part.begin(
        State(
            url=errand.url,
            etag=answer.header("etag"),
            last_modified=answer.header("last-modified"),
            exact=exact(_age(answer)),
            encoding=encoding,
            total=total,
        )
    )
    return total


def _go_on(errand: Errand, part: Part, held: tuple[int, State], answer: Answer) -> int | None:
    """Take the rest; how many bytes it will be in all, where that is stated.

    Errors: `PassingError`, with the part dropped, where it is not the rest of what is here.
    """
    at, state = held
    stated = _RANGE.fullmatch(answer.header("content-range"))
    total = None if stated is None or stated[3] == "*" else int(stated[3])
    same = (
        stated is not None
        and int(stated[1]) == at
        and (state.total is None or total is None or state.total == total)
        and answer.header("etag") in {"", state.etag}
        and answer.header("last-modified") in {"", state.last_modified}
        and _encoding(answer) == state.encoding
    )
    if not same or stated is None:
        part.forget()
        raise PassingError("the server sent the rest of something else")
    errand.tell(f"going on after {at} bytes")
    part.go_on(at)
    return total or state.total or int(stated[2]) + 1


def _pour(errand: Errand, part: Part, answer: Answer, total: int | None) -> None:
    """Take the body in as it comes, within bounds of size and pace."""
    bounds, clock, bound = errand.bounds, errand.clock, _bound(errand, answer)
    since, taken = clock.now(), 0
    errand.tell(received=part.size, total=total)
    try:
        for piece in answer.response.iter_raw():
            if part.size + len(piece) > bound:
                part.forget()
                raise AddressFailedError(f"the server sends more than {bound} bytes", _BIG)
            part.write(piece)
            errand.tell(received=part.size, total=total)
            errand.left()
            taken += len(piece)
            gone = clock.now() - since
            if gone >= bounds.read:
                if taken < bounds.slowest * gone:
                    raise PassingError(f"the body comes slower than {bounds.slowest} bytes a second", counts=True)
                since, taken = clock.now(), 0
    except httpx.TransportError as error:
        of = "" if total is None else f" of {total}"
        raise PassingError(f"the body was cut off after {part.size}{of} bytes: {wire.said(error)}") from error


def _bound(errand: Errand, answer: Answer) -> int:
    """The most bytes to take: of a body that is the file itself, no more than the file may hold."""
    bounds = errand.bounds
    return bounds.most_sent if _encoding(answer) else min(bounds.most_sent, bounds.most)


def _encoding(answer: Answer) -> str:
    stated = answer.header("content-encoding").lower()
    if stated not in _ENCODINGS:
        raise AddressFailedError("the body is encoded in a way that was not asked for")
    return _ENCODINGS[stated]


def _body(answer: Answer) -> Body:
    chunked = "chunked" in answer.header("transfer-encoding").lower()
    return Body(
        url=answer.url,
        content_type=sniff.media(answer.header("content-type")),
        encoding=_encoding(answer),
        etag=answer.header("etag"),
        last_modified=answer.header("last-modified"),
        framed=chunked or answer.status == _PARTIAL or bool(answer.header("content-length")),
    )


def _age(answer: Answer) -> float | None:
    """The seconds from the edition's date to the answer's own."""
    try:
        made = parsedate_to_datetime(answer.header("last-modified"))
        sent = parsedate_to_datetime(answer.header("date"))
        return sent.timestamp() - made.timestamp()
    except (ValueError, OverflowError):
        return None
