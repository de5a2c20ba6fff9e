"""Text to comparable name form.

In: text of a name.
Out: comparable forms: tokens, organisation types, scripts, spans.
May import: model.
Not here: which party is meant.
Start at: forms.py.
"""

from underlabel.names.acronyms import acronym
from underlabel.names.aliases import parted
from underlabel.names.forms import Form, form, is_name, key
from underlabel.names.latin import ascii  # noqa: A004 - the door reads `names.ascii`, no builtin is meant
from underlabel.names.numbers import number
from underlabel.names.orgtypes import org_class
from underlabel.names.rarity import COMMON, FUNCTION, rarity, rarity_version, shorter, word_class
from underlabel.names.skeleton import skeleton
from underlabel.names.slips import confusable, slip_cost
from underlabel.names.words import Word, words

__all__ = [
    "COMMON",
    "FUNCTION",
    "Form",
    "Word",
    "acronym",
    "ascii",
    "confusable",
    "form",
    "is_name",
    "key",
    "number",
    "org_class",
    "parted",
    "rarity",
    "rarity_version",
    "shorter",
    "skeleton",
    "slip_cost",
    "word_class",
    "words",
]
