"""Reading: a saved file of articles becomes Facts."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from underlabel.model import Article, Dataset, Facts, InputError, Rejected, Source
from underlabel.news import lines, page
from underlabel.news.draft import Draft, finished, refused
from underlabel.news.mojibake import repair
from underlabel.news.saved import decode, load


def read(path: Path, dataset: str = "") -> Facts:
    """The articles of a saved page (`page` holds its grammar), or of a `.jsonl` file (`lines`).

    `dataset` is the edition's id, else "news:" and the file's name without its suffix. Text comes repaired
    and clean, each sentence once; `published` is None where the file has no date. What is no
    article, and an article that stands there twice, is Rejected.

    Errors: `NoInputError` where there is nothing to read; `InputError` where the file is no text
    or no article could be found in it.
    """
    data = load(path)
    name = dataset or f"news:{path.stem}"
    version = sha256(data).hexdigest()
    articles, rejected = _gathered(_drafts(path, data), path.name, Source(dataset=name, version=version))
    if not articles:
        first = f"; the first thing met is {rejected[0].reason}" if rejected else ""
        raise InputError(
            f"no article could be found{first}",
            where=rejected[0].where if rejected else str(path),
            hint=rejected[0].hint if rejected else "a page holds a title line, an outlet line and a text per article",
        )
    return Facts(
        dataset=Dataset(
            id=name,
            kind="news",
            title=f"Articles in {path.name}",
            version=version,
            records=len(articles),
            coverage="extract",
        ),
        articles=articles,
        rejected=tuple(_of(one, name) for one in rejected),
    )


def _drafts(path: Path, data: bytes) -> Iterator[Draft | Rejected]:
    if path.suffix.lower() == ".jsonl":
        return lines.drafts(data, path.name)
    return page.drafts(repair(decode(data, str(path))), path.name)


def _gathered(
    found: Iterator[Draft | Rejected], name: str, source: Source
) -> tuple[tuple[Article, ...], list[Rejected]]:
    articles: dict[str, Article] = {}
    rejected: list[Rejected] = []
    for one in found:
        if isinstance(one, Rejected):
            rejected.append(one)
            continue
        article, refusals = finished(one, name, source)
        rejected += refusals
        if article is None:
            continue
        if article.id in articles:
            hint = f"it stands first at {articles[article.id].source.locator}"
            rejected.append(refused("an article that was there already", hint, f"{name}:{one.line}", one.title))
            continue
        articles[article.id] = article
    return tuple(articles.values()), rejected


def _of(one: Rejected, dataset: str) -> Rejected:
    return Rejected(reason=one.reason, hint=one.hint, where=one.where, dataset=dataset, raw=one.raw)
