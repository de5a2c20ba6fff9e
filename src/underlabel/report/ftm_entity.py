"""One FollowTheMoney entity as a line of JSON, and what of a fact stands beside its properties."""

from __future__ import annotations

from typing import Any

import msgspec

from underlabel.model import Day, DayKind, Fact
from underlabel.report import ftm_values

# JSON lets these stand, but readers that split lines by Unicode's rules would cut an entity in two.
_BREAKS = str.maketrans({"\u0085": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"})


class Draft:
    """An entity on its way: properties in the order they were set, and what they cannot say (`beside`)."""

    def __init__(self, fact: Fact, schema: str, dataset: str) -> None:
        """Begin with what every fact has."""
        self.id = ftm_values.key(fact.id)
        self.schema = schema
        self.datasets = [ftm_values.slug(dataset)]
        self.caption = ""
        self.properties: dict[str, list[str]] = {}
        self.beside: dict[str, Any] = {} if fact.id == f"ftm:{self.id}" else {"id": fact.id}
        for name in ("known_from", "known_to"):
            if getattr(fact, name) is not None:
                self.beside[name] = getattr(fact, name)
        if fact.confidence != "high":
            self.beside["confidence"] = fact.confidence
        if fact.source.text:
            self.beside["text"] = fact.source.text
        if fact.source.url:
            self.say("sourceUrl", fact.source.url, "url", clean=ftm_values.url_fits(fact.source.url))
        if fact.source.publisher:
            clean = ftm_values.fits(fact.source.publisher)
            self.say("publisher", fact.source.publisher, "publisher", clean=clean)

    def add(self, name: str, *values: str) -> None:
        """Add values to a property, each once."""
        held = self.properties.setdefault(name, [])
        held.extend(value for value in dict.fromkeys(values) if value not in held)

    def say(self, name: str, value: str, ours: str, *, clean: bool) -> None:
        """A text as a property where it is clean, else beside the entity under our own name for it."""
        if clean:
            self.add(name, value)
        elif value:
            self.beside[ours] = value

    def on(self, name: str, day: Day | None, kind: DayKind, ours: str) -> None:
        """A day as a property where it can be said there, else beside."""
        texts = ftm_values.days(day, kind) if day is not None else None
        if texts is not None:
            self.add(name, *texts)
        elif day is not None:
            self.beside[ours] = day

    @property
    def line(self) -> str:
        """The entity as JSON, without a line end.

        What stands beside is JSON in a text: the library merges texts of two entities, and fails at objects.
        """
        entity = {
            "id": self.id,
            "caption": self.caption or self.schema,
            "schema": self.schema,
            "properties": self.properties,
            "datasets": self.datasets,
            "underlabel": msgspec.json.encode(self.beside).decode(),
        }
        return msgspec.json.encode(entity).decode().translate(_BREAKS)
