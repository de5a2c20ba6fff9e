"""Text to comparable name form.

In: text of a name.
Out: comparable forms: tokens, organisation types, scripts, spans.
May import: model.
Not here: which party is meant.
Start at: forms.py.
"""
