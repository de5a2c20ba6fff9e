"""Drafts: articles as a reader found them, and what makes an Article of one."""

from __future__ import annotations

from hashlib import sha256
from typing import Final

import msgspec

from underlabel.model import Article, Day, Rejected, Source
from underlabel.news.clean import once, tidy
from underlabel.news.mojibake import lost, repair

_RAW: Final = 200
_AROUND: Final = 30
_BETWEEN: Final = "\x1f"


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """One article as it stands in a file, `line` being where it begins (1 is the first)."""

    title: str
    outlet: str
    text: str
    line: int
    published: Day | None = None
    authors: tuple[str, ...] = ()
    url: str = ""
    id: str = ""


def refused(reason: str, hint: str, where: str, raw: str) -> Rejected:
    """A piece that did not become an article, with its beginning."""
    return Rejected(reason=reason, hint=hint, where=where, raw=raw[:_RAW])


def finished(draft: Draft, name: str, source: Source) -> tuple[Article | None, tuple[Rejected, ...]]:
    """The Article a draft makes, in repaired and clean text, and what had to be refused of it.

    Repair comes before everything else that touches quotes. An article without title, outlet or
    text is refused whole; letters lost for good are counted and stay as they are.
    """
    where = f"{name}:{draft.line}"
    title, outlet, text = (tidy(repair(part)) for part in (draft.title, draft.outlet, draft.text))
    title, outlet = " ".join(title.split()), " ".join(outlet.split())
    text = once(text, title)
    missing = [what for what, part in (("title", title), ("outlet", outlet), ("text", text)) if not part]
    if missing:
        hint = "an article needs a title, an outlet and a text of its own"
        return None, (refused(f"an article without {' or '.join(missing)}", hint, where, draft.title or draft.text),)
    article = Article(
        id=draft.id or _digest(title, outlet, text, draft.url, str(draft.published or "")),
        title=title,
        outlet=outlet,
        text=text,
        published=draft.published,
        authors=tuple(filter(None, (tidy(repair(author)) for author in draft.authors))),
        url=draft.url,
        source=msgspec.structs.replace(source, locator=f"line {draft.line}", url=draft.url, publisher=outlet),
    )
    return article, _scars(article, where)


def _digest(*parts: str) -> str:
    joined = _BETWEEN.join(parts).encode("utf-8", "surrogatepass")
    return f"article:{sha256(joined).hexdigest()[:16]}"


def _scars(article: Article, where: str) -> tuple[Rejected, ...]:
    whole = f"{article.title}\n{article.text}"
    places = lost(whole)
    if not places:
        return ()
    count = "one sign" if len(places) == 1 else f"{len(places)} signs"
    around = whole[max(0, places[0] - _AROUND) : places[0] + _AROUND]
    hint = "the article was read; save the page again as UTF-8 to have it whole"
    return (refused(f"{count} of the text lost before the page was saved", hint, where, around),)
