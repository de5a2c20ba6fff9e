"""Parties and editions, made small."""

from __future__ import annotations

from datetime import date

from underlabel.model import Category, Dataset, Day, Facts, Listing, Name, Party, Source, exact

BEGAN = exact(date(2020, 1, 1))


def party(name: str, dataset: str, country: str = "cn", schema: str = "Company") -> Party:
    return named(dataset, name, country=country, schema=schema)


def named(dataset: str, *names: Name | str, id_: str = "", country: str = "cn", schema: str = "Company") -> Party:
    """Make a party of several names; a bare text is a name."""
    made = tuple(name if isinstance(name, Name) else Name(name) for name in names)
    return Party(
        id=id_ or f"{dataset}:{made[0].text}",
        schema=schema,
        names=made,
        countries=(country,) if country else (),
        source=Source(dataset),
    )


def listing(one: Party | Category, dataset: str, since: Day = BEGAN, until: Day | None = None) -> Listing:
    return Listing(
        id=f"{dataset}:{one.id}:{since}",
        subject=one.id,
        list=dataset,
        since=since,
        until=until,
        source=Source(dataset),
    )


def facts(
    dataset: str,
    *parties: Party,
    listed: tuple[Party, ...] = (),
    listings: tuple[Listing, ...] = (),
    edition: date | None = None,
    form: str = "json",
) -> Facts:
    """Make an edition of a list; the package's own bear no form."""
    return Facts(
        dataset=Dataset(
            id=dataset,
            kind="list",
            title=dataset,
            version=f"{dataset}{edition}",
            lists=(dataset,),
            edition=edition,
            entries=len(listings) + len(listed),
            form=form,
        ),
        parties=parties,
        listings=listings + tuple(listing(one, dataset) for one in listed),
    )


def package(*parties: Party) -> Facts:
    """Make parties as the package ships them: in a dataset of their own."""
    return Facts(dataset=Dataset(id="starter_parties", kind="parties", title="parties"), parties=parties)


def curated(id_: str, name: str, *aliases: str, country: str = "cn") -> Party:
    return named("starter_parties", name, *(Name(text, "alias") for text in aliases), id_=id_, country=country)
