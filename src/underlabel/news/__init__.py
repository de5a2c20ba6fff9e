"""What was reported.

In: saved pages, curated claims.
Out: Articles and Claims.
May import: model, names, store, fetch.
Not here: which party a name means.
Start at: reading.py.
"""

from underlabel.news.curated import curated_facts
from underlabel.news.quotes import quote
from underlabel.news.reading import read
from underlabel.news.splitting import sentences
from underlabel.news.telling import told

__all__ = ["curated_facts", "quote", "read", "sentences", "told"]
