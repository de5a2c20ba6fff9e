"""Underlabel: which of the things you buy, sell or run trace back to a restricted company."""
