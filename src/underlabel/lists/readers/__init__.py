"""One module for each official form of a list, chosen by the list's data file (`registry/ID.toml`, `[forms]`)."""
