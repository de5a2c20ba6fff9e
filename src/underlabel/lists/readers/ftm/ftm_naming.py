"""What a file of entities is called, and of which day it is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Final

from underlabel.lists.readers.ftm import ftm_schemata
from underlabel.lists.readers.ftm.ftm_entities import Entity

_MOST_OF: Final = 0.9
_DAY: Final = re.compile(r"[._-]?\d{4}-\d{2}-\d{2}")
_ENDS: Final = re.compile(r"(?:\.(?:gz|json|jsonl|ijson|ftm|entities|delta|nested))+$")
_OTHER: Final = re.compile(r"[^a-z0-9]+")


def dataset(entities: Iterable[Entity], otherwise: str) -> str:
    """The one dataset that nine tenths of the parties name; where it is none or several, the other name."""
    things = [entity for entity in entities if ftm_schemata.party(entity.schema)]
    named = Counter(name for entity in things for name in dict.fromkeys(entity.datasets))
    most = [name for name, count in named.items() if count >= _MOST_OF * len(things)]
    return _slug(most[0]) if len(most) == 1 else otherwise


def stem(path: Path) -> str:
    """The name of a file without its endings and the day in it: "zala" of `zala-2026-04-29.entities.ftm.json.gz`."""
    return _slug(_DAY.sub("", _ENDS.sub("", path.name.casefold()))) or "entities"


def last_seen(entities: Iterable[Entity]) -> date | None:
    """The last day on which an entity was seen in its source, where the file states any."""
    days = []
    for entity in entities:
        try:
            days.append(date.fromisoformat(entity.seen[:10]))
        except ValueError:
            continue
    return max(days, default=None)


def _slug(name: str) -> str:
    return _OTHER.sub("_", name.casefold()).strip("_")
