"""Who is under the label.

In: tables of brands and makers, MAC registries.
Out: Facts: links from labels to makers; Making, who is said to make an item.
May import: model, names, store, fetch.
Not here: whether a maker is listed.
Start at: book.py.
"""
