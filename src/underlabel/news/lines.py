"""Articles as JSON Lines: one object `{title, outlet, text, url, published, authors}` per line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Final

import msgspec

from underlabel.model import Day, InputError, Rejected, exact, parse_day
from underlabel.news.draft import Draft, refused

_WEB: Final = re.compile(r"https?://[^\s/]", flags=re.IGNORECASE)
_CLOCK: Final = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d")
_HINT: Final = 'write {"title": "...", "outlet": "...", "text": "..."}, and url, published, authors where known'


class _Line(msgspec.Struct, frozen=True):
    title: str
    outlet: str
    text: str
    url: str | None = None
    published: str | None = None
    authors: tuple[str, ...] | str | None = None
    author: str | None = None
    id: str | None = None


def drafts(data: bytes, name: str) -> Iterator[Draft | Rejected]:
    """The articles in order; a line that is none is Rejected. `name` is the file's, for places.

    `published` is a day as `parse_day` reads it, or a moment of ISO 8601, of which the day as
    written counts. Keys beside those above are not looked at.
    """
    decoder = msgspec.json.Decoder(_Line)
    for number, raw in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        if not raw.strip():
            continue
        where = f"{name}:{number}"
        shown = raw.decode("utf-8", "replace").strip()
        try:
            yield _draft(decoder.decode(raw), number)
        except InputError as error:
            yield refused(error.what, error.hint, where, shown)
        except UnicodeDecodeError:
            yield refused("a line that is not UTF-8", "save the file again as UTF-8", where, shown)
        except (msgspec.DecodeError, RecursionError) as error:
            yield refused(f"a line that is no article: {error}", _HINT, where, shown)


def _draft(line: _Line, number: int) -> Draft:
    url = (line.url or "").strip()
    if url and not _WEB.match(url):
        raise InputError(
            "an article whose url is no web address", hint="write http:// or https:// in full, or leave it out"
        )
    authors = (line.authors,) if isinstance(line.authors, str) else line.authors or ()
    return Draft(
        title=line.title,
        outlet=line.outlet,
        text=line.text,
        line=number,
        published=_day(line.published or ""),
        authors=authors or ((line.author,) if line.author else ()),
        url=url,
        id=(line.id or "").strip(),
    )


def _day(text: str) -> Day | None:
    if not _CLOCK.match(text):
        return parse_day(text, "published")
    try:
        return exact(datetime.fromisoformat(text).date(), "published")
    except ValueError as error:
        raise InputError(f"'{text}' is not a moment", hint="write 2021-10-25 or 2021-10-25T09:30:00+02:00") from error
