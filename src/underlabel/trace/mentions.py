"""What was reported of the parties on a path: curated claims, and sentences of pages that name them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Final

from underlabel import match, news
from underlabel.model import Article, Claim
from underlabel.world import World

_MOST: Final = 8
_SCORE: Final = 0.5


class Told:
    """All that was reported, by party; pages are read for names once."""

    def __init__(self, world: World) -> None:
        """Keep the World."""
        self._world = world

    def about(self, parties: Iterable[str], most: int = _MOST) -> tuple[Claim, ...]:
        """Claims that speak of any of `parties`: quoted before unquoted, those that speak of most of them first.

        Half of the room is kept for sentences of pages that the user added, where there are any.
        """
        asked = set(parties)
        found: dict[str, Claim] = {}
        shared: dict[str, int] = {}
        for party in sorted(asked):
            for claim in self._by_party.get(party, ()):
                found[claim.id] = claim
                shared[claim.id] = len(asked & {self._world.one(one) for one in claim.parties})
        ordered = sorted(
            found.values(), key=lambda one: (not one.quote, -shared[one.id], str(one.published or "~"), one.id)
        )
        pages = [one for one in ordered if one.article][: most // 2]
        others = [one for one in ordered if one not in pages][: most - len(pages)]
        return tuple(one for one in ordered if one in pages or one in others)

    @cached_property
    def _by_party(self) -> Mapping[str, tuple[Claim, ...]]:
        grouped: dict[str, list[Claim]] = defaultdict(list)
        for claim in (*self._world.claims, *self._sentences):
            for party in dict.fromkeys(self._world.one(one) for one in claim.parties):
                grouped[party].append(claim)
        return {party: tuple(claims) for party, claims in grouped.items()}

    @cached_property
    def _sentences(self) -> tuple[Claim, ...]:
        articles = self._world.articles
        if not articles:
            return ()
        spotted = match.spot(self._world.spotter, [article.text for article in articles])
        return tuple(
            claim
            for article, mentions in zip(articles, spotted, strict=True)
            for claim in _of(article, [(one.start, one.party) for one in mentions if one.score >= _SCORE])
        )


def _of(article: Article, named: list[tuple[int, str]]) -> Iterable[Claim]:
    """One claim for each sentence of an article that names somebody."""
    for start, end in news.sentences(article.text):
        parties = tuple(dict.fromkeys(party for at, party in named if start <= at < end))
        if parties:
            yield news.told(article, start, end, parties)
