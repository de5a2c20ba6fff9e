"""First letters of a name."""

from __future__ import annotations

from typing import Final

from underlabel.names.forms import Form
from underlabel.names.rarity import FUNCTION, rarity

_FEWEST: Final = 3


def acronym(form: Form) -> str:
    """The first letters of a name's words, function words and organisation types left out; empty below three words.

    "China Electronics Technology Group Corporation" is "cetg"; the types, of which an acronym may hold the
    first letters too, stand in `form.org_types`.
    """
    letters = [word[0] for word in form.stem if word[0].isalpha() and rarity(word) > FUNCTION]
    return "".join(letters) if len(letters) >= _FEWEST else ""
