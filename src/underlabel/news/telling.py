"""What one sentence of an article tells of a party."""

from __future__ import annotations

import msgspec

from underlabel.model import Article, Claim, InputError
from underlabel.news.cues import attribution, denies, hedges
from underlabel.news.quotes import quote
from underlabel.news.splitting import sentences


def told(article: Article, start: int, end: int, parties: tuple[str, ...]) -> Claim:
    """The Claim that an article "speaks of" these parties, from the sentence that holds `start` to `end`.

    Offsets are characters of `article.text`: those of the sentence, or of the names in it, which
    are then the claim's `object` as written. `parties` are ids. The quote has at most 40 words
    and, where the sentence is longer, those around the span. `day` is never guessed. The id is
    made of the article, the place and the parties. Errors: `InputError` for a span that holds no
    text or does not lie in one sentence.
    """
    sentence = next((span for span in sentences(article.text) if span[0] <= start < end <= span[1]), None)
    if sentence is None:
        raise InputError(
            f"characters {start} to {end} do not lie in one sentence",
            where=article.id,
            hint="take the span from news.sentences of the same text",
        )
    low, high = sentence
    said = article.text[low:high]
    place = (start - low, end - low)
    return Claim(
        id=f"{article.id}:{start}-{end}:{'+'.join(parties)}",
        subject=article.outlet,
        relation="speaks of",
        object="" if (start, end) == sentence else article.text[start:end],
        outlet=article.outlet,
        source=msgspec.structs.replace(article.source, locator=f"characters {low}-{high}"),
        parties=parties,
        published=article.published,
        hedge=hedges(said),
        attributed_to=attribution(said),
        polarity="denies" if denies(said, *place) else "affirms",
        quote=quote(said, *place),
        title=article.title,
        article=article.id,
        known_from=article.published.latest if article.published else None,
    )
