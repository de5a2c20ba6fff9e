"""The EU consolidated list: the official CSV and XML."""
